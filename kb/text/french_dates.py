"""Dates as written in French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from zoneinfo import ZoneInfo

_PARIS = ZoneInfo("Europe/Paris")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_WRITTEN = re.compile(rf"(?:\b(\d{{1,2}})(?:er)?\s+)?({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b")


def french_date(day: date) -> str:
    """
    >>> french_date(date(2024, 3, 31)), french_date(date(2027, 1, 1))
    ('31 mars 2024', '1er janvier 2027')
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def french_moment(moment: datetime) -> str:
    """A moment, by the clocks of Paris.

    >>> from datetime import UTC
    >>> french_moment(datetime(2026, 11, 24, 9, 5, tzinfo=UTC))
    '24 novembre 2026 à 10\xa0h\xa005'
    """
    there = moment.astimezone(_PARIS)
    return f"{french_date(there.date())} à {there.hour}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{there.minute:02}"


def days_written(text: str) -> Iterator[date]:
    """The days that a text writes in full, and the first day of the months that it writes without one.

    >>> [str(day) for day in days_written("le 12 juin 2026, puis jusqu'en avril 2027 ; le 31 juin 2026 n'existe pas")]
    ['2026-06-12', '2027-04-01']
    """
    for number, month, year in _WRITTEN.findall(text):
        with suppress(ValueError):
            yield date(int(year), _MONTHS.index(month) + 1, int(number or 1))
