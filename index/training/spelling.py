"""Misspelt copies of texts, so that a question typed in haste still finds its words."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator

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
