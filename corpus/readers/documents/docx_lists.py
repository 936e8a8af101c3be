"""The numbers and bullets that a word processor draws before the items of its lists: the text does not hold them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
# Beyond it, a number is not one that a list counts up to, and Roman numerals grow with it.
_MOST = 9_999
_BULLET = "•"
# Styles are based on one another; a file may close the chain on itself.
_MAX_STYLES = 20


def letters(number: int) -> str:
    """
    >>> letters(1), letters(26), letters(28)
    ('a', 'z', 'bb')
    """
    count, rank = divmod(number - 1, 26)
    return chr(ord("a") + rank) * (count + 1)


def roman(number: int) -> str:
    """
    >>> roman(4), roman(19)
    ('iv', 'xix')
    """
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


_WRITTEN: dict[str, Callable[[int], str]] = {
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is counted and written: `pattern` is Word's, "%1.%2)"."""

    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class _List:
    """A list of the file, and where each of its levels has come to."""

    levels: dict[int, _Level]
    at: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """What is drawn before its next item at this depth."""
        level = self.levels.get(depth)
        if level is None or level.form == "none":
            return ""
        self.at[depth] = min(self.at.get(depth, level.start - 1) + 1, _MOST)
        for deeper in [d for d in self.at if d > depth]:
            del self.at[deeper]
        return _BULLET if level.form == "bullet" else _PLACE.sub(self._number, level.pattern).strip()

    def _number(self, place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        level = self.levels.get(depth)
        number = self.at.get(depth, level.start if level else 1)
        return _WRITTEN.get(level.form if level else "", str)(number)


class ListMarks:
    """The marks of the lists of one document, asked for in the order of its paragraphs."""

    def __init__(self, document: Any) -> None:
        part = next((r.target_part for r in _numbering(document)), None)
        root = part.element if part is not None else None
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root)

    def mark(self, paragraph: Any) -> str:
        """Of a paragraph: "3.", "b)", "•", or nothing."""
        number, depth = _place(paragraph)
        found = self._lists.get(number)
        return found.next(depth) if found else ""

    def _read(self, root: Any) -> None:
        for abstract in root.iter(_W + "abstractNum"):
            self._abstract[abstract.get(_W + "abstractNumId", "")] = _List(_levels(abstract))
        for num in root.iter(_W + "num"):
            base = self._abstract.get(_value(num, "abstractNumId"))
            if base is not None:
                self._lists[num.get(_W + "numId", "")] = _restarted(base, num)


def _numbering(document: Any) -> list[Any]:
    return [r for r in document.part.rels.values() if r.reltype.endswith("/numbering")]


def _restarted(base: _List, num: Any) -> _List:
    """The list itself, which goes on wherever it is taken up again, or another when a start of its own is given."""
    starts = {
        _integer(override.get(_W + "ilvl", "")): _integer(_value(override, "startOverride"), 1)
        for override in num.iter(_W + "lvlOverride")
    }
    if not starts:
        return base
    return _List({d: _Level(v.form, v.pattern, starts.get(d, v.start)) for d, v in base.levels.items()})


def _levels(abstract: Any) -> dict[int, _Level]:
    return {
        _integer(level.get(_W + "ilvl", "")): _Level(
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText"),
            _integer(_value(level, "start"), 1),
        )
        for level in abstract.iter(_W + "lvl")
    }


def _place(paragraph: Any) -> tuple[str, int]:
    """(name of the list, depth) of a paragraph: its own, or that of its style or of those it is based on."""
    properties, style = paragraph._p.pPr, paragraph.style
    depth = None
    for _ in range(_MAX_STYLES):
        found = properties.find(_W + "numPr") if properties is not None else None
        if found is not None:
            depth = _value(found, "ilvl") if depth is None else depth
            if number := _value(found, "numId"):
                return number, _integer(depth)
        if style is None:
            break
        properties, style = style.element.find(_W + "pPr"), style.base_style
    return "", 0


def _value(element: Any, name: str) -> str:
    child = element.find(_W + name)
    return str(child.get(_W + "val", "")) if child is not None else ""


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default
