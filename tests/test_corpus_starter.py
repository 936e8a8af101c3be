"""The starter records: how one is read, what is refused, and that every committed one is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.starter import RecordReading, read_record
from kb.errors import UnreadableSource
from kb.ids import parse_id
from kb.model import DocumentKind
from kb.records import ProvisionRecord, actors_of
from kb.records.common import GENERAL

FOLDER = Path(__file__).parent.parent / "corpus" / "starter"

RECORD = """---
id: code-penal/225-4-3
title: Traite en bande organisée
terms: [a, b, c, d, e, f, g, "filière : recruteurs"]
title_en: Trafficking by an organised group
terms_en: [gang, ring, network, mafia]
penalties:
  - nature: réclusion criminelle
    years: 20
    amount: 3000000
    for: en bande organisée
related: [code-penal/225-4-1]
questions: [32]
checked: 2026-04-03
checked_against: texte officiel
basis: texte
---

"""
BODY = " ".join(["mot"] * 70)


def read(text: str) -> RecordReading:
    return read_record(text.encode(), "provisions/essai.md")


@pytest.fixture(scope="module")
def records() -> list[RecordReading]:
    """Every committed record of a provision."""
    return _folder("provisions")


def _folder(name: str) -> list[RecordReading]:
    return [
        read_record(path.read_bytes(), f"{name}/{path.name}") for path in sorted((FOLDER / name).glob("*.md"))
    ]


def test_a_record_gives_its_text_and_its_words_both_tied_to_the_provision() -> None:
    reading = read(RECORD + BODY + "\n")
    text, words = reading.passages
    assert reading.document.kind is DocumentKind.RECORD
    assert reading.document.id == "fiche/code-penal/225-4-3"
    assert text.text == f"Traite en bande organisée.\n\n{BODY}"
    assert words.text.startswith("Traite en bande organisée : a, b, c, d, e, f, g, filière : recruteurs.\n")
    assert words.text.endswith("Trafficking by an organised group : gang, ring, network, mafia.\n")
    assert {p.provision for p in reading.passages} == {"code-penal/225-4-3"}
    assert len({p.id for p in reading.passages}) == 2


def test_penalties_and_links_are_structured() -> None:
    reading = read(RECORD + BODY)
    assert isinstance(reading.record, ProvisionRecord)
    (penalty,) = reading.record.penalties
    assert (penalty.nature, penalty.years, penalty.amount) == ("réclusion criminelle", 20, 3_000_000)
    assert reading.record.related == ("code-penal/225-4-1",)


def test_every_mapped_character_is_the_raw_one() -> None:
    reading = read(
        RECORD.replace("title_en: Trafficking", 'title_en: "Trafficking"').replace('"T', "T") + BODY
    )
    for passage in reading.passages:
        for segment in passage.content.segments:
            readable = passage.text[segment.start : segment.start + segment.length]
            assert reading.raw[segment.raw : segment.raw + segment.length] == readable


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Traite en", "titre: Traite en", "titre"),
        ("title_en: Trafficking by an organised group\n", "", "title_en"),
        ("id: code-penal/225-4-3", "id: code pénal 225-4-3", "identifiant"),
        ("id: code-penal/225-4-3", "id: code-penal/225-4-3..", "une seule disposition"),
        ("[gang, ring, network, mafia]", "[]", "de 1 à 12"),
        ("[gang, ring, network, mafia]", "[gang, ring, network, Gang]", "deux fois"),
        ("[gang, ring, network, mafia]", "[gang, ring, network, no]", "texte d'une ligne"),
        ("years: 20", "years: vingt", "entier positif"),
        ("years: 20", "jours: 20", "jours"),
        ("nature: réclusion criminelle", "nature: prison", "prison"),
        ("questions: [32]", "questions: [43]", "question"),
        ("questions: [32]", "questions: 32", "liste"),
        ("checked: 2026-04-03", "checked: avril", "date"),
        ("checked: 2026-04-03", "checked: null", "texte officiel"),
        ("related: [code-penal/225-4-1]", "related: [code-penal/225-4-3]", "elle-même"),
        ("related: [code-penal/225-4-1]", "id: code-penal/225-5", "deux fois"),
        (
            "related: [code-penal/225-4-1]",
            "related: [code-penal/225-4-1]\nrather: code-penal/225-4-1",
            "rather",
        ),
        ("title: Traite en", "title: [Traite en", "YAML"),
        ("title: Traite en bande organisée", 'title: "Traite\\ten bande"', "échappement"),
        ("---\nid", "id", "en-tête"),
    ],
)
def test_a_faulty_front_matter_is_refused_naming_the_file(old: str, new: str, said: str) -> None:
    assert old in RECORD
    with pytest.raises(UnreadableSource) as refusal:
        read(RECORD.replace(old, new, 1) + BODY)
    assert "provisions/essai.md" in refusal.value.message
    assert said in refusal.value.message


@pytest.mark.parametrize("count", [0, 19, 151])
def test_a_body_too_short_or_too_long_is_refused(count: int) -> None:
    with pytest.raises(UnreadableSource, match=f"{count} mots"):
        read(RECORD + " ".join(["mot"] * count))


def test_a_record_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="UTF-8"):
        read_record((RECORD + BODY).encode("latin-1"), "provisions/essai.md")


def test_there_are_enough_records_and_none_twice(records: list[RecordReading]) -> None:
    identifiers = [reading.record.id for reading in records]
    assert len(identifiers) >= 160
    assert len(set(identifiers)) == len(identifiers)


def test_every_record_is_filed_under_its_identifier(records: list[RecordReading]) -> None:
    for reading in records:
        assert reading.document.path == f"provisions/{reading.record.id.replace('/', '-')}.md"
        assert reading.document.id == f"fiche/{reading.record.id}"
        assert parse_id(reading.record.id).text


def test_no_two_records_have_the_same_title_or_the_same_document(records: list[RecordReading]) -> None:
    assert len({reading.record.title for reading in records}) == len(records)
    assert len({reading.document.id for reading in records}) == len(records)


def test_every_record_keeps_to_its_length_and_has_words_of_its_own(records: list[RecordReading]) -> None:
    for reading in records:
        body = reading.passages[0].text.partition("\n\n")[2]
        # What is not read against its source says less: what it governs, and under which words it is sought.
        least, words = (60, 8) if reading.record.checked_against != GENERAL else (20, 3)
        assert least <= len(body.split()) <= 150, reading.record.id
        assert words <= len(reading.record.terms) <= 25, reading.record.id
        # The title is already searched: a term that repeats it would add nothing.
        assert reading.record.title.casefold() not in {term.casefold() for term in reading.record.terms}


def test_quotations_are_of_one_line_at_most(records: list[RecordReading]) -> None:
    for reading in records:
        for piece in reading.passages[0].text.split("«")[1:]:
            assert len(piece.partition("»")[0]) <= 100, reading.document.path


def test_every_provision_says_who_acts_at_which_stage(records: list[RecordReading]) -> None:
    for record in (reading.record for reading in records):
        assert isinstance(record, ProvisionRecord)
        actors = actors_of(record)
        assert actors or record.checked_against == GENERAL, record.id
        # Twice the same line would tell the reader nothing.
        assert len(set(actors)) == len(actors), record.id
