"""The lives of a number: a number given to another article is another provision from that day on.

L. 611-1 of the CESEDA was about identity checks, and is since 1 May 2021 about the obligation to leave. Wordings of two
lives are never set side by side, nor told as one. `kb.numbers_anew` knows which numbers were given anew, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from kb.concordance import divided, merged, renumbering
from kb.ids import parse_id
from kb.numbers_anew import GivenAnew, given_anew, load_numbers_anew
from kb.validity import DatedWording

W = TypeVar("W", bound=DatedWording)


def turns_of(provision: str) -> tuple[GivenAnew, ...]:
    """The times that the number was given to another article, oldest first.

    >>> [turn.day for turn in turns_of("ceseda/L611-1")][-1]
    datetime.date(2021, 5, 1)
    """
    identifier = parse_id(provision)
    return load_numbers_anew().get(identifier.text, {}).get(identifier.number or "", ())


def turn_between(provision: str, first: date, second: date) -> GivenAnew | None:
    """The last time between two days that the number was given to another article; None when it names the same one."""
    identifier = parse_id(provision)
    return given_anew(identifier.text, identifier.number or "", *sorted((first, second)))


def lives(provision: str, wordings: Sequence[W]) -> tuple[tuple[W, ...], ...]:
    """The wordings of each article that bore the number, in the order of time."""
    turns = turns_of(provision)
    parts: dict[int, list[W]] = {}
    for wording in sorted(wordings, key=lambda w: w.start):
        parts.setdefault(sum(turn.before < wording.start for turn in turns), []).append(wording)
    return tuple(tuple(part) for _, part in sorted(parts.items()))


def life_on(provision: str, wordings: Sequence[W], day: date) -> tuple[W, ...]:
    """The wordings of the article that bore the number on a day; else of the nearest one of the base."""
    found = lives(provision, wordings)
    turns = turns_of(provision)
    reached = sum(turn.day <= day for turn in turns)
    born = [life for life in found if sum(turn.before < life[0].start for turn in turns) <= reached]
    return born[-1] if born else found[0] if found else ()


def successors(provision: str, turn: date) -> tuple[str, ...]:
    """The numbers where the article went that bore this number until a day; empty when that is not known.

    >>> successors("ceseda/L511-1", date(2021, 5, 1))[:2]
    ('L611-1', 'L612-1')
    """
    text, number = parse_id(provision).text, parse_id(provision).number or ""
    whole = [part.new for part in (renumbering(text, number, turn), merged(text, number, turn)) if part]
    return tuple(dict.fromkeys((*whole, *(part.new for part in divided(text, number, turn)))))
