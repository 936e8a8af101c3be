"""Dates as they are given from outside: AAAA-MM-JJ and nothing else."""

from __future__ import annotations

import re
from datetime import date

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(value: object) -> object:
    """A date as given, once it is seen to be AAAA-MM-JJ: pydantic also takes a number of seconds for a date.

    >>> iso_date("2026-04-03")
    '2026-04-03'

    Raises ValueError for anything else, a date already read and None apart.
    """
    if value is None or type(value) is date or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise ValueError
