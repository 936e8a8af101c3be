"""Old and new numbers of recodified codes, as data: which article took the place of which, and when."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from kb.numbers_anew import given_anew


@dataclass(frozen=True, slots=True)
class Renumbering:
    """`old` became `new` on `day`; `similarity` in [0, 1] is that of their words (`corpus.concordance`)."""

    old: str
    new: str
    similarity: float
    day: date


class Succession(StrEnum):
    """How an old article passed into a new one."""

    RENUMBERED = "renumerotee"
    """Whole, alone, under another number."""
    SPLIT = "repartie"
    """In part: the rest is in other articles."""
    MERGED = "reunie"
    """Whole, beside the words of other articles."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A row of the table: what passed of `old` into `new`; `similarity` is that of `Renumbering`.

    `given_anew` tells that the old number names another article since, which is not this one.
    """

    old: str
    new: str
    succession: Succession
    similarity: float
    day: date
    given_anew: bool


@cache
def load_concordance() -> Mapping[str, Mapping[str, Renumbering]]:
    """Every renumbering, by slug of the text and old number."""
    return {slug: {row.old: row for row in rows} for slug, rows in _rows("matches")}


@cache
def load_mergers() -> Mapping[str, Mapping[str, Renumbering]]:
    """By slug of the text and old number, the new article that holds its words among others; the share of its words."""
    return {slug: {row.old: row for row in rows} for slug, rows in _rows("merged")}


@cache
def load_divisions() -> Mapping[str, tuple[Renumbering, ...]]:
    """By slug of the text, each article that holds a part of an old one; `similarity` is the share of its words."""
    return dict(_rows("parts"))


def _rows(kind: str) -> Iterator[tuple[str, tuple[Renumbering, ...]]]:
    table = tomllib.loads((files("kb") / "concordance.toml").read_text(encoding="utf-8"))
    for text in table["text"]:
        rows = (Renumbering(old, new, alike, text["date"]) for old, new, alike in text[kind])
        yield text["slug"], tuple(rows)


def renumbering(text: str, number: str, on: date | None = None) -> Renumbering | None:
    """What became of a number of before the recodification, seen on a day (None: today); None before it, or unknown.

    >>> renumbering("ceseda", "L316-1").new
    'L425-1'
    """
    found = load_concordance().get(text, {}).get(number)
    return found if found is not None and (on is None or on >= found.day) else None


def recodified(text: str) -> date | None:
    """The day on which the text was numbered anew as a whole; None when that is not known.

    >>> recodified("ceseda"), recodified("code-civil")
    (datetime.date(2021, 5, 1), None)
    """
    return next((found.day for found in load_concordance().get(text, {}).values()), None)


def former(text: str, number: str) -> Renumbering | None:
    """The old article that a number of today took the place of, the most alike when there are several; None if unknown.

    >>> former("ceseda", "L425-1").old
    'L316-1'
    """
    found = [r for r in load_concordance().get(text, {}).values() if r.new == number]
    return max(found, key=lambda r: r.similarity, default=None)


def divided(text: str, number: str, on: date | None = None) -> tuple[Renumbering, ...]:
    """The articles that each hold a part of an old one, in their order; none before the recodification.

    >>> [part.new for part in divided("ceseda", "L711-2")]
    ['L511-2', 'L511-3', 'L511-4', 'L511-5']
    """
    return tuple(
        part
        for part in load_divisions().get(text, ())
        if part.old == number and (on is None or on >= part.day)
    )


def origin(text: str, number: str) -> Renumbering | None:
    """The old article of which a number of today holds a part; None if unknown.

    >>> origin("ceseda", "L343-4").old
    'L223-1'
    """
    return next((part for part in load_divisions().get(text, ()) if part.new == number), None)


def merged(text: str, number: str, on: date | None = None) -> Renumbering | None:
    """The new article into which an old one went whole, beside other words; None before the recodification, or unknown.

    >>> merged("ceseda", "L213-8").new
    'L333-3'
    """
    found = load_mergers().get(text, {}).get(number)
    return found if found is not None and (on is None or on >= found.day) else None


def renumbered(text: str, number: str, on: date | None = None) -> tuple[str, ...]:
    """The new numbers of an old one, at a date.

    >>> renumbered("ceseda", "L316-1", date(2024, 1, 1)), renumbered("ceseda", "L316-1", date(2020, 1, 1))
    (('L425-1',), ())

    An old number may since have been given to another article (L311-1): whether the text still has it is for the
    caller to see.
    """
    found = renumbering(text, number, on)
    return (found.new,) if found else ()


def recodified_texts() -> tuple[str, ...]:
    """The texts that have a table of old and new numbers."""
    return tuple(load_concordance())


def correspondences(text: str) -> tuple[Correspondence, ...]:
    """The rows of the table of a text, in the order of the old numbers; none for a text that was not recodified.

    >>> [(row.old, row.new, str(row.succession)) for row in correspondences("ceseda") if row.old == "L316-1"]
    [('L316-1', 'L425-1', 'repartie'), ('L316-1', 'L425-3', 'repartie')]
    """
    parts = load_divisions().get(text, ())
    rows = [*load_concordance().get(text, {}).values(), *parts, *load_mergers().get(text, {}).values()]
    found = (_correspondence(text, row, {part.old for part in parts}) for row in rows)
    return tuple(sorted(found, key=lambda row: (number_order(row.old), number_order(row.new))))


def _correspondence(text: str, row: Renumbering, divided: Collection[str]) -> Correspondence:
    if row.old in divided:
        succession = Succession.SPLIT
    else:
        succession = Succession.MERGED if row.old in load_mergers()[text] else Succession.RENUMBERED
    eve = row.day - timedelta(days=1)
    again = given_anew(text, row.old, eve, row.day) is not None
    return Correspondence(row.old, row.new, succession, row.similarity, row.day, again)


def number_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which numbers come in the order of a code: L before R, 9 before 10.

    >>> sorted(["R1", "L10-1", "L9", "L10"], key=number_order)
    ['L9', 'L10', 'L10-1', 'R1']
    """
    pieces = re.findall(r"\d+|[^\d-]+", number)
    return tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces)
