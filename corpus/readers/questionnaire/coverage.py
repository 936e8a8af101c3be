"""What no passage holds, accounted for character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.reader_result import Dropped
from corpus.readers.questionnaire.layout import Line, Zone
from corpus.readers.questionnaire.notes import Note
from kb.model import Passage
from kb.text.spans import MappedText, Span

_BULLET = re.compile(r"[\uf000-\uf0ff•▪◦‣➢➤]")
_BROKEN_WORD = re.compile(r"-(?=\s*\n)")


def dropped(
    raw: str,
    lines: Sequence[Line],
    headings: Iterable[MappedText],
    notes: Iterable[Note],
    passages: Iterable[Passage],
) -> tuple[Dropped, ...]:
    """Page headers, links, headings, note numbers and calls, bullets and the hyphens of broken words, in order."""
    held = bytearray(len(raw))
    for passage in passages:
        _hold(held, passage.content.spans())
    known = [*_of_lines(lines), *_of_headings(headings), *_of_notes(notes)]
    _hold(held, [item.span for item in known])
    for kind, pattern in (("puce", _BULLET), ("césure", _BROKEN_WORD)):
        known += (Dropped(kind, Span(*m.span())) for m in pattern.finditer(raw) if not held[m.start()])
    return tuple(sorted(known, key=lambda item: item.span))


def _hold(held: bytearray, spans: Iterable[Span]) -> None:
    for start, end in spans:
        held[start:end] = b"\x01" * (end - start)


def _of_lines(lines: Sequence[Line]) -> Iterator[Dropped]:
    zones = (Zone.FURNITURE, Zone.LINK)
    return (Dropped(line.zone.value, line.span) for line in lines if line.zone in zones)


def _of_headings(headings: Iterable[MappedText]) -> Iterator[Dropped]:
    return (Dropped("intitulé", span) for heading in headings for span in heading.spans())


def _of_notes(notes: Iterable[Note]) -> Iterator[Dropped]:
    for note in notes:
        if note.label:
            yield Dropped("numéro de note", note.label)
        if note.call:
            yield Dropped("appel de note", note.call)
