"""The lines of a table to rows of cells, wherever the columns can be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.questionnaire.joining import Joiner, concatenate
from corpus.readers.questionnaire.layout import Line
from corpus.readers.questionnaire.tables import CAPTION, EUROSTAT, LEGEND, VALUES
from kb.text.spans import MappedText

_FORMS = (
    "Benefit fraud|Criminal activities|Forced begging/use for begging|Forced labour, including domestic servitude|"
    "Removal of organs|Sexual exploitation|Other form of exploitation|Unknown form of exploitation|"
    "Sexual and labour|Sexual and other form of exploitation|Labour and other form of exploitation|"
    "Other multiple form of exploitation"
)
_COLUMNS = (
    r"Form of exploitation|Citizenship|Sex|Child \(0-17\)|Adult \(18\+\)|Unknown age|"
    r"Number of registered victims|exploit|citizenship|sex|child|adult|unknown"
)
_HEADER = re.compile(rf"(?:{_COLUMNS})(?: (?:{_COLUMNS}))+$")
_COLUMN = re.compile(_COLUMNS)
_LABELS = re.compile(rf"(\S.*?) ({_FORMS}|Female|Male|Other|Unknown)$", re.IGNORECASE)
_CODES = re.compile(r"(?:exploit|citizenship)\b")
# Column names (5 lines) and the first row under them (4 lines) are held together at most; more is not a row.
_MAX_WRAP = 9


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: `head` (caption and column names, to be shown again when the table is cut) and `body`."""

    head: tuple[MappedText, ...]
    body: tuple[MappedText, ...]


class CellCutter:
    """Cuts the lines of one table; cells are separated by " | ", and what cannot be cut keeps its lines."""

    def __init__(self, raw: str, joiner: Joiner) -> None:
        self._raw = raw
        self._joiner = joiner

    def rows(self, lines: Sequence[Line]) -> Rows:
        """All the lines of the table, as rows."""
        groups = _group(lines)
        counts = Counter(_values(_text(g)) for g in groups if VALUES.search(_text(g)))
        width = counts.most_common(1)[0][0] if counts else 0
        first = next((n for n, g in enumerate(groups) if _is_head_end(groups, n, _text(g))), 0)
        rows = [self._cut(group, width) for group in groups]
        return Rows(tuple(rows[:first]), tuple(rows[first:]))

    def _cut(self, group: Sequence[Line], width: int) -> MappedText:
        row = self._joiner.join(group)
        edges = _edges(row.text, width)
        bounds = [0, *(edge for cell in edges for edge in cell), len(row.text)]
        parts: list[MappedText | str] = []
        for start, end in zip(bounds[::2], bounds[1::2], strict=True):
            parts += [" | ", row.slice(start, end)] if parts else [row.slice(start, end)]
        return concatenate(self._raw, parts)


def _edges(text: str, width: int) -> list[tuple[int, int]]:
    """The blanks between two cells, as (end of a cell, start of the next)."""
    if LEGEND.match(text) or CAPTION.match(text):
        return []
    if _HEADER.match(text):
        starts = [m.start() for m in _COLUMN.finditer(text)][1:]
        return [(start - 1, start) for start in starts]
    values = VALUES.search(text)
    if values is None or _values(text) != width:
        # Thousands are set apart by a space: with another count of figures, cells cannot be told.
        return []
    label = text[: values.start()].rstrip()
    edges = [(m.end(1), m.start(2))] if (m := _LABELS.match(label)) else []
    if label:
        edges.append((len(label), values.start()))
    cells = re.finditer(r"\s+(?!\(p\))", text[values.start() :])
    return edges + [(values.start() + m.start(), values.start() + m.end()) for m in cells]


def _values(text: str) -> int:
    """How many figures end a line."""
    match = VALUES.search(text)
    return len(match[0].replace(" (p)", "").split()) if match else 0


def _text(group: Sequence[Line]) -> str:
    return " ".join(line.text for line in group)


def _group(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one row together: a wrapped row of the Eurostat form, a wrapped line of the legend."""
    groups: list[list[Line]] = []
    pending: list[Line] = []
    wraps = legend = False
    for line in lines:
        wraps = wraps or bool(EUROSTAT.match(line.text))
        starts_legend = bool(LEGEND.match(line.text))
        if legend and not starts_legend:
            groups[-1].append(line)
            continue
        legend = starts_legend
        pending.append(line)
        if len(pending) > _MAX_WRAP or not wraps:
            groups += [[wrapped] for wrapped in pending]
        elif legend or VALUES.search(line.text):
            groups += _split_headers(pending)
        else:
            continue
        pending = []
    return groups + [[line] for line in pending]


def _split_headers(pending: list[Line]) -> list[list[Line]]:
    """Column names take no figures, so they are still held with the first row: set each of their rows apart."""
    for length in range(len(pending) - 1, 0, -1):
        codes = bool(_CODES.match(pending[length].text))
        if _HEADER.match(_text(pending[:length])) and (codes or not _any_codes(pending[1:length])):
            return [pending[:length], *_split_headers(pending[length:])]
    return [pending]


def _any_codes(lines: Sequence[Line]) -> bool:
    return any(_CODES.match(line.text) for line in lines)


def _is_head_end(groups: list[list[Line]], position: int, text: str) -> bool:
    """The first row of figures under the column names."""
    has_header = any(_HEADER.match(_text(group)) for group in groups[:position])
    return bool(VALUES.search(text)) and has_header
