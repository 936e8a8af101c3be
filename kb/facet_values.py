"""What tells provisions apart beside their text and their standing: letter of the number, age of the wording.

A letter tells who made the text: the law (L.), the Conseil d'État's decree (R.)… A number without one tells nothing:
it is the law's in the Code pénal, a decree's in the Code de procédure civile.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from kb.ids import parse_id

# Years in a period: wordings change about as often.
_SPAN = 5
_PERIOD = re.compile(r"(\d{4})-(\d{4})\Z", re.ASCII)
_LETTER = re.compile(r"(LO|[LRDA])?\d")


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


def number_kind(provision: str) -> NumberKind:
    """
    >>> [number_kind(p).value for p in ("ceseda/L425-1", "code-penal/225-4-1", "code-penal/annexe-1", "loi/2016-444")]
    ['L', 'sans-lettre', 'autre', 'autre']
    """
    match = _LETTER.match(parse_id(provision).number or "")
    if match is None:
        return NumberKind.OTHER
    return NumberKind(match[1]) if match[1] else NumberKind.PLAIN


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
    match = _PERIOD.match(text)
    return match is not None and int(match[1]) % _SPAN == 0 and int(match[2]) == int(match[1]) + _SPAN - 1
