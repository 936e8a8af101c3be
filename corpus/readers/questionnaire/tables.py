"""Where the tables of statistics stand in the body: from their caption to their source line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.questionnaire.joining import ends_sentence
from corpus.readers.questionnaire.layout import Gap, Line
from corpus.readers.questionnaire.outline import Opening, opening

VALUE = r"(?::|\d+|n[cd])(?: \(p\))?"
"""A cell of figures: a number, ":" or "nc" or "nd" for a figure kept back, "(p)" for a provisional one."""
VALUES = re.compile(rf"(?:^|(?<=\s)){VALUE}(?:\s+{VALUE})*$")
# The common reporting form of Eurostat, in which States copy their figures to GRETA.
EUROSTAT = re.compile(r"(?:Citizenship|Form of exploitation)\b")
_YEARS = re.compile(r"(?:^|.*\s)20\d\d\s+20\d\d(?:\s+20\d\d)*(?: \(p\))?$")
LEGEND = re.compile(r": =|\(p\) |n[cd] = |Champ\b|Sources?\b|Lecture\b")
_SOURCE = re.compile(r"Sources?\s*:")
CAPTION = re.compile(r"Pour l[’']année \d{4}")
# The widest row of figures in the reply of France holds 61 characters, its narrowest wrapped line of prose 82.
_PROSE = 80


def find_tables(lines: Sequence[Line]) -> list[range]:
    """The tables, as ranges of positions in `lines` (body lines only), in order and apart from each other."""
    tables: list[range] = []
    position = 0
    while position < len(lines):
        if _starts(lines[position].text):
            floor = tables[-1].stop if tables else 0
            tables.append(range(_first(lines, position, floor), _stop(lines, position)))
            position = tables[-1].stop
        else:
            position += 1
    return tables


def _starts(text: str) -> bool:
    """A header of columns, or a legend whose table was a picture and left no text."""
    return bool(EUROSTAT.match(text) or _YEARS.match(text) or text.startswith(": ="))


def _first(lines: Sequence[Line], header: int, floor: int) -> int:
    """Up from the header: the title above it, then a line such as « Pour l'année 2021 : »."""
    first = header
    while first > floor and lines[first].gap is not Gap.PARAGRAPH and _may_be_title(lines[first - 1]):
        first -= 1
    above = lines[first - 1] if first > floor else None
    if (
        above
        and above.text.endswith(":")
        and len(above.text) < _PROSE
        and opening(above.text)[0] is Opening.NONE
    ):
        first -= 1
    return first


def _may_be_title(line: Line) -> bool:
    return not ends_sentence(line.text) and opening(line.text)[0] is Opening.NONE


def _stop(lines: Sequence[Line], header: int) -> int:
    """One past the last line: a table ends where its legend does, or where prose or a list begins."""
    legend = bool(LEGEND.match(lines[header].text))
    sourced = False
    for position in range(header + 1, len(lines)):
        line = lines[position]
        if opening(line.text)[0] is not Opening.NONE or EUROSTAT.match(line.text) or CAPTION.match(line.text):
            return position
        if LEGEND.match(line.text):
            if sourced and not _SOURCE.match(line.text):
                return position
            legend, sourced = True, sourced or bool(_SOURCE.match(line.text))
        elif line.gap is Gap.PARAGRAPH or (not legend and _is_prose(line.text)):
            return position
    return len(lines)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and not VALUES.search(text)
