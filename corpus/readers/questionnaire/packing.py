"""Paragraphs to passages of a readable length that end where a paragraph, an item, a row or a sentence does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from corpus.readers.questionnaire.cells import Rows
from corpus.readers.questionnaire.joining import stack
from corpus.readers.questionnaire.tables import LEGEND
from kb.text.spans import MappedText

# Characters. Under the least, a passage lacks context to be found by; over the most, encoders cut it.
MIN_LENGTH = 300
MAX_LENGTH = 1500
# A passage long enough is closed rather than grown past this: one or two paragraphs of the reply of France.
_TARGET = 900
# Not the full stops of « art. L », « al. », « cf. », « C. trav. », initials and the prefix of a number.
_SENTENCE_END = re.compile(
    r"(?<!\bart)(?<!\bal)(?<!\bcf)(?<!\bCass)(?<!\btrav)(?<!\bch)(?<!\bciv)(?<!\b[A-Z])"
    r"[.!?;…][»”)]*\s+(?=[«“(•A-ZÀ-Þ])"
)


def pack(raw: str, paragraphs: Sequence[MappedText]) -> list[MappedText]:
    """Paragraphs of one place, joined when short and cut when long; a lead-in stays with what it announces."""
    groups: list[list[MappedText]] = []
    for part in (piece for paragraph in paragraphs for piece in split(paragraph)):
        if not groups or _closes(groups[-1], part):
            groups.append([])
        groups[-1].append(part)
    if len(groups) > 1 and _size(groups[-1]) < MIN_LENGTH and _size(groups[-2] + groups[-1]) <= MAX_LENGTH:
        tail = groups.pop()
        groups[-1] += tail
    return [stack(raw, group) for group in groups]


def split(paragraph: MappedText) -> list[MappedText]:
    """One paragraph, in pieces of about the same length when it is too long, each ending with a sentence."""
    text = paragraph.text
    target = len(text) / ceil(len(text) / MAX_LENGTH) if text else 0
    ends = [m.end() for m in _SENTENCE_END.finditer(text)] if len(text) > MAX_LENGTH else []
    pieces: list[MappedText] = []
    start = 0
    for end, following in zip(ends, [*ends, len(text)][1:], strict=True):
        due = end - start >= target or following - start > MAX_LENGTH
        if due and len(text) - end >= MIN_LENGTH:
            pieces.append(_trimmed(paragraph, start, end))
            start = end
    return [*pieces, _trimmed(paragraph, start, len(text))]


def pack_rows(raw: str, rows: Rows, caption: MappedText | None) -> list[MappedText]:
    """A table in passages of whole rows, each under the caption and the column names.

    The legend stays with the last rows: apart from figures, a source line tells nothing.
    """
    head = [*([caption] if caption else []), *rows.head]
    groups: list[list[MappedText]] = [[]]
    for row in rows.body:
        full = _size([*head, *groups[-1], row]) > MAX_LENGTH
        if full and groups[-1] and not LEGEND.match(row.text):
            groups.append([])
        groups[-1].append(row)
    return [stack(raw, [*head, *group]) for group in groups]


def _closes(group: list[MappedText], part: MappedText) -> bool:
    size = _size(group)
    grown = size + 1 + len(part.text)
    if grown > MAX_LENGTH:
        return True
    return size >= MIN_LENGTH and grown > _TARGET and not group[-1].text.endswith(":")


def _size(group: Sequence[MappedText]) -> int:
    return sum(len(part.text) + 1 for part in group) - 1


def _trimmed(paragraph: MappedText, start: int, end: int) -> MappedText:
    """A slice without the blank that parted it from the next one."""
    return paragraph.slice(start, start + len(paragraph.text[start:end].rstrip()))
