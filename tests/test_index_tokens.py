"""French legal tokens: which words are one and which are not, numbers, and where each stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import _TOKEN, _WORDS_FIRST, _fold, places, terms, tokens


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("traite", "traite"),
        ("Traites", "traite"),
        ("traité", "traite-accord"),
        ("TRAITÉS", "traite-accord"),
        ("traiter", "traiter"),
        ("traitée", "traiter"),
        ("traitement", "traitement"),
        ("traitements", "traitement"),
        ("trait", "trait"),
    ],
)
def test_trafficking_a_treaty_treating_and_a_treatment_are_four_words(word: str, term: str) -> None:
    assert terms(word) == [term]


@pytest.mark.parametrize(
    "word", ["étranger", "Étrangère", "étrangers", "étrangères", "etranger", "ETRANGERES"]
)
def test_a_foreigner_is_one_word_whatever_the_gender_number_and_accents(word: str) -> None:
    assert terms(word) == ["etranger"]


def test_accents_are_stripped_after_the_stem_so_that_plain_typing_finds_the_law() -> None:
    assert terms("séjour sejour proxénétisme proxenetisme") == ["sejour", "sejour", "proxenete", "proxenete"]


@pytest.mark.parametrize("text", ["l'étranger", "l’étranger", "qu'un étranger", "de l’ETRANGER"])
def test_elisions_and_stop_words_leave_only_the_word(text: str) -> None:
    assert terms(text) == ["etranger"]


@pytest.mark.parametrize(
    "number",
    [
        "L. 425-1",
        "L425-1",
        "l.425-1",
        "L 425-1",
        "L.  425-1",
        "L.\u00a0425-1",
        "L.\u202f425-1",
        "L. 425\u20111",
        "L. 425–1",
    ],
)
def test_an_article_number_is_one_token_in_every_spelling(number: str) -> None:
    assert terms(f"l'article {number} du code") == ["articl", "l425-1", "cod"]


@pytest.mark.parametrize(
    ("number", "term"),
    [
        ("R*. 123-4", "r123-4"),
        ("R* 123-4", "r123-4"),
        ("R.* 123-4", "r123-4"),
        ("L. 8", "l8"),
        ("L1", "l1"),
        ("R. 57", "r57"),
        ("R 57", "r57"),
        ("A. 40", "a40"),
        ("LO 119", "lo119"),
        ("L.O. 119", "lo119"),
        ("LO119-1", "lo119-1"),
        ("225-4-1", "225-4-1"),
        ("225‑4‑1", "225-4-1"),
        ("706-73-1", "706-73-1"),
    ],
)
def test_every_kind_of_number_is_one_token(number: str, term: str) -> None:
    assert terms(number) == [term]


def test_the_verb_to_have_before_a_figure_is_no_letter_of_an_article() -> None:
    assert terms("la victime a 16 ans") == ["victim", "16", "an"]
    assert terms("il y a 225-4-1") == ["225-4-1"]


def test_stop_words_alone_give_nothing() -> None:
    assert terms("est-ce que le la les ? !") == []


def test_places_are_those_of_the_tokens_that_are_wanted() -> None:
    text = "La traite, un traité, des traites."
    assert [text[t.start : t.end] for t in places(text, {"traite"})] == ["traite", "traites"]


@given(st.text("lLorRdDaéœzv012.*- \n'’"))
def test_words_are_the_same_whether_looked_for_first_or_last(text: str) -> None:
    folded = _fold(text)
    assert _WORDS_FIRST.findall(folded) == _TOKEN.findall(folded)


def test_a_letter_that_grows_in_lower_case_moves_no_offset() -> None:
    text = "İİ traité"
    assert [text[t.start : t.end] for t in tokens(text)][-1] == "traité"


@given(st.text())
def test_every_token_stands_where_it_says_and_tokens_agree_with_terms(text: str) -> None:
    found = tokens(text)
    assert [t.term for t in found] == terms(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(st.sampled_from(["traite", "L. 425-1", "étranger", "225-4-1", "bande organisée"]), min_size=1)
)
def test_a_token_cut_out_of_its_text_gives_the_same_term(pieces: list[str]) -> None:
    text = " ; ".join(pieces)
    for token in tokens(text):
        assert terms(text[token.start : token.end]) == [token.term]


def test_the_terms_hold_no_space_for_the_engine_splits_at_spaces() -> None:
    assert all(" " not in term for term in terms("L.  425-1 R*. 123-4 L. O. 119 art. 12"))
