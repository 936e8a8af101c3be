"""Whether a question is about the law of another country: its words are those of the field, and no code here answers.

The words stand in `index/data/abroad.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.tokens import strip_accents

# A country's law is named; a country is named, and nothing tells that someone comes from there.
NAMED, LIKELY = 1.0, 0.5
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Words(NamedTuple):
    countries: tuple[str, ...]
    whole: frozenset[str]
    law: frozenset[str]
    here: frozenset[str]
    someone: frozenset[str]
    near: int


def abroad(text: str) -> float:
    """How surely a question is about another country's law: 1, 0.5 or 0.

    >>> abroad("Que prévoit le code pénal belge ?"), abroad("Âge du mariage au Sénégal"), abroad("victime nigériane")
    (1.0, 0.5, 0.0)
    """
    known, words = _words(), _WORD.findall(strip_accents(text.lower()))
    places = [
        place for place, word in enumerate(words) if word in known.whole or word.startswith(known.countries)
    ]
    if not places:
        return 0.0
    if any(_beside(words, place, known) for place in places):
        return NAMED
    return 0.0 if (known.here | known.someone) & set(words) else LIKELY


def _beside(words: list[str], place: int, known: _Words) -> bool:
    around = words[max(0, place - known.near) : place + known.near + 1]
    return bool(known.law & set(around)) and not known.here & set(words)


@cache
def _words() -> _Words:
    table = tomllib.loads(files("index").joinpath("data", "abroad.toml").read_text(encoding="utf-8"))
    return _Words(
        tuple(table["countries"].split()),
        frozenset(table["whole"].split()),
        frozenset(table["law"].split()),
        frozenset(table["here"].split()),
        frozenset(table["someone"].split()),
        table["near"],
    )
