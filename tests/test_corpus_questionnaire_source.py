"""The real reply of France to the questionnaire of the fourth round."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.reader_result import Reading
from corpus.readers.questionnaire import read_questionnaire
from kb.model import Passage, PassageKind

pytestmark = pytest.mark.sources


@pytest.fixture(scope="module")
def data(sources: Path) -> bytes:
    return (sources / "questionnaire" / "reponse-france-greta-4.txt").read_bytes()


@pytest.fixture(scope="module")
def reading(data: bytes) -> Reading:
    return read_questionnaire(data, "questionnaire/reponse-france-greta-4.txt")


def of_kind(reading: Reading, kind: PassageKind) -> list[Passage]:
    return [p for p in reading.passages if p.kind is kind]


def at(reading: Reading, place: str, kind: PassageKind = PassageKind.ANSWER) -> str:
    return "\n".join(p.text for p in of_kind(reading, kind) if p.place == place)


def test_the_42_questions_are_found_in_order(reading: Reading) -> None:
    places = [p.place for p in of_kind(reading, PassageKind.QUESTION)]
    assert [place for place in places if "." not in place] == [str(n) for n in range(1, 43)]


def test_the_sub_questions_are_found(reading: Reading) -> None:
    subs: dict[str, str] = {}
    for passage in of_kind(reading, PassageKind.QUESTION):
        number, dot, sub = passage.place.partition(".")
        if dot:
            subs[number] = f"{subs.get(number, '')} {sub}".strip()
    numbers = " ".join(str(n) for n in range(1, 18))
    assert subs == {
        "2": "a b c d e f", "4": "a b c d", "5": "a b c d e", "6": "a b c", "7": "a b c d e f g",
        "24": "a b c d e f", "40": "1 2 3 4 5", "41": "1 2 3 4 5", "42": numbers,
    }  # fmt: skip


def test_no_character_is_lost_and_every_span_is_exact(reading: Reading) -> None:
    held = bytearray(len(reading.raw))
    for passage in reading.passages:
        for s in passage.content.segments:
            assert passage.text[s.start : s.start + s.length] == reading.raw[s.raw : s.raw + s.length]
            held[s.raw : s.raw + s.length] = b"\x01" * s.length
    characters = [i for i, c in enumerate(reading.raw) if not c.isspace()]
    assert sum(held[i] for i in characters) / len(characters) > 0.96
    for item in reading.dropped:
        held[item.span.start : item.span.end] = b"\x01" * (item.span.end - item.span.start)
    assert all(held[i] for i in characters)


def test_what_is_left_out_is_counted(reading: Reading) -> None:
    assert Counter(item.kind for item in reading.dropped) == {
        "lien": 70, "puce": 74, "appel de note": 33, "numéro de note": 33, "césure": 26, "intitulé": 9, "habillage": 2,
    }  # fmt: skip


def test_the_33_footnotes_are_attached(reading: Reading) -> None:
    notes = of_kind(reading, PassageKind.FOOTNOTE)
    assert [p.place for p in notes] == [f"note-{n}" for n in range(1, 34)]
    assert all(p.parent for p in notes)
    parents = {p.place: p.parent for p in notes}
    assert parents["note-15"] == "reponse-france-greta-4/3/4"
    assert str(parents["note-32"]).startswith("reponse-france-greta-4/41.5/")


def test_the_only_call_without_a_footnote_is_told(reading: Reading) -> None:
    (fault,) = [a for a in reading.anomalies if a.kind == "appel_sans_note"]
    assert fault.span is not None
    assert reading.raw[: fault.span.end].endswith("»1")


def test_known_articles_are_in_the_answer_that_cites_them(reading: Reading) -> None:
    assert "art L425-1 du CESEDA" in at(reading, "21")
    assert "l’article 225-4-1 du code pénal, d’autres infractions" in at(reading, "32")
    assert "articles 706-63-1 à 706-63-2 du code" in at(reading, "27")
    assert "L 1251-45 à 58 du code du travail" in at(reading, "9")
    assert "l’article 230-46 du code de procédure pénale" in at(reading, "38")


def test_the_code_cut_by_footnotes_and_links_is_whole(reading: Reading) -> None:
    text = at(reading, "1")
    assert "du code de l’entrée et du séjour des étrangers et du droit d’asile (CESEDA)" in text
    assert "aux articles L.522-1 à L.522-5 du CESEDA." in text


def test_an_answer_typed_against_its_sub_question_is_apart(reading: Reading) -> None:
    assert at(reading, "5.e", PassageKind.QUESTION).endswith("adaptés aux personnes handicapées.")
    assert at(reading, "5.e").startswith("Plusieurs mesures")


def test_tables_are_kept_with_their_cells(reading: Reading) -> None:
    text = at(reading, "42.1", PassageKind.TABLE)
    assert "Afghanistan | Forced labour, including domestic servitude | 11" in text
    assert "Forced labour, including domestic servitude | Male | 33 | 286 | 0" in text
    assert "Création | 220 | 146 | 221" in at(reading, "42.6", PassageKind.TABLE)
    assert "Proxénétisme 668 1 044 21 593 993 18 646 1 043 20" in at(reading, "42.12", PassageKind.TABLE)
    assert [a.kind for a in reading.anomalies].count("tableau_absent") == 3


def test_answers_have_a_readable_length(reading: Reading) -> None:
    lengths = [len(p.text) for p in of_kind(reading, PassageKind.ANSWER)]
    assert max(lengths) <= 1500
    # The short ones are whole answers of a line or two, or the end of one.
    assert sum(length < 300 for length in lengths) <= 10


def test_every_link_is_attached_on_its_page_or_told(reading: Reading) -> None:
    faults = Counter(a.kind for a in reading.anomalies)
    assert (
        sum(len(p.urls) for p in reading.passages) + faults["lien_non_rattache"] + faults["lien_local"] >= 52
    )
    assert faults["lien_local"] == 1
