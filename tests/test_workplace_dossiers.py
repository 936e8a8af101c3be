"""Dossiers without a database: what can be done to them, what is quoted, what became of a wording, their file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import InvalidDossier, UnknownItem
from kb.ids import DocumentId, PassageId, ProvisionId
from kb.model import Document, DocumentKind, Passage, PassageKind, Provision, State, Version
from kb.text.spans import MappedText, Span
from workplace.dossiers import changes
from workplace.dossiers.exchange import read_file, write_file
from workplace.dossiers.freshness import Freshness, needed, passage_verdict, provision_verdict
from workplace.dossiers.gathering import Gathering, passage_source, provenance, provision_source
from workplace.dossiers.limits import MAX_ITEMS, MAX_NOTE, MAX_TITLE, checked
from workplace.dossiers.model import Content, Item, ItemKind, Source
from workplace.dossiers.quotation import alineas, find_quotation

TODAY = date(2026, 11, 24)
SEVEN, TEN = "Le fait est puni de sept ans.\nSecond alinéa.", "Le fait est puni de dix ans.\nSecond alinéa."
GATHERING = Gathering(TODAY, "1a2b3c")


def version(text: str, start: date, end: date | None = None, state: State = State.IN_FORCE) -> Version:
    document = DocumentId("code-penal@2026-04-03")
    last = start if end or start > TODAY else TODAY
    return Version(ProvisionId("x"), 0, start, end, start, last, state, text, document, (), ("Livre II",))


def provision(name: str, *versions: Version) -> Provision:
    code, _, number = name.partition("/")
    return Provision(ProvisionId(name), code, "LEGITEXT", number, 0, (), versions)


PENAL = provision(
    "code-penal/225-4-1",
    version(SEVEN, date(2010, 8, 11), date(2018, 3, 22), State.MODIFIED),
    version(TEN, date(2018, 3, 22)),
)


def content(*notes: str) -> Content:
    return Content(
        "Traite", "", tuple(Item(f"i{n}", ItemKind.NOTE, note=note) for n, note in enumerate(notes))
    )


def kept(
    text: str = SEVEN, name: str = "code-penal/225-4-1", start: date | None = date(2010, 8, 11)
) -> Source:
    return Source(name, "Code pénal, art. 225-4-1", text, TODAY, TODAY, start=start)


def quoted(text: str = SEVEN) -> Content:
    return Content("Traite", "", (Item("a", ItemKind.PROVISION, source=kept(text)),))


# What can be done to a dossier


def order(found: Content) -> str:
    return "".join(item.note for item in found.items)


def test_items_are_added_at_the_end_or_at_a_place_moved_and_removed() -> None:
    three = content("a", "b", "c")
    assert order(changes.added(three, Item("x", ItemKind.NOTE, note="x"))) == "abcx"
    assert order(changes.added(three, Item("x", ItemKind.NOTE, note="x"), 1)) == "axbc"
    assert order(changes.moved(three, "i0", 2)) == "bca"
    assert order(changes.moved(three, "i2", -5)) == "cab"
    assert order(changes.raised(three, "i2")) == "acb"
    assert order(changes.raised(three, "i2", -1)) == "abc"
    assert order(changes.raised(three, "i0")) == "abc"
    assert order(changes.removed(three, "i1")) == "ac"


@given(notes=st.lists(st.text("abc", min_size=1), min_size=1, max_size=8), data=st.data())
def test_moving_keeps_every_item(notes: list[str], data: st.DataObject) -> None:
    before = content(*notes)
    moved = data.draw(st.sampled_from(before.items))
    after = changes.moved(before, moved.id, data.draw(st.integers(-10, 20)))
    assert sorted(i.id for i in after.items) == sorted(i.id for i in before.items)


def test_an_item_that_is_not_there_is_said_so() -> None:
    for change in (
        lambda: changes.removed(content("a"), "zz"),
        lambda: changes.moved(content("a"), "zz", 0),
        lambda: changes.annotated(content("a"), "zz", "n"),
        lambda: changes.quoting(content("a"), "zz", None),
    ):
        with pytest.raises(UnknownItem):
            change()


def test_what_is_too_long_or_empty_is_refused_with_its_measure() -> None:
    with pytest.raises(InvalidDossier, match=f"{MAX_NOTE + 1} caractères"):
        changes.annotated(content("a"), "i0", "x" * (MAX_NOTE + 1))
    with pytest.raises(InvalidDossier, match=f"{MAX_TITLE + 1} caractères"):
        changes.retitled(content(), "x" * (MAX_TITLE + 1), "")
    with pytest.raises(InvalidDossier, match="titre est vide"):
        changes.retitled(content(), " \n\x00 ", "")
    with pytest.raises(InvalidDossier, match=f"{MAX_ITEMS + 1} éléments"):
        checked(content(*["a"] * (MAX_ITEMS + 1)))
    with pytest.raises(InvalidDossier, match="note est vide"):
        changes.annotated(content("a"), "i0", "  ")


def test_control_characters_are_taken_out_of_what_is_written() -> None:
    found = changes.retitled(changes.annotated(content("a"), "i0", "b\x00\x1b[31m\r\nc"), "Ti\x07tre\n!", "")
    assert (found.items[0].note, found.title) == ("b[31m\nc", "Titre !")


def test_a_quotation_is_a_part_of_the_text_kept() -> None:
    found = changes.quoting(quoted(), "a", Span(3, 11))
    assert found.items[0].quoted == "fait est"
    assert changes.quoting(found, "a", None).items[0].quoted == SEVEN
    for span in (Span(0, 0), Span(-1, 5), Span(0, len(SEVEN) + 1), Span(9, 3)):
        with pytest.raises(InvalidDossier, match="hors du texte"):
            changes.quoting(quoted(), "a", span)


def test_a_renewed_wording_keeps_the_quotation_that_it_still_has() -> None:
    source = kept(TEN)
    stays = changes.quoting(quoted(), "a", Span(SEVEN.index("Second"), len(SEVEN)))
    assert changes.renewed(stays, "a", source).items[0].quoted == "Second alinéa."
    goes = changes.quoting(quoted(), "a", find_quotation("puni de sept ans", SEVEN))
    assert changes.renewed(goes, "a", source).items[0].quoted == TEN


# What is quoted


def test_a_quotation_is_found_by_its_words_whatever_the_typography() -> None:
    text = "À l'étranger qui dépose plainte,\npour l'un des faits."
    for words in ("l’étranger  qui", "« l'étranger qui »", "l'étranger\nqui"):
        assert text[slice(*find_quotation(words, text))] == "l'étranger qui"
    assert find_quotation("plainte, pour", text).start == text.index("plainte")


def test_words_that_are_not_the_text_are_never_taken_for_it() -> None:
    for words in ("puni de dix ans", "", "« »", "fait puni", "Puni de sept ans"):
        with pytest.raises(InvalidDossier):
            find_quotation(words, SEVEN)
    with pytest.raises(InvalidDossier) as refused:
        find_quotation("le fait est puni de vingt ans", SEVEN)
    assert "vingt" in refused.value.hint


@given(text=st.text("ab c'\n.", max_size=60), data=st.data())
def test_any_run_of_words_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    words = text[start:end]
    if words.strip(" \n'.") and not text[start - 1 : start].isalpha() and not text[end : end + 1].isalpha():
        span = find_quotation(words, text)
        assert text[slice(*span)].split() == words.split()


def test_alineas_have_their_places() -> None:
    assert [SEVEN[slice(*span)] for span in alineas(SEVEN)] == [
        "Le fait est puni de sept ans.",
        "Second alinéa.",
    ]


# From the base to an item


def test_a_provision_is_kept_in_its_wording_of_a_day() -> None:
    now, then = (provision_source(PENAL, day, GATHERING) for day in (TODAY, date(2010, 8, 11)))
    assert (now.text, then.text, then.citation) == (TEN, SEVEN, "Code pénal, art. 225-4-1")
    assert (then.start, then.end, then.kept) == (date(2010, 8, 11), date(2018, 3, 22), TODAY)
    assert provenance(then).startswith(
        "Rédaction connue depuis le 11 août 2010, jusqu'au 22 mars 2018 au plus tard"
    )
    unsure = provision_source(PENAL, date(2012, 1, 1), GATHERING)
    assert (unsure.text, unsure.start) == ("", None)
    assert "indéterminée" in unsure.warnings[0]
    bare = provision_source(provision("cpp/706-73"), TODAY, GATHERING)
    assert bare.text == ""
    assert "n'est pas dans la base" in bare.warnings[0]


def passage(text: str, name: str = "reponse/21/1", kind: PassageKind = PassageKind.ANSWER) -> Passage:
    return Passage(
        PassageId(name),
        DocumentId("reponse"),
        0,
        kind,
        ("Partie II",),
        "21",
        MappedText.of(text),
        question=21,
    )


def test_a_passage_is_cited_by_its_document_and_question() -> None:
    document = Document(
        DocumentId("reponse"), DocumentKind.QUESTIONNAIRE, "Réponse de la France", "r.txt", "0"
    )
    source = passage_source(passage("Un\x0b texte."), document, GATHERING)
    assert (source.citation, source.text) == ("Réponse de la France, réponse à la question 21", "Un\n texte.")


# What became of it


def verdict(source: Source, *known: Provision, today: date = TODAY) -> tuple[Freshness, str, str | None]:
    found = provision_verdict(source, {str(p.id): p for p in known}, today)
    return found.freshness, found.message, found.successor


def test_the_same_wording_is_unchanged_whatever_its_blanks() -> None:
    assert verdict(kept(TEN.replace("\n", "\n\n")), PENAL)[0] is Freshness.UNCHANGED


def test_another_wording_of_the_day_is_a_change_with_its_comparison() -> None:
    found = provision_verdict(kept(), {"code-penal/225-4-1": PENAL}, TODAY)
    assert found.freshness is Freshness.CHANGED
    assert [(e.kind, e.text) for e in found.edits if e.kind != "same"] == [
        ("removed", "sept"),
        ("added", "dix"),
    ]
    assert "aucune version" not in found.message


def test_a_wording_chosen_at_a_past_day_is_judged_by_that_day() -> None:
    past = replace(kept(), day=date(2010, 8, 11))
    assert verdict(past, PENAL)[0] is Freshness.UNCHANGED
    assert verdict(replace(past, text="Un autre texte."), PENAL)[0] is Freshness.CHANGED


def test_a_wording_that_the_base_never_had_is_said_to_be_so() -> None:
    assert "n'est dans aucune version" in verdict(kept("Un texte inventé."), PENAL)[1]


def test_a_provision_without_a_wording_of_the_day_is_repealed_or_not_yet_in_force() -> None:
    ended = provision("code-penal/1", version(SEVEN, date(2010, 1, 1), date(2020, 1, 1)))
    coming = provision("code-penal/1", version(SEVEN, date(2027, 1, 1), None, State.DEFERRED))
    repealed = provision("code-penal/1", version(SEVEN, date(2020, 1, 1), None, State.REPEALED))
    source = kept(name="code-penal/1")
    assert verdict(source, ended)[:2] == (
        Freshness.REPEALED,
        "N'est plus en vigueur (absent du texte à partir du 1er janvier 2020 au plus tard).",
    )
    assert verdict(source, repealed)[0] is Freshness.REPEALED
    assert verdict(source, coming)[0] is Freshness.NOT_YET_IN_FORCE
    assert verdict(source, coming, today=date(2027, 6, 1))[0] is Freshness.UNCHANGED


def test_what_the_base_does_not_have_is_missing() -> None:
    assert verdict(kept())[0] is Freshness.MISSING
    assert verdict(kept(), provision("code-penal/225-4-1"))[0] is Freshness.MISSING
    assert verdict(kept(name="pas un identifiant"))[0] is Freshness.MISSING


def test_an_article_of_before_a_recodification_is_renumbered_and_compared_with_what_it_became() -> None:
    source = kept(SEVEN, "ceseda/L316-1", date(2018, 3, 22))
    assert needed([source], TODAY) == {"ceseda/L316-1", "ceseda/L425-1"}
    assert needed([source], date(2020, 1, 1)) == {"ceseda/L316-1"}
    new = provision("ceseda/L425-1", version(TEN, date(2021, 5, 1)))
    found = provision_verdict(source, {"ceseda/L425-1": new}, TODAY)
    assert (found.freshness, found.successor) == (Freshness.RENUMBERED, "ceseda/L425-1")
    assert "CESEDA, art. L. 425-1" in found.message
    assert found.edits
    assert provision_verdict(source, {}, TODAY).freshness is Freshness.RENUMBERED


def test_a_number_given_to_another_article_since_is_not_taken_for_the_former_one() -> None:
    again = provision("ceseda/L311-1", version(TEN, date(2021, 5, 1)))
    assert verdict(kept(SEVEN, "ceseda/L311-1", date(2018, 3, 22)), again)[0] is Freshness.RENUMBERED
    assert verdict(kept(TEN, "ceseda/L311-1", date(2021, 5, 1)), again)[0] is Freshness.UNCHANGED
    assert verdict(kept(TEN, "ceseda/L311-1", None), again)[0] is Freshness.UNCHANGED


def test_a_passage_is_unchanged_changed_moved_or_missing() -> None:
    source = replace(kept("Texte un."), id="reponse/21/1")
    assert passage_verdict(source, passage("Texte un."), ()).freshness is Freshness.UNCHANGED
    assert passage_verdict(source, passage("Texte deux."), ()).freshness is Freshness.CHANGED
    moved = passage_verdict(source, None, (passage("Texte un.", "reponse/21/2"),))
    assert (moved.freshness, moved.successor) == (Freshness.RENUMBERED, "reponse/21/2")
    assert passage_verdict(source, None, ()).freshness is Freshness.MISSING


# The file


def whole() -> Content:
    found = changes.quoting(quoted(), "a", Span(3, 11))
    return replace(
        found,
        note="Note.",
        items=(*found.items, Item("h", ItemKind.HEADING, "Rubrique"), Item("n", ItemKind.NOTE, note="Libre")),
    )


def test_a_file_read_again_is_the_same_dossier() -> None:
    assert read_file(write_file(whole())) == whole()
    assert read_file(b"\xef\xbb\xbf" + write_file(whole())) == whole()


def altered(**fields: object) -> bytes:
    return json.dumps({**json.loads(write_file(whole())), **fields}).encode()


def item_altered(**fields: object) -> bytes:
    value = json.loads(write_file(whole()))
    value["items"][0].update(fields)
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "pas du JSON"),
        (b"\xff\xfe{}", "pas du JSON"),
        (b"[" * 200_000, "pas du JSON"),
        (b'{"format": NaN}', "pas du JSON"),
        (b"[]", "pas un dossier"),
        (b'{"format": "autre"}', "pas un dossier"),
        (altered(schema_version=2), "autre version"),
        (altered(title=3), "« title » n'est pas un texte"),
        (altered(title=""), "titre est vide"),
        (altered(title="x" * 201), "plus de 200 caractères"),
        (altered(note="x" * 20_001), "plus de 20000 caractères"),
        (altered(admin=True), "« admin » n'est pas un champ connu"),
        (altered(items=[{}] * 501), "plus de 500 éléments"),
        (altered(items={"a": 1}), "est invalide"),
        (item_altered(kind="fiche"), "devrait être"),
        (item_altered(id="../x"), "items.0.id"),
        (item_altered(id="h"), "même identifiant"),
        (item_altered(source=None), "ce que veut sa sorte"),
        (item_altered(quotation={"start": 0, "end": 5, "text": "autre"}), "n'est pas dans son texte"),
        (item_altered(quotation={"start": 5, "end": 5, "text": ""}), "hors de son texte"),
        (item_altered(quotation={"start": 0, "end": 10**30, "text": ""}), "est invalide"),
    ],
)
def test_a_hostile_file_is_refused_and_it_is_said_why(data: bytes, said: str) -> None:
    with pytest.raises(InvalidDossier, match=said):
        read_file(data)


@given(data=st.binary(max_size=200))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidDossier):
        read_file(data)
