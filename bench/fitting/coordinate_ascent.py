"""Weights looked for by climbing: from a starting point, the best of the neighbours, by smaller and smaller steps.

The three weights of a passage's strength only count by their proportions: they always add up to 1, and what the lexicon
adds to the first of them (`said`) keeps its proportion to it. Each of the other weights is on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import permutations

from index.retrieval.fusion import Weights

SHARES = ("lexical", "dense", "heading")
# Added to a score, or, for `said`, to the weight of words.
ADDED = tuple(field.name for field in fields(Weights) if field.name not in SHARES)
STEPS = (0.2, 0.1, 0.05, 0.025)
START = Weights(lexical=0.4, dense=0.4, heading=0.2, **dict.fromkeys(ADDED, 0.2))
_DIGITS = 3
_GAIN = 1e-9


def climb(value: Callable[[Weights], float], start: Weights = START) -> Weights:
    """The weights from which no step of any size is worth more.

    >>> found = climb(lambda w: -abs(w.evidence - 0.6) - abs(w.lexical - 0.5))
    >>> found.evidence, found.lexical
    (0.6, 0.5)
    """
    here = scaled(start)
    for step in STEPS:
        while True:
            best = max(_neighbours(here, step), key=value)
            if value(best) <= value(here) + _GAIN:
                break
            here = best
    return here


def scaled(weights: Weights) -> Weights:
    """The same ranking, with the three weights of the strength adding up to 1.

    >>> scaled(Weights(lexical=1.0, dense=2.0, heading=1.0)).dense
    0.5
    """
    total = sum(getattr(weights, name) for name in SHARES)
    return replace(weights, **{name: getattr(weights, name) / total for name in (*SHARES, "said")})


def _neighbours(weights: Weights, step: float) -> Iterator[Weights]:
    for giver, taker in permutations(SHARES, 2):
        start = round(getattr(weights, giver) - step, _DIGITS)
        if start >= 0:
            taken = round(getattr(weights, taker) + step, _DIGITS)
            yield replace(weights, **{giver: start, taker: taken})
    for name in ADDED:
        for value in (getattr(weights, name) - step, getattr(weights, name) + step):
            if value >= 0:
                yield replace(weights, **{name: round(value, _DIGITS)})
