"""Numbers given to another article, as data: from a day on, the number names another provision than before."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from kb.reforms import EffectKind, changes_of


@dataclass(frozen=True, slots=True)
class GivenAnew:
    """From `day` on, at the latest, `number` names another article than it did until `before`, at least."""

    number: str
    before: date
    day: date


@cache
def load_numbers_anew() -> Mapping[str, Mapping[str, tuple[GivenAnew, ...]]]:
    """Every number given anew, by slug of the text and number, in the order of time."""
    table = tomllib.loads((files("kb") / "numbers_anew.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, tuple[GivenAnew, ...]]] = {}
    for shift in sorted(table["shift"], key=lambda row: row["day"]):
        numbers = found.setdefault(shift["slug"], {})
        for number in shift["numbers"]:
            given = _dated(shift["slug"], GivenAnew(number, shift["before"], shift["day"]))
            numbers[number] = (*numbers.get(number, ()), given)
    return found


def _dated(text: str, given: GivenAnew) -> GivenAnew:
    """On its very day, where a reform gives it."""
    for change in changes_of(f"{text}/{given.number}"):
        if (
            change.kind is EffectKind.RENUMBERED
            and change.is_certain
            and given.before < change.day <= given.day
        ):
            return replace(given, before=change.day - timedelta(days=1), day=change.day)
    return given


def given_anew(
    text: str, number: str, since: date | None = None, until: date | None = None
) -> GivenAnew | None:
    """The last time that a number may have been given to another article from one day to another; None if never.

    Two texts of one number on both sides of it are two provisions, that no comparison or status may tell as one.

    >>> given_anew("ceseda", "L511-1").day
    datetime.date(2021, 5, 1)
    >>> given_anew("ceseda", "L511-1", since=date(2021, 5, 1)), given_anew("ceseda", "L425-1")
    (None, None)
    """
    return next(reversed(list(_within(text, number, since, until))), None)


def _within(text: str, number: str, since: date | None, until: date | None) -> Iterator[GivenAnew]:
    for given in load_numbers_anew().get(text, {}).get(number, ()):
        if (since is None or since < given.day) and (until is None or until > given.before):
            yield given
