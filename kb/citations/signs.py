"""The signs of a text brought to those that the grammars read, with the way back: a number is read to its end or not.

Word processors and PDF extractors write `225−4−1` with signs of minus, `225-4<soft hyphen>-1`, `225-4-1¹` with the
call of a note; what is invisible is left out, what is a variant becomes the plain sign, what is a call is left out.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

from kb.text.spans import MappedText, Span

_HYPHENS = "\u2012\u2043\u2212\u207b\u208b\ufe58\ufe63\uff0d\u00ad"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u180e\ufeff"
_RAISED = "⁰¹²³⁴-⁹"
_RAISED_LETTERS = {"ᵉ": "e", "ʳ": "r", "ᵈ": "d", "ˢ": "s", "ᵒ": "o"}
_DEGREE = {"⁰": "°"}
_LEFT_OUT = re.compile(
    # A word cut at the end of its line; between two figures, a soft hyphen is the hyphen.
    r"\u00ad(?:[^\S\n]*\n[^\S\n]*(?=[^\W\d])|(?=[-‐‑–])|(?!\s*\d)|(?<=[-‐‑–]\u00ad)|(?<!\d\u00ad))"
    rf"|[{_INVISIBLE}]"
    # The call of a note follows a number, or the name of a text. "n⁰ 5": this raised zero is the sign of a degree.
    rf"|(?:(?<=[^\W_])|(?<=[^\W_]\s))(?<![nN])[{_RAISED}](?:[{_RAISED}]|[,\s](?=[{_RAISED}]))*+"
    r"|(?<=\w)\[\d{1,3}\]|(?<=\d)[*†‡]{1,3}(?=[\s.,;:)\]»]|\Z)"
)


@cache
def _plain() -> dict[str, str]:
    """One character for one: hyphens of any kind, figures of any script, raised letters."""
    every = map(chr, range(0x80, sys.maxunicode + 1))
    figures = {sign: str(unicodedata.digit(sign)) for sign in every if unicodedata.category(sign) == "Nd"}
    return {**figures, **dict.fromkeys(_HYPHENS, "-"), **_RAISED_LETTERS, **_DEGREE}


# Signs that are read as they stand, the most frequent first: the others are looked at one by one.
_RARE = re.compile(
    r"[^\\-\u00ac\x00-)+-Z\u00ae-\u00b1\u00b4-\u00b8\u00ba-\u02b2\u02b4-\u02e1\u02e3-\u036f\u2019\u2000-\u200a\u2010\u2011\u2013-\u2018\u201a-\u201f\u2022\u2026\u202f\u20ac]"
)


def unified(raw: str) -> MappedText | None:
    """The text in plain signs, each character with its place in `raw`; None when they are plain already.

    >>> unified("225−4\\u200b−1¹ du").text
    '225-4-1 du'
    """
    parts: list[str] = []
    pieces: list[Span | str] = []
    written = position = 0  # up to where `raw` is in `parts`, in `pieces`
    for variant in _RARE.finditer(raw):
        start = variant.start()
        if start < written:
            continue
        cut = _LEFT_OUT.match(raw, start)
        plain = "" if cut else _plain().get(variant[0])
        if plain is None:
            continue
        parts += (raw[written:start], plain)
        written = cut.end() if cut else start + 1
        if cut:
            pieces.append(Span(position, start))
            position = written
    if not parts:
        return None
    content = MappedText.join(raw, [*pieces, Span(position, len(raw))])
    return MappedText("".join((*parts, raw[written:])), content.segments)
