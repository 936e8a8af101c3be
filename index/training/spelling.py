"""Misspelt copies of texts, so that a question typed in haste, or as it sounds, still finds its words."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from index.training.pairs import Pair

_WORD = re.compile(r"\w{5,}")
# How many of the long words of a text are misspelt.
SHARE = 0.5


def misspelt_pairs(texts: Iterable[str], seed: int) -> Iterator[Pair]:
    """Each text, some of its words misspelt, with itself."""
    rng = random.Random(seed)
    for text in texts:
        noisy = _WORD.sub(lambda m: misspell(m[0], rng) if rng.random() < SHARE else m[0], text)
        if noisy != text:
            yield Pair(noisy, text)


def written_as_heard_pairs(texts: Iterable[str], seed: int) -> Iterator[Pair]:
    """Each text as a message on a phone would have it, with itself."""
    rng = random.Random(seed)
    for text in texts:
        noisy = written_as_heard(text, rng)
        if noisy != text:
            yield Pair(noisy, text)


def written_as_heard(text: str, rng: random.Random) -> str:
    """The text with some of its words shortened or spelt as they sound.

    >>> written_as_heard("parce que je dois de l'argent", random.Random(6))
    'pck j doi de lthune'
    """
    for pattern, heard in _heard():
        if rng.random() < SHARE:
            text = pattern.sub(heard, text)
    return text


@cache
def _heard() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of `sms.toml` in its order, each with what is typed instead."""
    table = tomllib.loads(files("index.training").joinpath("sms.toml").read_text(encoding="utf-8"))
    words = [(rf"\b{re.escape(word)}\b", heard) for word, heard in table["words"].items()]
    return tuple((re.compile(p, re.IGNORECASE), heard) for p, heard in (*words, *table["sounds"].items()))


def misspell(word: str, rng: random.Random) -> str:
    """One fault of a hurried typist: a letter lost, doubled, exchanged with its neighbour, or the accents lost."""
    at = rng.randrange(1, len(word) - 1)
    faults = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)),
    )
    return rng.choice(faults)
