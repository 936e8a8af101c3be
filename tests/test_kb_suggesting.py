"""What is proposed while typing: numbers that exist, codes and titles by their beginnings, mended words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import ProvisionId
from kb.model import State
from kb.resolution.article_table import ArticleTable
from kb.suggestions.code_names import codes_begun
from kb.suggestions.labels import Label, LabelIndex, LabelKind
from kb.suggestions.numbers import NumberTable
from kb.suggestions.spelling import respelt
from kb.suggestions.typed_reference import plain_characters, typed_numbers
from kb.suggestions.vocabulary import Vocabulary
from kb.validity import Standing, Validity

DAY = date(2026, 1, 1)
EVER = (Validity(date(2010, 1, 1), None, State.IN_FORCE),)
GONE = (Validity(date(2010, 1, 1), date(2020, 1, 1), State.REPEALED),)
LATER = (Validity(date(2030, 1, 1), None, State.DEFERRED),)
NUMBERS = {
    "code-penal/225-4": EVER,
    "code-penal/225-4-1": EVER,
    "code-penal/225-4-2": GONE,
    "code-penal/225-4-9": EVER,
    "code-penal/225-4-10": EVER,
    "code-penal/225-40": EVER,
    "code-penal/225-5": LATER,
    "code-penal/224-1-B": EVER,
    "ceseda/L425": GONE,
    "ceseda/L425-1": EVER,
    "ceseda/R425-1": EVER,
    "code-de-la-route/L425-1": EVER,
    "cpp/706-73": (),
}
TABLE = NumberTable(ArticleTable((ProvisionId(p), v) for p, v in NUMBERS.items()), {"ceseda/L425-1"})


def proposed(prefix: str, *texts: str, limit: int = 20) -> list[str]:
    return [provision for provision, _ in TABLE.beginning(prefix, texts, DAY, limit)]


def test_the_number_itself_comes_first_then_its_subdivisions_in_their_order_then_longer_ones() -> None:
    assert proposed("225-4") == [
        "code-penal/225-4",
        "code-penal/225-4-1",
        "code-penal/225-4-9",
        "code-penal/225-4-10",
        "code-penal/225-40",
        "code-penal/225-4-2",
    ]


def test_a_repealed_number_comes_last_unless_it_is_the_one_typed_and_its_state_is_told() -> None:
    assert TABLE.beginning("L425", ("ceseda",), DAY, 5)[0] == ("ceseda/L425", Standing.REPEALED)
    assert TABLE.beginning("225-4-2", (), DAY, 1) == [("code-penal/225-4-2", Standing.REPEALED)]


def test_a_number_that_begins_later_is_not_proposed() -> None:
    assert proposed("225-5") == []
    assert TABLE.beginning("225-5", (), date(2031, 1, 1), 5) == [("code-penal/225-5", Standing.IN_FORCE)]


def test_a_letter_left_out_is_proposed_and_a_letter_typed_is_kept() -> None:
    assert set(proposed("425-1")) == {"ceseda/L425-1", "ceseda/R425-1", "code-de-la-route/L425-1"}
    assert proposed("R425") == ["ceseda/R425-1"]
    assert proposed("L425-1")[0] == "ceseda/L425-1"
    assert proposed("425-1", "ceseda") == ["ceseda/L425-1", "ceseda/R425-1"]


def test_a_provision_known_by_our_record_alone_is_proposed_and_told_so() -> None:
    assert TABLE.beginning("706-", (), DAY, 5) == [("cpp/706-73", Standing.WITHOUT_TEXT)]


@given(st.text(alphabet="LRDAO0123456789-. bis", max_size=20))
def test_only_numbers_of_the_base_that_begin_as_typed_are_proposed(text: str) -> None:
    for typed in typed_numbers(text):
        for provision in proposed(typed.prefix):
            number = provision.rpartition("/")[2]
            assert provision in NUMBERS
            assert number.startswith(typed.prefix) or number[1:].startswith(typed.prefix)


@pytest.mark.parametrize(
    ("text", "prefix", "rest"),
    [
        ("225-4-", "225-4-", ()),
        ("225.4.1", "225-4-1", ()),
        ("L425", "L425", ()),
        ("L. 425-1", "L425-1", ()),
        ("l.o. 119", "LO119", ()),
        ("R.* 123-4", "R123-4", ()),
        ("ceseda l 425", "L425", ("ceseda",)),
        ("art. 225-4-1 cp", "225-4-1", ("cp",)),
        ("225-4-1cp", "225-4-1", ("cp",)),
        ("article 225‑4‑1 du Code Pénal", "225-4-1", ("code", "penal")),
        ("code-penal/225-4-1", "225-4-1", ("code", "penal")),
        ("art. 1er code civil", "1", ("code", "civil")),
        ("706-47 bis", "706-47-bis", ()),
        ("224-1 b", "224-1-B", ()),
    ],
)
def test_a_reference_is_read_in_any_spelling_while_it_is_typed(
    text: str, prefix: str, rest: tuple[str, ...]
) -> None:
    typed = next(typed_numbers(text))
    assert (typed.prefix, typed.rest) == (prefix, rest)


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault_and_its_places_hold(text: str) -> None:
    assert len(plain_characters(text)) == len(text)
    for typed in typed_numbers(text):
        assert 0 <= typed.span.start < typed.span.end <= len(text)


def test_a_quantity_is_no_sure_number() -> None:
    assert [typed.sure for typed in typed_numbers("mineur de 15 ans")] == [False]
    assert [typed.sure for typed in typed_numbers("peine de 225-4-1")] == [True]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("cp", {"code-penal"}),
        ("cesed", {"ceseda"}),
        ("cesda", {"ceseda"}),
        ("code penale", {"code-penal"}),
        ("zz", set()),
    ],
)
def test_a_code_is_known_by_its_beginning_its_acronym_or_a_misspelt_name(words: str, codes: set[str]) -> None:
    assert set(codes_begun(words.split())) == codes


LABELS = LabelIndex(
    [
        Label(LabelKind.RECORD, "terme/teh", "Traite des êtres humains (TEH)", ("trafic",)),
        Label(LabelKind.RECORD, "plan/1", "Plan contre la traite", ("TEH",)),
        Label(LabelKind.THEME, "titre", "Titre de séjour de la victime", ("papiers",)),
        Label(LabelKind.THEME, "carte", "Carte", ("titre de séjour",)),
        Label(LabelKind.CODE, "ceseda", "CESEDA", ("Code de l'entrée et du séjour",)),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TEH", ["terme/teh", "plan/1"]),
        ("titre de séj", ["titre", "carte"]),
        ("TITRE DE SEJOUR", ["titre", "carte"]),
        ("victime titre", ["titre"]),
        ("papeirs", ["titre"]),
        ("entree sej", ["ceseda"]),
        ("rien de tel", []),
        ("de la", []),
    ],
)
def test_a_title_is_found_by_the_beginnings_of_its_words(typed: str, found: list[str]) -> None:
    assert [label.value for label in LABELS.beginning(typed, 5)] == found


KNOWN = Vocabulary.of(["Exploitation, exploitation, exploitations par le travail ; proxénétisme"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exploitatoin par le travail", "exploitation par le travail"),
        ("proxenetsime", "proxénétisme"),
        ("proxenetisme", "proxenetisme"),
        ("explo", "explo"),
        ("tarvail 225-4-99", "travail 225-4-99"),
        ("l425-1 exploitatoin", "l425-1 exploitation"),
        ("xxxxxxx", "xxxxxxx"),
    ],
)
def test_unknown_words_are_mended_and_no_number_ever_is(typed: str, meant: str) -> None:
    assert respelt(KNOWN, typed) == meant


@given(st.text(alphabet="LRD0123456789-. exploitan", max_size=40))
def test_no_digit_is_ever_changed(text: str) -> None:
    assert [c for c in respelt(KNOWN, text) if c.isdigit()] == [c for c in text if c.isdigit()]
