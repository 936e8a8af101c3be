"""Records of answers, decisions, plans and terms against the reply: figures, citations, coverage, nothing copied."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus.citing import cite_document
from corpus.readers.questionnaire import read_questionnaire
from corpus.readers.starter import RecordReading, read_record
from kb.codes import code_by_slug
from kb.ids import canonical_number, parse_id
from kb.model import PassageKind
from kb.records import FOLDERS, AnswerRecord, Lines, ProvisionRecord, RecordKind
from kb.records.common import GENERAL
from tests.truth import CITATION, LONGEST_COMMON_RUN, NUMBER, forms, plain, runs, words_of

pytestmark = pytest.mark.sources

FOLDER = Path(__file__).parent.parent / "corpus" / "starter"
QUOTED = re.compile(r"«[^»]{0,100}»")
YEARS = re.compile(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b")
_ANSWERED = (PassageKind.ANSWER, PassageKind.TABLE)


class Reply:
    """The reply: its lines, its passages and its citations, each with the lines where it stands."""

    def __init__(self, path: Path) -> None:
        self.reading = read_questionnaire(path.read_bytes(), path.name)
        raw = self.reading.raw
        self.starts = [0, *(m.end() for m in re.finditer("\n", raw))]
        self.citations = [
            (self.line(c.citation.start), target)
            for c in cite_document(raw, self.reading.passages)
            for target in c.citation.targets
        ]

    def line(self, position: int) -> int:
        """The line of a character, from 1."""
        return bisect_right(self.starts, position)

    def text(self, places: tuple[Lines, ...]) -> str:
        """The text of these lines, numbers cut by a line end mended."""
        raw = "\n".join(line for p in places for line in self.reading.raw.split("\n")[p.first - 1 : p.last])
        return plain(re.sub(r"(?<=\d-)\s*\n\s*(?=\d)", "", raw))

    def cited(self, places: tuple[Lines, ...]) -> set[str]:
        """The targets of the citations in these lines."""
        return {t for line, t in self.citations if any(p.first <= line <= p.last for p in places)}

    def answered(self) -> dict[str, tuple[int, int]]:
        """The sub-questions that are answered, with the first and last line of the answer."""
        found: dict[str, tuple[int, int]] = {}
        for passage in self.reading.passages:
            if passage.question is None or passage.kind not in _ANSWERED:
                continue
            spans = passage.content.spans()
            low, high = self.line(spans[0].start), self.line(spans[-1].end - 1)
            former = found.get(passage.place, (low, high))
            found[passage.place] = (min(former[0], low), max(former[1], high))
        return found


@pytest.fixture(scope="module")
def reply(sources: Path) -> Reply:
    (path,) = (sources / "questionnaire").glob("reponse-france-greta-4.txt")
    return Reply(path)


@cache
def every_record() -> tuple[RecordReading, ...]:
    return tuple(
        read_record(path.read_bytes(), f"{folder}/{path.name}")
        for folder in FOLDERS
        for path in sorted((FOLDER / folder).glob("*.md"))
    )


def others() -> list[RecordReading]:
    """All but those of provisions and those that were read against no source."""
    return [
        r
        for r in every_record()
        if r.record.kind != RecordKind.PROVISION and r.record.checked_against != GENERAL
    ]


def answers() -> list[AnswerRecord]:
    return [r.record for r in every_record() if isinstance(r.record, AnswerRecord)]


def stated(reading: RecordReading) -> Iterator[tuple[str, tuple[Lines, ...]]]:
    """Each text of a record with the lines of the reply that it was drawn from; its title and gaps with them all."""
    assert not isinstance(reading.record, ProvisionRecord)
    everywhere = reading.record.lines
    yield reading.record.title, everywhere
    for part, passage in zip(reading.sections, reading.texts, strict=True):
        own = (Lines(first=part.lines[0], last=part.lines[1]),) if part.lines else everywhere
        yield f"{passage.heading[-1]}. {passage.text}" if part.lines else passage.text, own


def test_the_42_questions_have_each_their_record() -> None:
    assert sorted(record.question for record in answers()) == list(range(1, 43))


def test_every_sub_question_that_is_answered_has_a_section(reply: Reply) -> None:
    written = {
        part.place
        for reading in others()
        if isinstance(reading.record, AnswerRecord)
        for part in reading.sections
    }
    assert sorted(set(reply.answered()) - written) == []


def test_every_section_of_an_answer_is_drawn_from_the_lines_of_its_sub_question(reply: Reply) -> None:
    answered, faults = reply.answered(), []
    for reading in others():
        if not isinstance(reading.record, AnswerRecord):
            continue
        for part in reading.sections:
            first, last = answered.get(part.place, (0, 0))
            if part.lines is None or not (first - 3 <= part.lines[0] and part.lines[1] <= last + 3):
                faults.append((reading.record.id, part.place, part.lines, (first, last)))
    assert not faults


def test_every_number_of_a_record_stands_in_the_lines_it_was_drawn_from(reply: Reply) -> None:
    faults = []
    for reading in others():
        for text, places in stated(reading):
            source = reply.text(places)
            bare = CITATION.sub(" ", _spaced(text))
            faults += [
                (reading.record.id, number)
                for number in re.findall(NUMBER, bare)
                if not re.search(forms(number), source, re.I)
            ]
    assert not faults


def test_every_citation_of_a_record_stands_in_the_lines_it_was_drawn_from(reply: Reply) -> None:
    faults = []
    for reading in others():
        for text, places in stated(reading):
            given = {canonical_number(m[0]) for m in CITATION.finditer(reply.text(places))}
            given |= {bound for t in reply.cited(places) for bound in _bounds(t)}
            named = {canonical_number(m[0]) for m in CITATION.finditer(_spaced(text))}
            faults += [(reading.record.id, number) for number in named - given]
    assert not faults


def test_the_record_of_an_answer_names_all_that_the_answer_cites_and_nothing_else(reply: Reply) -> None:
    faults = [
        (record.id, sorted(set(record.applies) ^ reply.cited(record.lines)))
        for record in answers()
        if set(record.applies) != reply.cited(record.lines)
    ]
    assert not faults


def test_what_another_record_applies_is_cited_where_the_reply_speaks_of_it(reply: Reply) -> None:
    faults = []
    for reading in others():
        record = reading.record
        assert not isinstance(record, ProvisionRecord)
        if record.lines and not isinstance(record, AnswerRecord):
            faults += [(record.id, t) for t in set(record.applies) - reply.cited(record.lines)]
    assert not faults


def test_no_record_and_no_note_on_figures_shares_a_long_run_of_words_with_any_source(sources: Path) -> None:
    """Short quotations in guillemets apart."""
    ours = {run: name for name, text in _written() for run in _runs(text)}
    copied = {(ours[run], " ".join(run)) for text in _sources(sources) for run in _runs(text) if run in ours}
    assert not copied


def test_a_sentence_taken_from_the_reply_would_be_found_in_a_record_of_any_kind(sources: Path) -> None:
    (path,) = (sources / "questionnaire").glob("reponse-france-greta-4.txt")
    taken = " ".join(words_of(path.read_text("utf-8"))[20_000 : 20_000 + LONGEST_COMMON_RUN + 1])
    copied = {run for text in _sources(sources) for run in _runs(text)}
    kinds = {name.partition("/")[0] for name, text in _written() if set(_runs(f"{text} {taken}")) & copied}
    assert kinds == {*FOLDERS, "statistics"}


def _written() -> Iterator[tuple[str, str]]:
    """Every text of our own, front matter and notes on figures included, with the name of its file."""
    for folder in (*FOLDERS, "statistics"):
        for path in sorted((FOLDER / folder).glob("*")):
            yield f"{folder}/{path.name}", path.read_text("utf-8")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    return runs(words_of(QUOTED.sub(" ", plain(text))))


def _spaced(text: str) -> str:
    """The text, the years of a period set apart: 2024-2027 is no article number."""
    return YEARS.sub(r"\1 \2", plain(text))


def _bounds(cited: str) -> tuple[str, ...]:
    """The article numbers that a target names: those of a range are often shortened in the text."""
    parsed = parse_id(cited)
    return tuple(number for number in (parsed.number, parsed.end) if number)


def _sources(sources: Path) -> Iterator[str]:
    """The reply, the decisions, and the codes that the records are about, at every date."""
    for path in (sources / "questionnaire").glob("*.txt"):
        yield re.sub(r"(?<=\w)-\n(?=\w)", "", path.read_text("utf-8"))
    for path in (sources / "case_law").rglob("*.json"):
        yield json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False)
    for code in filter(None, map(code_by_slug, _texts())):
        for path in (sources / "codes").glob(f"*/{code.legitext}.md"):
            yield path.read_text("utf-8")


def _texts() -> list[str]:
    """The codes and acts of which the records of provisions are."""
    return sorted({str(parse_id(r.record.provision).text) for r in every_record() if r.record.provision})
