"""Dates as written in French."""

from __future__ import annotations

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
