"""French legal tokens: what the lexical engine indexes and what a question is cut into.

Elisions are split, article numbers become one token whatever their spelling (`L. 425-1` → `l425-1`), the forms of
`tokens.toml` go before the stemmer, and accents are stripped last (stripped before, they change the stems).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Set
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

import Stemmer

_DATA = files("index").joinpath("data", "tokens.toml")
_TOKEN = re.compile(
    # Before a figure, "a" alone is mostly the verb: "la victime a 16 ans".
    r"(?<![a-z])(?:l\.?\s?o|[lrd])[.*\s]{0,3}\d+(?:-\d+)+"  # l. 425-1, r*123-4
    r"|(?<![a-z])(?:(?:l\.?o\.?|[lrd]\.?)\s?\d{2,}|[lrd](?:\.\s?)?\d|a(?:\.\s?)?\d+(?:-\d+)*)\b"  # l. 8, r 57
    r"|\d+(?:-\d+)+"  # 225-4-1
    r"|[0-9a-zà-öø-ÿœ]+"
)
# The same tokens, found twice as fast: what begins with three letters is a plain word, whatever follows.
_WORDS_FIRST = re.compile(r"[a-zà-öø-ÿœ]{3}[0-9a-zà-öø-ÿœ]*|" + _TOKEN.pattern)
_HYPHENS = ("‐", "‑", "–")
_NUMBER = re.compile(r"[.*\s]+")


class Token(NamedTuple):
    """One term and the characters `[start, end)` of the text that it stands for."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Terms of a text, in order, stop words left out.

    >>> terms("L'étranger victime de la traite (art. L. 425-1)")
    ['etranger', 'victim', 'traite', 'art', 'l425-1']
    """
    stem = _stem
    return [term for term in map(stem, _WORDS_FIRST.findall(_fold(text))) if term]


def tokens(text: str) -> list[Token]:
    """The same terms with their places, for highlights.

    >>> tokens("des Traités")
    [Token(term='traite-accord', start=4, end=11)]
    """
    matches = ((_stem(match.group()), match) for match in _WORDS_FIRST.finditer(_fold(text)))
    return [Token(term, match.start(), match.end()) for term, match in matches if term]


def places(text: str, wanted: Set[str]) -> list[Token]:
    """Those of the tokens that have one of these terms, faster than through `tokens`.

    >>> places("des Traités", {"traite-accord"})
    [Token(term='traite-accord', start=4, end=11)]
    """
    stem = _stem
    matches = _WORDS_FIRST.finditer(_fold(text))
    return [Token(term, *match.span()) for match in matches if (term := stem(match.group())) in wanted]


@cache
def version() -> str:
    """Changes when the tokens do: an index made with others must be made anew."""
    return sha256(_DATA.read_bytes() + _TOKEN.pattern.encode() + b"2").hexdigest()[:12]


def _fold(text: str) -> str:
    """Lower case, character for character: the length is kept, so that offsets hold."""
    plain = text
    for hyphen in _HYPHENS:  # several times faster than `translate`, which looks every character up
        plain = plain.replace(hyphen, "-")
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else "".join(c.lower()[:1] for c in plain)


@cache
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    forms = {form: term for term, listed in data["forms"].items() for form in listed}
    return forms, frozenset(data["stop"]["words"])


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")


@lru_cache(maxsize=200_000)  # every word of all the codes, and a bound for what people type
def _stem(word: str) -> str:
    """The term of a word, empty for a stop word."""
    forms, stop = _tables()
    if word in stop:
        return ""
    if word in forms:
        return forms[word]
    if any(c.isdigit() for c in word):
        return _NUMBER.sub("", word)
    return strip_accents(_stemmer().stemWord(word))


def strip_accents(word: str) -> str:
    """The same letters without their accents, "œ" in two.

    >>> strip_accents("œuvre étrangère")
    'oeuvre etrangere'
    """
    decomposed = unicodedata.normalize("NFKD", word.replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
