"""What tells provisions apart beside their text: state on a day, letter of the number, age of the wording.

A letter tells who made the text: the law (L.), the Conseil d'État's decree (R.)… A number without one tells nothing:
it is the law's in the Code pénal, a decree's in the Code de procédure civile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache

from kb.ids import parse_id
from kb.model import State
from kb.resolution.article_table import Validity

# Years in a period: wordings change about as often.
_SPAN = 5
_PERIOD = re.compile(r"(\d{4})-(\d{4})\Z", re.ASCII)
_LETTER = re.compile(r"(LO|[LRDA])?\d")


class DayState(StrEnum):
    """State of a provision on the day asked for, whatever became of it since."""

    IN_FORCE = "en-vigueur"
    UNCERTAIN = "incertaine"
    DEFERRED = "differee"
    NOT_YET = "pas-encore"
    REPEALED = "abrogee"
    UNKNOWN = "sans-redaction"
    WITHOUT_TEXT = "sans-texte"


DAY_STATES = {
    DayState.IN_FORCE: "en vigueur",
    DayState.UNCERTAIN: "rédaction incertaine",
    DayState.DEFERRED: "vigueur différée",
    DayState.NOT_YET: "pas encore en vigueur",
    DayState.REPEALED: "abrogée",
    DayState.UNKNOWN: "sans rédaction connue à cette date",
    DayState.WITHOUT_TEXT: "texte absent de la base",
}


class NumberKind(StrEnum):
    """What the number of a provision begins with."""

    LAW = "L"
    ORGANIC_LAW = "LO"
    STATE_COUNCIL = "R"
    DECREE = "D"
    ORDER = "A"
    PLAIN = "sans-lettre"
    OTHER = "autre"


NUMBER_KINDS = {
    NumberKind.LAW: "L. : loi",
    NumberKind.ORGANIC_LAW: "L.O. : loi organique",
    NumberKind.STATE_COUNCIL: "R. : décret en Conseil d'État",
    NumberKind.DECREE: "D. : décret simple",
    NumberKind.ORDER: "A. : arrêté",
    NumberKind.PLAIN: "numéro sans lettre",
    NumberKind.OTHER: "annexe ou autre",
}

_LIKELIEST = (State.IN_FORCE, State.UNCERTAIN)


def applied(validities: Sequence[Validity], day: date) -> Validity | None:
    """The wording that `kb.dated.version_on` shows for a day, from the intervals alone."""
    if len(validities) == 1:
        return validities[0]
    valid = [v for v in validities if v.covers(day)]
    if valid:
        return min(valid, key=lambda v: _LIKELIEST.index(v.state) if v.state in _LIKELIEST else 2)
    before = [v for v in validities if v.start <= day]
    if before:
        return max(before, key=lambda v: v.start)
    return min(validities, key=lambda v: v.start, default=None)


def day_state(wording: Validity | None, day: date) -> DayState:
    """The state on a day of a provision of which this wording is shown.

    A wording that a later one replaced was in force until then. One that begins later is only said to be not yet in
    force where its source says so: otherwise nothing is known of that day.
    """
    if wording is None:
        return DayState.WITHOUT_TEXT
    if wording.covers(day):
        return _during(wording)
    if wording.start > day:
        return DayState.NOT_YET if wording.state is State.DEFERRED else DayState.UNKNOWN
    return DayState.REPEALED if wording.state is State.REPEALED else DayState.UNKNOWN


def _during(wording: Validity) -> DayState:
    if wording.state is State.IN_FORCE:
        return DayState.IN_FORCE
    if wording.state is State.DEFERRED:
        return DayState.DEFERRED
    if wording.end is not None and wording.state is not State.UNCERTAIN:
        return DayState.IN_FORCE
    return DayState.REPEALED if wording.state is State.REPEALED else DayState.UNCERTAIN


def number_kind(provision: str) -> NumberKind:
    """
    >>> [number_kind(p).value for p in ("ceseda/L425-1", "code-penal/225-4-1", "code-penal/annexe-1", "loi/2016-444")]
    ['L', 'sans-lettre', 'autre', 'autre']
    """
    found = _LETTER.match(parse_id(provision).number or "")
    if found is None:
        return NumberKind.OTHER
    return NumberKind(found[1]) if found[1] else NumberKind.PLAIN


@cache
def period_of(year: int) -> str:
    """
    >>> period_of(2018)
    '2015-2019'
    """
    first = year // _SPAN * _SPAN
    return f"{first:04}-{first + _SPAN - 1:04}"


def is_period(text: str) -> bool:
    """
    >>> [is_period(text) for text in ("2015-2019", "2016-2020", "2015-2018", "2015")]
    [True, False, False, False]
    """
    found = _PERIOD.match(text)
    return found is not None and int(found[1]) % _SPAN == 0 and int(found[2]) == int(found[1]) + _SPAN - 1
