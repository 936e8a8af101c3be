"""Dates as written in French."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
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

_ACTS = (
    "lois?|ordonnance|décret|arrêtés?|arrêts?|jugement|décision|directive|règlement|circulaire|instruction|"
    "convention|protocole"
)
_ACT = rf"(?P<act>\b(?:{_ACTS})\s(?:[^,;.?!]{{0,30}}\s)?)?"
_FACTS = re.compile(
    rf"{_ACT}(?P<words>(?:(?:le|du|au|depuis le)\s(?P<day>\d{{1,2}})(?:er)?\s(?P<month>{'|'.join(_MONTHS)})\s"
    rf"|(?:le|du|au)\s(?P<first>\d{{1,2}})/(?P<figure>\d{{1,2}})/"
    rf"|(?:en|de|courant|depuis)\s(?:(?P<alone>{'|'.join(_MONTHS)})\s)?)(?P<year>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
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


def days_written(text: str) -> Iterator[date]:
    """The days that a text writes in full, and the first day of the months that it writes without one.

    >>> [str(day) for day in days_written("le 12 juin 2026, puis jusqu'en avril 2027 ; le 31 juin 2026 n'existe pas")]
    ['2026-06-12', '2027-04-01']
    """
    for number, month, year in _WRITTEN.findall(text):
        with suppress(ValueError):
            yield date(int(year), _MONTHS.index(month) + 1, int(number or 1))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a text writes it; `day` is its last day, when it is a month or a year."""

    words: str
    day: date


def dates_of_facts(text: str) -> tuple[WrittenDate, ...]:
    """The dates that a text writes and that may be those of facts; not those that name a law, a decree or a decision.

    >>> [(d.words, str(d.day)) for d in dates_of_facts("Racolage en mars 2019, puis le 12 mai 2014 et en 2012 ?")]
    [('en mars 2019', '2019-03-31'), ('le 12 mai 2014', '2014-05-12'), ('en 2012', '2012-12-31')]
    >>> dates_of_facts("la loi du 5 août 2013, article 2012, faits du 31 février 2019")
    ()
    """
    return tuple(date for match in _FACTS.finditer(text) if (date := _written_date(match)) is not None)


def _written_date(match: re.Match[str]) -> WrittenDate | None:
    """None when it names an act, or a day that no calendar has."""
    year, name = int(match["year"]), (match["month"] or match["alone"] or "").lower()
    month = _MONTHS.index(name) + 1 if name in _MONTHS else int(match["figure"] or 12)
    if match["act"] or not 1 <= month <= 12:
        return None
    try:
        day = int(match["day"] or match["first"] or monthrange(year, month)[1])
        return WrittenDate(match["words"], date(year, month, day))
    except ValueError:
        return None
