"""The reply as a PDF or a DOCX, in English, of another State or another round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.reader_result import Reading
from corpus.readers.questionnaire import read_questionnaire
from corpus.source_reading import read_source
from corpus.sources import discover
from kb.errors import UnreadableSource
from kb.model import PassageKind
from tests.office_files import NOTE, Line, pdf, word

FRENCH: list[Line] = [
    (1, "Partie 1 – Tenir compte des vulnérabilités"),
    (0, ""),
    (0, "1. Quelles mesures protègent les victimes ?"),
    (0, ""),
    (0, "La victime qui dépose plainte obtient un titre, en application de l'article L."),
    (0, "425-1 du CESEDA, et les faits sont punis par l'article 225-4-1 du code pénal."),
    (0, ""),
    (0, "2. Veuillez décrire les peines."),
    (0, ""),
    (0, "La bande organisée aggrave la peine."),
]
ENGLISH = """Part I – Access to justice

1. Please describe the measures taken.

Victims are informed of their rights.

2. How are minors protected?

A guardian is appointed.
"""
THIRD_ROUND = """1. Droit à l'information (articles 12 et 15)

1.1 Comment les victimes sont-elles informées ?

Par la police.

1.2 Comment l'interprète est-il trouvé ?

Par la juridiction.

2. Assistance juridique (article 15)

2.1 Veuillez décrire l'aide juridique.

Elle est due sans condition de ressources.
"""


def asked(reading: Reading) -> list[tuple[str, int | None]]:
    return [(p.place, p.question) for p in reading.passages if p.kind is PassageKind.QUESTION]


def answers(reading: Reading) -> dict[str, str]:
    return {p.place: p.text for p in reading.passages if p.kind is PassageKind.ANSWER}


@pytest.mark.parametrize(
    "made", [pdf([FRENCH[:6], FRENCH[6:]]), word([x for x in FRENCH if x[1]])], ids=["pdf", "docx"]
)
def test_a_reply_in_another_format_gives_its_questions_and_answers(made: bytes) -> None:
    reading = read_questionnaire(made, "questionnaire/reponse-belgique-greta-3.pdf")
    assert asked(reading) == [("1", 1), ("2", 2)]
    assert answers(reading)["2"] == "La bande organisée aggrave la peine."
    assert re.search(r"l.article L\.\s?425-1 du CESEDA, et", answers(reading)["1"])
    assert reading.document.id == "reponse-belgique-greta-3"
    assert reading.document.title.endswith("Belgique, cycle d'évaluation n° 3")
    for passage in reading.passages:
        for s in passage.content.segments:
            assert passage.text[s.start : s.start + s.length] == reading.raw[s.raw : s.raw + s.length]


def test_a_reply_in_english_gives_its_questions_and_answers() -> None:
    reading = read_questionnaire(ENGLISH.encode(), "reply-ireland-greta-4.txt")
    assert asked(reading) == [("1", 1), ("2", 2)]
    assert reading.passages[0].heading[0] == "Part I – Access to justice"
    assert reading.document.title.endswith("Ireland, cycle d'évaluation n° 4")


def test_the_decimal_questions_of_the_third_round_are_found() -> None:
    reading = read_questionnaire(THIRD_ROUND.encode(), "reponse-suisse-greta-3.txt")
    assert asked(reading) == [("1.1", 1), ("1.2", 1), ("2.1", 2)]
    assert answers(reading)["2.1"] == "Elle est due sans condition de ressources."


def test_one_reply_in_two_formats_is_refused(tmp_path: Path) -> None:
    (tmp_path / "questionnaire").mkdir()
    for suffix in ("txt", "pdf"):
        (tmp_path / "questionnaire" / f"r.{suffix}").write_bytes(b"1. Quoi ?")
    with pytest.raises(UnreadableSource, match="deux formats"):
        discover(tmp_path)


def test_the_citations_of_a_reply_in_pdf_are_found(tmp_path: Path) -> None:
    (tmp_path / "questionnaire").mkdir()
    (tmp_path / "questionnaire" / "reponse.pdf").write_bytes(pdf([FRENCH]))
    (source,) = (s for s in discover(tmp_path) if s.key.startswith("questionnaire"))
    cited = [c.citation.targets[0] for c in read_source(source).citations]
    assert cited == ["ceseda/L425-1", "code-penal/225-4-1"]


def printed(text: str) -> list[list[Line]]:
    """The pages of the reply as its PDF has them: the footnotes, below the rule, in small letters."""
    pages: list[list[Line]] = [[]]
    level = 0
    for line in text.split("\n"):
        if re.match(r" +\S", line):
            pages.append([])
            level = 0
        if len(line) > 20 and not line.strip():
            level = NOTE
        pages[-1].append((level, line.strip()))
    return pages


@pytest.mark.sources
def test_the_real_reply_printed_as_a_pdf_keeps_its_questions_and_its_citations(sources: Path) -> None:
    data = (sources / "questionnaire" / "reponse-france-greta-4.txt").read_bytes()
    reading = read_questionnaire(pdf(printed(data.decode())), "questionnaire/reponse-france-greta-4.pdf")
    assert [place for place, _ in asked(reading) if "." not in place] == [str(n) for n in range(1, 43)]
