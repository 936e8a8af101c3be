"""A small notation for patterns over French text, and dates in words.

`french(r"règlements?~\\(~UE~\\) n°")` reads as it looks and matches what people and PDF extractors write:

    a blank     spaces, at most one line break (a blank line ends what is being read)
    ~           the same, or nothing
    é è ê à     with or without the accent, which may be a character of its own (as PDF extractors write it)
    '           either apostrophe
"""

from __future__ import annotations

import re
from typing import Final

from kb.text.phrases import any_of

# Possessive: a run of spaces is never tried in two ways, so that a long one costs its length and no more.
_GAP: Final = r"(?:[^\S\n]*+(?:\n[^\S\n]*+)?+)"
_SPACE: Final = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?+|\n[^\S\n]*+)"
_NOTATION = {
    " ": _SPACE,
    "~": _GAP,
    "é": "(?:é|e\u0301?)",
    "è": "(?:è|e\u0300?)",
    "ê": "(?:ê|e\u0302?)",
    "à": r"(?:à|a(?: ?\u0300)?)",
    "É": "(?:É|E\u0301?)",
    "'": "['’]",
}
_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.", re.DOTALL)

HYPHEN: Final = r"[-‐‑–]"
NUMBER_SIGN: Final = r"n~[°ºo]\.?~"
MONTHS: Final = tuple(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),  # noqa: SIM905
)
# January to December, for texts in English.
_ENGLISH_MONTHS = tuple(
    "january february march april may june july august september october november december".split(),  # noqa: SIM905
)
_SHORT_MONTHS = ("janv.", "févr.", "fév.", "avr.", "juill.", "juil.", "sept.", "oct.", "nov.", "déc.")
MONTH: Final = any_of((*MONTHS, *_ENGLISH_MONTHS, *_SHORT_MONTHS))
# The day and the month may be on both sides of a blank line in a text extracted from a PDF. "13/04/2016", "13.04.2016".
_IN_FIGURES = r"(?<=[/.])(?:0?[1-9]|1[0-2])(?=[/.])"
_DAY = r"(?P<day>1~er|0?[1-9](?!\d)|[12]\d|3[01])"
_YEAR = r"(?P<year>[12]\d{3}|(?<=[/.])\d\d(?![\d/.]\d|\d))"
DATE: Final = rf"(?:{_DAY}(?:\s+|[/.])(?P<month>{MONTH}|{_IN_FIGURES})(?:\s+|[/.]){_YEAR})"


def french(pattern: str) -> str:
    """The regular expression for a pattern in the notation above; what is already one passes unchanged.

    >>> bool(re.fullmatch(french("l'arrêté du"), "l’arrete\\ndu"))
    True
    """
    return _TOKEN.sub(lambda token: _NOTATION.get(token[0], token[0]), pattern)


def reading(pattern: str) -> re.Pattern[str]:
    """The compiled pattern, whatever the case."""
    return re.compile(french(pattern), re.IGNORECASE)


def plain(word: str) -> str:
    """A word in lower case without its French accents.

    >>> plain("Décret")
    'decret'
    """
    return word.lower().translate(_ACCENTS)


_ACCENTS = str.maketrans("éèêëàâîïôöùûüç", "eeeeaaiioouuuc", "\u0300\u0301\u0302\u0308\u0327")


# Two figures are of this century below it: "24/03/95" is of 1995.
_CENTURY = 40


def iso_date(day: str, month: str, year: str) -> str:
    """A French date as ISO.

    >>> iso_date("1er", "Août", "2021")
    '2021-08-01'
    >>> iso_date("4", "juill.", "2008"), iso_date("04", "07", "2008")
    ('2008-07-04', '2008-07-04')
    """
    short = plain(month).rstrip(".")
    number = int(short) if short.isdigit() else month_number(short)
    if len(year) == 2:
        year = f"{'19' if int(year) >= _CENTURY else '20'}{year}"
    return f"{year}-{number:02d}-{int(re.sub(r'[^0-9]', '', day)):02d}"


def month_number(name: str) -> int:
    """The rank of a month, French or English, whole or short.

    >>> month_number("juill."), month_number("April")
    (7, 4)
    """
    short = plain(name).rstrip(".")
    names = (*enumerate(MONTHS, 1), *enumerate(_ENGLISH_MONTHS, 1))
    return next(number for number, month in names if plain(month).startswith(short))
