"""Units and footnotes to numbered passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.readers.questionnaire.blocks import paragraphs
from corpus.readers.questionnaire.joining import Joiner, stack
from corpus.readers.questionnaire.notes import Note
from corpus.readers.questionnaire.packing import pack, pack_rows, split
from corpus.readers.questionnaire.sections import Unit
from kb.ids import DocumentId, PassageId
from kb.model import Passage, PassageKind
from kb.text.spans import MappedText

_PROSE = (PassageKind.ANSWER, PassageKind.TEXT)


class PassageMaker:
    """Makes the passages of one document; their numbers count within a place, so that they last.

    `reponse-france-greta-4/21/2` stays itself whatever is added to question 20.
    """

    def __init__(self, raw: str, document: DocumentId) -> None:
        self._raw = raw
        self._document = document
        self._counts: Counter[str] = Counter()

    def passages(self, units: Sequence[Unit], notes: Sequence[Note], joiner: Joiner) -> list[Passage]:
        """All passages in the order of the source, footnotes included."""
        body = [self._make(unit.kind, unit, content) for unit, content in self._body(units) if unit.kind]
        ends = {s.raw + s.length: p for p in body for s in p.content.segments}
        footnotes = [
            self._footnote(note, content, ends.get(note.call.start) if note.call else None)
            for note in notes
            for content in split(stack(self._raw, [joiner.join(lines) for lines in paragraphs(note.lines)]))
        ]
        ordered = sorted([*body, *footnotes], key=lambda p: p.content.segments[-1].raw)
        return [replace(passage, ordinal=ordinal) for ordinal, passage in enumerate(ordered)]

    def _body(self, units: Sequence[Unit]) -> Iterator[tuple[Unit, MappedText]]:
        """Neighbouring paragraphs of one place together, each question and each table by itself."""
        caption: tuple[str, MappedText] | None = None
        for (kind, place), same in groupby(units, key=lambda u: (u.kind, u.place)):
            group = list(same)
            if kind in _PROSE:
                yield from ((group[0], content) for content in pack(self._raw, [u.content for u in group]))
                continue
            for unit in group:
                if unit.rows is None:
                    yield unit, unit.content
                    continue
                top = [*unit.rows.head, *unit.rows.body][0]
                captioned = top.text.endswith(":")
                caption = (place, top) if captioned else caption
                above = caption[1] if caption and caption[0] == place and not captioned else None
                yield from ((unit, content) for content in pack_rows(self._raw, unit.rows, above))

    def _make(self, kind: PassageKind, unit: Unit, content: MappedText) -> Passage:
        return Passage(
            id=self._next_id(unit.place),
            document=self._document,
            ordinal=0,
            kind=kind,
            heading=unit.heading,
            place=unit.place,
            content=content,
            question=unit.question,
        )

    def _footnote(self, note: Note, content: MappedText, parent: Passage | None) -> Passage:
        place = f"note-{note.number}" if note.label else "note"
        return Passage(
            id=self._next_id(place),
            document=self._document,
            ordinal=0,
            kind=PassageKind.FOOTNOTE,
            heading=(*(parent.heading if parent else ()), place.replace("-", " ").capitalize()),
            place=place,
            content=content,
            question=parent.question if parent else None,
            parent=parent.id if parent else None,
        )

    def _next_id(self, place: str) -> PassageId:
        self._counts[place] += 1
        return PassageId(f"{self._document}/{place}/{self._counts[place]}")


def headings(units: Iterable[Unit]) -> list[MappedText]:
    """The units that only name what follows."""
    return [unit.content for unit in units if unit.kind is None]
