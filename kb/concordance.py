"""Old and new numbers of recodified codes, as data: which article took the place of which, and when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Renumbering:
    """`old` became `new` on `day`; `similarity` in [0, 1] is that of their words (`corpus.concordance`)."""

    old: str
    new: str
    similarity: float
    day: date


@cache
def load_concordance() -> Mapping[str, Mapping[str, Renumbering]]:
    """Every renumbering, by slug of the text and old number."""
    return {slug: {row.old: row for row in rows} for slug, rows in _rows("matches")}


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


def renumbered(text: str, number: str, on: date | None = None) -> tuple[str, ...]:
    """The new numbers of an old one, at a date.

    >>> renumbered("ceseda", "L316-1", date(2024, 1, 1)), renumbered("ceseda", "L316-1", date(2020, 1, 1))
    (('L425-1',), ())

    An old number may since have been given to another article (L311-1): whether the text still has it is for the
    caller to see.
    """
    found = renumbering(text, number, on)
    return (found.new,) if found else ()
