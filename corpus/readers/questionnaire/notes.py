"""Footnotes and the numbers that call them, found page by page and never guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.questionnaire.layout import Line, Zone, show
from kb.text.spans import Span

_NOTE_START = re.compile(r"(\d{1,3})\s+\S")
# A number printed against a word or a closing mark: « CESEDA6 », « élevés11 », « humains »1 ».
_STRAY_CALL = re.compile(r"(?:(?<=[a-zà-ÿ]{3})|(?<=[»”]))\d{1,2}(?![\w.-]*\w)")


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: its printed number, its lines (without that number) and the place of its call, if found.

    Text under the rule that no number opens, such as the end of a note begun on the page before, has no `label`
    and the number 0.
    """

    number: int
    page: int
    label: Span | None
    lines: tuple[Line, ...]
    call: Span | None = None
    candidates: int = 0


def read_notes(raw: str, lines: Sequence[Line]) -> list[Note]:
    """All footnotes in order, each with the one number of its page that can be its call.

    `candidates` counts what could be the call; with 0 or with several, `call` is None.
    """
    notes: list[Note] = []
    body: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.zone is Zone.BODY:
            body[line.page].append(line)
        elif line.zone is Zone.NOTE:
            _add_line(raw, notes, line)
    return [_with_call(raw, note, body[note.page]) for note in notes]


def stray_calls(raw: str, lines: Sequence[Line], notes: Sequence[Note]) -> list[Span]:
    """Numbers that look like calls in the body and that no footnote answers."""
    known = {note.call for note in notes}
    calls = (
        Span(line.span.start + m.start(), line.span.start + m.end())
        for line in lines
        if line.zone is Zone.BODY
        for m in _STRAY_CALL.finditer(raw[line.span.start : line.span.end])
    )
    return [span for span in calls if span not in known]


def _add_line(raw: str, notes: list[Note], line: Line) -> None:
    """Start a footnote, or carry on the last one of the page: a line inside a note may well begin with a year."""
    start = _NOTE_START.match(line.text)
    last = notes[-1] if notes and notes[-1].page == line.page else None
    if start and (last is None or last.label is None or int(start[1]) == last.number + 1):
        label = Span(line.span.start, line.span.start + len(start[1]))
        notes.append(Note(int(start[1]), line.page, label, (show(raw, line, (label,)),)))
    elif last:
        notes[-1] = Note(last.number, last.page, last.label, (*last.lines, line))
    else:
        notes.append(Note(0, line.page, None, (line,)))


def _with_call(raw: str, note: Note, body: Sequence[Line]) -> Note:
    if note.label is None:
        return note
    # A call stands against a word; only when none does may it stand against a year ("2011" + "15").
    for before in (r"(?:(?<=[^\W\d_])|(?<=[»”’)\]%]))", r"(?<=\b19\d\d|\b20\d\d)"):
        pattern = re.compile(rf"{before}{note.number}(?![\w]|[.-]\d|-\w)")
        candidates = [
            Span(line.span.start + m.start(), line.span.start + m.end())
            for line in body
            for m in pattern.finditer(raw[line.span.start : line.span.end])
        ]
        if candidates:
            break
    call = candidates[0] if len(candidates) == 1 else None
    return Note(note.number, note.page, note.label, note.lines, call, len(candidates))
