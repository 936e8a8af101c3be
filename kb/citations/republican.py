"""Dates of the Republican calendar, which laws still in force bear: "loi du 25 ventôse an XI"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from kb.citations.patterns import plain
from kb.text.phrases import any_of

_MONTHS = (
    "vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse", "germinal", "floréal", "prairial",
    "messidor", "thermidor", "fructidor",
)  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10}
# The first day of the years I to XIV: the autumn equinox, on the 22nd, 23rd or 24th of September of 1792 to 1805.
_FIRST_DAYS = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
_DAYS = 30

REPUBLICAN: Final = (
    rf"(?P<rday>\d{{1,2}})(?:er)? (?P<rmonth>{any_of(_MONTHS)}) (?:de l')?an "
    r"(?P<ryear>(?-i:[IVX]{1,5})|\d{1,2})(?!\w)"
)


def republican_date(found: re.Match[str]) -> str:
    """The ISO date of a match of REPUBLICAN; empty for a year that the calendar did not have.

    >>> republican_date(re.match(REPUBLICAN, "25 ventôse an XI"))
    '1803-03-16'
    """
    year = int(found["ryear"]) if found["ryear"].isdecimal() else _arabic(found["ryear"])
    month = next(n for n, name in enumerate(_MONTHS) if plain(name) == plain(found["rmonth"]))
    if not 1 <= year <= len(_FIRST_DAYS):
        return ""
    first = date(1791 + year, 9, _FIRST_DAYS[year - 1])
    return (first + timedelta(days=_DAYS * month + int(found["rday"]) - 1)).isoformat()


def _arabic(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
