"""The date of the facts that a sentence speaks of, and dates written beside a decision."""

from __future__ import annotations

import re
from datetime import date

from kb.citations.patterns import DATE, MONTH, iso_date, reading

_FACTS = (
    r"\b(?:faits?|agissements|infractions?)\s(?:(?:commis\w*|survenue?s?|datant|remontant|perpétrée?s?)\s)?"
)
_DAY = reading(DATE)
_FACTS_OF_DAY = reading(rf"{_FACTS}(?:du|le|au|en date du)\s{DATE}")
_FACTS_OF_MONTH = reading(
    rf"{_FACTS}(?:en|de|d['’]|courant|au mois de)\s?(?P<month>{MONTH})\s(?P<year>[12]\d{{3}})"
)
_FACTS_OF_YEAR = reading(rf"{_FACTS}(?:en|de|courant)\s(?P<year>[12]\d{{3}})(?!\d)")


def day_of_facts(sentence: str) -> date | None:
    """The day of the facts; of a month, its last day, and of a year, its last: what then began applies to none of them.

    >>> day_of_facts("Pour des faits de mai 2012, il est poursuivi.")
    datetime.date(2012, 5, 31)
    """
    match = _FACTS_OF_DAY.search(sentence)
    if match:
        return _date(match)
    match = _FACTS_OF_MONTH.search(sentence)
    if match:
        first = date.fromisoformat(iso_date("1", match["month"], match["year"]))
        return _last_of_month(first)
    match = _FACTS_OF_YEAR.search(sentence)
    return date(int(match["year"]), 12, 31) if match else None


def dates_of(text: str) -> tuple[date, ...]:
    """Every whole date of a text, in order.

    >>> dates_of("Cass. crim., 4 avril 2024, n° 1")
    (datetime.date(2024, 4, 4),)
    """
    return tuple(day for match in _DAY.finditer(text) if (day := _date(match)))


def _date(match: re.Match[str]) -> date | None:
    try:
        return date.fromisoformat(iso_date(match["day"], match["month"], match["year"]))
    except ValueError:
        return None


def _last_of_month(first: date) -> date:
    following = first.replace(day=28).toordinal() + 4
    after = date.fromordinal(following)
    return date.fromordinal(after.replace(day=1).toordinal() - 1)
