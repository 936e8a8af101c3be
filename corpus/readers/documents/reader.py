"""Plans, circulars and reports, from the bytes of any format to passages with their headings and pages."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath

from corpus.reader_result import Dropped, Reading
from corpus.readers.documents.extracted import Extracted
from corpus.readers.documents.extraction import extract
from corpus.readers.documents.outline import Path, document_title, heading_level
from corpus.readers.questionnaire import anomalies
from corpus.readers.questionnaire.blocks import paragraphs
from corpus.readers.questionnaire.joining import Joiner, stack
from corpus.readers.questionnaire.layout import Line, Zone, read_lines, show
from corpus.readers.questionnaire.notes import Note, read_notes
from corpus.readers.questionnaire.packing import pack, split
from kb.errors import UnreadableSource
from kb.ids import DocumentId, PassageId
from kb.model import Document, DocumentKind, Passage, PassageKind
from kb.text.spans import MappedText

_DATED = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_MAX_TITLE = 200


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph and the headings above it; `level` is 0 for a paragraph, else that of the heading it is."""

    content: MappedText
    page: int
    level: int
    heading: tuple[str, ...]


def read_document(data: bytes, path: str, identifier: DocumentId, kind: DocumentKind) -> Reading:
    """Read a document of any format. Its headings stand in the heading paths alone, its footnotes with their call.

    Spans count the characters of the extracted text (`Reading.raw`). Raises UnreadableSource.
    """
    found = extract(data, path)
    lines = read_lines(found.raw, fed=True)
    notes = read_notes(found.raw, lines)
    joiner = Joiner(found.raw)
    parts = list(_parts(found, _body(found.raw, lines, notes), joiner))
    if not any(part.level == 0 for part in parts):
        raise UnreadableSource(f"Le fichier « {path} » ne contient aucun paragraphe.")
    title = _title(found, parts, path)
    maker = _Maker(found, identifier, title)
    passages = maker.passages(parts, notes, joiner)
    document = Document(
        identifier, kind, title, path, hashlib.sha256(data).hexdigest(), _day(path), facts=_facts(found)
    )
    faults = anomalies.of_notes(identifier, notes)
    return Reading(document, found.raw, passages, tuple(faults), tuple(_dropped(parts, notes)))


def _facts(found: Extracted) -> tuple[tuple[str, str], ...]:
    pages = [("pages", str(found.pages))] if found.pages else []
    return (*pages, *(("ligne répétée écartée", line) for line in found.left_out))


def _title(found: Extracted, parts: Sequence[_Part], path: str) -> str:
    headings = [(part.content.text, part.level) for part in parts if part.level]
    name = PurePosixPath(path).stem.replace("-", " ").replace("_", " ")
    return (document_title(headings) or found.title or name)[:_MAX_TITLE]


def _day(path: str) -> date | None:
    """The date that the name of the file gives; that of an impossible day is a name like any other."""
    found = _DATED.search(PurePosixPath(path).name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _body(raw: str, lines: Sequence[Line], notes: Sequence[Note]) -> list[Line]:
    """The lines of the running text, without the calls of the footnotes."""
    calls = sorted(note.call for note in notes if note.call)
    body = [line for line in lines if line.zone in (Zone.BODY, Zone.LINK)]
    shown = []
    for line in body:
        cuts = tuple(c for c in calls if line.span.start <= c.start < line.span.end)
        shown.append(show(raw, line, cuts) if cuts else line)
    return shown


def _parts(found: Extracted, body: Sequence[Line], joiner: Joiner) -> Iterator[_Part]:
    path = Path()
    for lines in _groups(found, body):
        content = joiner.join(lines)
        level = heading_level(content.text, found.levels.get(lines[0].span.start))
        if level:
            path.enter(level, content.text)
        yield _Part(content, lines[0].page, level, path.titles())


def _groups(found: Extracted, body: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each paragraph; lines of different levels are never of one."""
    for _, same in groupby(body, key=lambda line: found.levels.get(line.span.start, 0)):
        yield from paragraphs(list(same))


def _dropped(parts: Sequence[_Part], notes: Sequence[Note]) -> Iterator[Dropped]:
    for part in parts:
        if part.level:
            yield from (Dropped("titre", span) for span in part.content.spans())
    for note in notes:
        yield from (Dropped("appel", span) for span in (note.label, note.call) if span)


class _Maker:
    """Makes the passages of one document; their numbers count within a page, or a section, so that they last."""

    def __init__(self, found: Extracted, document: DocumentId, title: str) -> None:
        self._found = found
        self._document = document
        self._title = title
        self._counts: Counter[str] = Counter()

    def passages(self, parts: Sequence[_Part], notes: Sequence[Note], joiner: Joiner) -> tuple[Passage, ...]:
        body = [self._make(PassageKind.TEXT, part, piece) for part, piece in self._body(parts)]
        ends = {s.raw + s.length: p for p in body for s in p.content.segments}
        below = [
            self._footnote(note, piece, ends.get(note.call.start) if note.call else None)
            for note in notes
            for piece in split(stack(self._found.raw, [joiner.join(g) for g in paragraphs(note.lines)]))
        ]
        ordered = sorted([*body, *below], key=lambda p: p.content.segments[0].raw)
        return tuple(replace(passage, ordinal=ordinal) for ordinal, passage in enumerate(ordered))

    def _body(self, parts: Sequence[_Part]) -> Iterator[tuple[_Part, MappedText]]:
        """Neighbouring paragraphs under one heading together."""
        texts = (part for part in parts if part.level == 0)
        for _, same in groupby(texts, key=lambda part: part.heading):
            group = list(same)
            starts = {part.content.segments[0].raw: part for part in group if part.content.segments}
            current = group[0]
            for piece in pack(self._found.raw, [part.content for part in group]):
                current = next((starts[s.raw] for s in piece.segments[:1] if s.raw in starts), current)
                yield current, piece

    def _make(self, kind: PassageKind, part: _Part, content: MappedText) -> Passage:
        place = f"p. {part.page + 1}" if self._found.pages else ""
        return self._passage(kind, (self._title, *part.heading), place, content)

    def _footnote(self, note: Note, content: MappedText, parent: Passage | None) -> Passage:
        heading = (*(parent.heading if parent else (self._title,)), f"Note {note.number}")
        place = f"p. {note.page + 1}" if self._found.pages else f"note {note.number}"
        made = self._passage(PassageKind.FOOTNOTE, heading, place, content)
        return replace(made, parent=parent.id if parent else None)

    def _passage(
        self, kind: PassageKind, heading: tuple[str, ...], place: str, content: MappedText
    ) -> Passage:
        key = place.replace(". ", "").replace(" ", "-") or "texte"
        self._counts[key] += 1
        return Passage(
            id=PassageId(f"{self._document}/{key}/{self._counts[key]}"),
            document=self._document,
            ordinal=0,
            kind=kind,
            heading=tuple(dict.fromkeys(heading)),
            place=place,
            content=content,
        )
