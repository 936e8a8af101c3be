"""Records of every kind: how their sections and fields become passages and links, and that committed ones are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.starter import RecordReading, read_record
from kb.errors import UnreadableSource
from kb.model import PassageKind
from kb.records import FOLDERS, RecordKind

FOLDER = Path(__file__).parent.parent / "corpus" / "starter"
OTHERS = [folder for folder, kind in FOLDERS.items() if kind is not RecordKind.PROVISION]

ANSWER = """---
id: reponse/21
title: Signaler sa situation
terms: [plainte, porter plainte, dénoncer]
title_en: Reporting
terms_en: [complaint, report]
questions: [21, 26]
document: reponse-france-greta-4
question: 21
lines: ["1580-1767"]
applies: [ceseda/L425-1, "ceseda/R425-1.."]
related: [terme/ocrteh]
gaps: [Rien sur les délais.]
checked: 2026-11-24
checked_against: réponse au GRETA
basis: réponse
---

## 21.a Délai de rétablissement (l. 1600-1620)

La victime a du temps (article R. 425-2
du CESEDA).

- Un point,
  et sa suite.

## 21.b Titre de séjour (l. 1621-1640)

Elle obtient un titre tant que dure la procédure, puis une carte si elle a été menée à son terme.
"""


def read(text: str, path: str = "answers/21.md") -> RecordReading:
    return read_record(text.encode(), path)


@pytest.fixture(scope="module")
def records() -> list[RecordReading]:
    """Every committed record."""
    return [
        read_record(path.read_bytes(), f"{folder}/{path.name}")
        for folder in FOLDERS
        for path in sorted((FOLDER / folder).glob("*.md"))
    ]


def test_each_section_of_an_answer_is_a_passage_with_its_place_and_its_wrapped_lines_joined() -> None:
    first, second, words = read(ANSWER).passages
    assert first.heading == ("Fiches de Renvoi", "Signaler sa situation", "Délai de rétablissement")
    assert (first.place, second.place) == ("21.a", "21.b")
    assert first.text == "La victime a du temps (article R. 425-2 du CESEDA).\n\n- Un point, et sa suite."
    assert {p.question for p in (first, second, words)} == {21}
    assert {p.kind for p in (first, second, words)} == {PassageKind.RECORD}
    assert {p.provision for p in (first, second, words)} == {None}
    assert words.text.endswith("Reporting : complaint, report.\nTextes : ceseda/L425-1, ceseda/R425-1...\n")


def test_a_section_says_from_which_lines_of_the_reply_it_was_drawn() -> None:
    assert [part.lines for part in read(ANSWER).sections] == [(1600, 1620), (1621, 1640)]


def test_what_the_fields_cite_is_one_citation_with_its_place() -> None:
    reading = read(ANSWER)
    (placed,) = reading.cited
    assert placed.citation.targets == ("ceseda/L425-1", "ceseda/R425-1..")
    words = reading.passages[-1]
    assert placed.passage == words.id
    assert words.text[placed.text_start : placed.text_end] == "ceseda/L425-1, ceseda/R425-1.."
    assert [reading.raw[s.start : s.end] for s in placed.citation.spans] == list(placed.citation.targets)


def test_every_mapped_character_of_a_section_is_the_raw_one() -> None:
    reading = read(ANSWER)
    for passage in reading.passages:
        for segment in passage.content.segments:
            shown = passage.text[segment.start : segment.start + segment.length]
            assert reading.raw[segment.raw : segment.raw + segment.length] == shown


def test_a_record_in_a_folder_of_no_kind_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="ailleurs"):
        read(ANSWER, "ailleurs/21.md")


def test_a_decision_without_its_four_headings_is_refused() -> None:
    text = (FOLDER / "decisions" / "cass-23-85.798.md").read_text(encoding="utf-8")
    assert read(text, "decisions/essai.md").record.kind == "decision"
    with pytest.raises(UnreadableSource, match="Faits, Question, Solution, Portée"):
        read(text.replace("## Portée", "## Intérêt"), "decisions/essai.md")


@pytest.mark.parametrize("folder", OTHERS)
def test_every_kind_has_records(folder: str) -> None:
    assert list((FOLDER / folder).glob("*.md"))


def test_no_record_is_given_twice_and_every_record_named_by_another_exists(
    records: list[RecordReading],
) -> None:
    identifiers = [reading.record.id for reading in records]
    assert len(set(identifiers)) == len(identifiers)
    named = {
        (r.record.id, other) for r in records if r.record.kind != "disposition" for other in r.record.linked
    }
    assert {(record, other) for record, other in named if other not in identifiers} == set()


def test_every_record_is_filed_under_its_identifier(records: list[RecordReading]) -> None:
    for reading in records:
        name = reading.record.id
        if reading.record.kind not in ("disposition", "decision"):
            name = name.partition("/")[2]
        assert Path(reading.document.path).name == f"{name.replace('/', '-')}.md"
