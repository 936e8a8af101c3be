"""The days of a history: from which day a commit's texts hold, and which commits tell of days still to come."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from corpus.history.repository import EPOCH
from kb.text.french_dates import french_date

# Git has no date before 1970: what is older is dated 1970-01-01 or 02, and says its true day elsewhere.
_COMPACT = re.compile(r"\ble (\d{4})(\d{2})(\d{2})\b")
_MONTHS = tuple(french_date(date(2000, month, 1)).split()[1] for month in range(1, 13))
_WRITTEN = rf"(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})"
_EFFECT = re.compile(rf"\ben vigueur le {_WRITTEN}", re.IGNORECASE)
_JOURNAL = re.compile(rf"\bJORF (?:n° ?\d+ )?(?:du )?{_WRITTEN}", re.IGNORECASE)
_SIGNED = re.compile(rf"\bdu {_WRITTEN}", re.IGNORECASE)
_SIGNED_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MAKER = re.compile(r"(?:Modifié|Créé|Transféré|Rétabli) par (?P<act>\S.*)", re.DOTALL)
# An act usually applies within days of its signature. The partial histories name, on a wording, an act up to ten years
# older or younger (225-4-1, « créé par » the law of 2003 on its wording of 2007): such a name is not repeated.
_LONGEST_DELAY = 366


def is_undated(day: date) -> bool:
    """Whether a commit's own date only says "before git": its text or its message tells its day.

    >>> is_undated(date(1970, 1, 1)), is_undated(date(1970, 6, 20))
    (True, False)
    """
    return day <= EPOCH


def day_in_message(message: str) -> date | None:
    """The day of effect that a message tells, else that of publication.

    >>> day_in_message("Modifié le 19580408")
    datetime.date(1958, 4, 8)
    >>> day_in_message("Créé par Loi n°67-523 - art. 21 JORF 4 juillet 1967 en vigueur le 1er janvier 1968")
    datetime.date(1968, 1, 1)
    >>> day_in_message("Modifié par Décret 60-897 1960-08-24 art. 1 JORF 25 août 1960")
    datetime.date(1960, 8, 25)
    """
    if compact := _COMPACT.search(message):
        return _date(*map(int, compact.groups()))
    written = _EFFECT.search(message) or _JOURNAL.search(message)
    return _written(written) if written else None


def act_in_message(message: str, start: date) -> str | None:
    """The act that made a wording begun on `start`, None when none is named, or one that cannot have made it then.

    >>> act_in_message("Modifié par LOI n°2013-711 du 5 août 2013 - art. 22", date(2013, 8, 7))
    'LOI n°2013-711 du 5 août 2013 - art. 22'
    >>> act_in_message("Créé par Loi n°2003-239 du 18 mars 2003 - art. 32", date(2007, 11, 21)) is None
    True
    >>> act_in_message("Abrogé par DÉCRET n°2014-1582 du 23 décembre 2014 - art. 11", date(2015, 5, 1)) is None
    True
    """
    maker = _MAKER.match(message)
    if maker is None:
        return None
    if effect := _EFFECT.search(message):
        return maker["act"].strip() if _written(effect) == start else None
    signed = _JOURNAL.search(message) or _SIGNED.search(message)
    day = (
        _written(signed)
        if signed
        else _date(*map(int, iso.groups()))
        if (iso := _SIGNED_ISO.search(message))
        else None
    )
    return maker["act"].strip() if day and 0 <= (start - day).days <= _LONGEST_DELAY else None


class Order(Enum):
    """Where a commit stands among the days of its history."""

    DATED = auto()
    ANNOUNCED = auto()
    """It tells of a day to come: after the horizon, or after the commits that follow it."""
    MISPLACED = auto()
    """It is dated before commits that it follows: its texts are not those of that day."""


def order_of(days: Sequence[date], horizon: date) -> list[Order]:
    """What each commit is, by the longest run of days, up to the horizon, that never go back.

    >>> [order.name for order in order_of([date(2025, 1, 1), date(2026, 12, 31), date(2026, 4, 3)], date(2026, 4, 3))]
    ['DATED', 'ANNOUNCED', 'DATED']
    """
    run = _longest_run([(place, day) for place, day in enumerate(days) if day <= horizon])
    found: list[Order] = []
    latest = date.min
    for place, day in enumerate(days):
        if place in run:
            latest = day
            found.append(Order.DATED)
        else:
            found.append(Order.ANNOUNCED if day > latest else Order.MISPLACED)
    return found


def _longest_run(places: Sequence[tuple[int, date]]) -> set[int]:
    """The places of the longest subsequence of days that never go back, by patience sorting."""
    tails: list[date] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place, day in places:
        rank = bisect_right(tails, day)
        before[place] = ends[rank - 1] if rank else None
        tails[rank : rank + 1], ends[rank : rank + 1] = [day], [place]
    run: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run


def _written(found: re.Match[str]) -> date | None:
    return _date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
