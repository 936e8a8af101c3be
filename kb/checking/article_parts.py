"""The parts of an article, read from its text: I, 1°, a), alinéas; and which of them a citation names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_BIS = r"(?: ?(?:bis|ter|quater|quinquies))?"
_MARKERS = (
    re.compile(rf"(?P<roman>[IVX]{{1,5}}{_BIS}(?: [A-Z])?)\s?(?:\.|[-–—])"),
    re.compile(rf"(?P<degree>\d{{1,3}}°{_BIS})"),
    re.compile(r"(?P<letter>[a-z]{1,2}(?: bis)?)\s?(?:\)|\.)(?=\s)"),
)
# Several items on one line, as some sources give lists.
_INLINE = re.compile(rf"(?<=[;:.]) (?=(?:\d{{1,3}}°{_BIS}|[a-z]\)) )")
_RANKS = ("roman", "degree", "letter")
_ORDINALS = {
    name: rank
    for rank, names in enumerate(
        (
            ("premier", "première", "1er", "1re"),
            ("deuxième", "second", "seconde"),
            ("troisième",),
            ("quatrième",),
            ("cinquième",),
            ("sixième",),
            ("septième",),
            ("huitième",),
            ("neuvième",),
            ("dixième",),
            ("onzième",),
            ("douzième",),
            ("treizième",),
            ("quatorzième",),
            ("quinzième",),
        ),
        1,
    )
    for name in names
}
_COUNTED = re.compile(r"(?:alinéas?|al\b\.?)\s*(\d{1,2}|premier|dernier)", re.IGNORECASE)
_ORDINAL_ALINEA = re.compile(r"([\w-]+)\s+alinéa\b", re.IGNORECASE)
_NAMED = (
    re.compile(rf"(?<!\w)(?P<roman>[IVX]{{1,5}}{_BIS})(?![\w’'])"),
    re.compile(rf"(?<!\w)(?P<degree>\d{{1,3}}\s?°{_BIS})"),
    re.compile(r"(?<!\w)(?P<letter>[a-z]{1,2})\s?\)"),
)
_NOT_READ = re.compile(r"§|paragraphe|tiret|lettre|point|\bà\b|\bet\b|\bou\b|\(", re.IGNORECASE)
REPEALED = re.compile(r"\(?abrogée?s?\)?\.?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One alinéa: the markers that lead to it ("I", "2°"), its rank among the alinéas of the article, from 1."""

    path: tuple[tuple[str, str], ...]
    alinea: int
    text: str

    def under(self, wanted: dict[str, str]) -> bool:
        """Whether it is in the subdivision that these markers name."""
        own = dict(self.path)
        return all(own.get(rank) == marker for rank, marker in wanted.items())


@dataclass(frozen=True, slots=True)
class Subdivision:
    """What a citation names within an article; `alinea` is counted within the rest, -1 for the last one."""

    markers: dict[str, str]
    alinea: int | None = None


@lru_cache(maxsize=2_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """The alinéas of an article, each under its markers.

    >>> [p.path for p in parts_of("I. - Le fait :\\n1° De nuire ;\\n2° De mentir.\\nII. - Rien.")][1:]
    [(('roman', 'I'), ('degree', '1°')), (('roman', 'I'), ('degree', '2°')), (('roman', 'II'),)]
    """
    found, path = [], dict[str, str]()
    lines = filter(None, (line.strip() for line in text.split("\n")))
    for alinea, line in enumerate(lines, 1):
        for item in _INLINE.split(line):
            path = _path_after(path, item.strip())
            found.append(Part(tuple(path.items()), alinea, item.strip()))
    return tuple(found)


def _path_after(path: dict[str, str], line: str) -> dict[str, str]:
    """The markers of a line: those that it bears, under those that are above them; none of them for plain words."""
    below, position = dict(path), 0
    marked = False
    for rank, pattern in zip(_RANKS, _MARKERS, strict=True):
        match = pattern.match(line, position)
        if match is None:
            continue
        marked = True
        above = _RANKS[: _RANKS.index(rank)]
        below = {r: m for r, m in below.items() if r in above}
        below[rank] = " ".join(match[rank].split())
        position = re.compile(r"[\s\-–—.]*").match(line, match.end()).end()  # type: ignore[union-attr]
    return below if marked else {r: m for r, m in path.items() if r == "roman"}


def read_subdivision(written: str) -> Subdivision | None:
    """What a subdivision as written names; None when it is not surely read (a list, a range, a paragraph).

    >>> read_subdivision("5° du I").markers, read_subdivision("troisième alinéa").alinea
    ({'roman': 'I', 'degree': '5°'}, 3)
    """
    alinea = _alinea(written)
    bare = _ORDINAL_ALINEA.sub(" ", _COUNTED.sub(" ", written))
    if _NOT_READ.search(bare):
        return None
    markers = {}
    for rank, pattern in zip(_RANKS, _NAMED, strict=True):
        matches = pattern.findall(bare)
        if len(matches) > 1:
            return None
        if matches:
            markers[rank] = re.sub(r"\s?°", "°", " ".join(matches[0].split()))
    return Subdivision(markers, alinea) if markers or alinea else None


def _alinea(written: str) -> int | None:
    counted = _COUNTED.search(written)
    if counted:
        word = counted[1].lower()
        return {"premier": 1, "dernier": -1}.get(word) or int(word)
    ordinal = _ORDINAL_ALINEA.search(written)
    if ordinal is None:
        return None
    word = ordinal[1].lower()
    numeral = re.fullmatch(r"(\d{1,2})(?:e|ème)", word)
    return -1 if word == "dernier" else int(numeral[1]) if numeral else _ORDINALS.get(word)


def named_part(parts: Sequence[Part], subdivision: Subdivision) -> str | None:
    """The text of a subdivision; None when the article does not have it."""
    inside = [part for part in parts if part.under(subdivision.markers)]
    if not inside:
        return None
    if subdivision.alinea is None:
        return "\n".join(part.text for part in inside)
    ranks = list(dict.fromkeys(part.alinea for part in inside))
    rank = subdivision.alinea - 1 if subdivision.alinea > 0 else len(ranks) - 1
    if rank >= len(ranks):
        return None
    return "\n".join(part.text for part in inside if part.alinea == ranks[rank])


def siblings(parts: Sequence[Part], subdivision: Subdivision) -> str:
    """What the article has where a subdivision is missing, in words: "I, II", "1° à 7°", "2 alinéas".

    >>> siblings(parts_of("1° De nuire ;\\n2° De mentir."), Subdivision({"degree": "9°"}))
    '1°, 2°'
    """
    above: dict[str, str] = {}
    for rank, marker in subdivision.markers.items():
        inside = [part for part in parts if part.under(above)]
        own = list(dict.fromkeys(m for part in inside for r, m in part.path if r == rank))
        if marker not in own:
            return _listed(own)
        above[rank] = marker
    ranks = {part.alinea for part in parts if part.under(subdivision.markers)}
    return f"{len(ranks)} alinéa{'s' if len(ranks) > 1 else ''}"


def _listed(markers: Sequence[str]) -> str:
    if len(markers) > 4:
        return f"{markers[0]} à {markers[-1]}"
    return ", ".join(markers) or "aucun"
