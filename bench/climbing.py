"""Weights looked for by climbing: from a starting point, the best of the neighbours, by smaller and smaller steps.

The three weights of a passage's strength only count by their proportions: they always add up to 1. The weight of the
evidence is on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

from index.fusion import Weights

STEPS = (0.2, 0.1, 0.05)
START = Weights(0.4, 0.4, 0.2, 0.2)
_DIGITS = 2
_GAIN = 1e-9


def climb(value: Callable[[Weights], float], start: Weights = START) -> Weights:
    """The weights from which no step of any size is worth more.

    >>> climb(lambda w: -abs(w.evidence - 0.6) - abs(w.lexical - 0.5))
    Weights(lexical=0.5, dense=0.3, heading=0.2, evidence=0.6)
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

    >>> scaled(Weights(1.0, 2.0, 1.0, 0.5))
    Weights(lexical=0.25, dense=0.5, heading=0.25, evidence=0.5)
    """
    total = weights.lexical + weights.dense + weights.heading
    return replace(
        weights,
        lexical=weights.lexical / total,
        dense=weights.dense / total,
        heading=weights.heading / total,
    )


def _neighbours(weights: Weights, step: float) -> Iterator[Weights]:
    shares = {"lexical": weights.lexical, "dense": weights.dense, "heading": weights.heading}
    for giver, taker in permutations(shares, 2):
        given = round(shares[giver] - step, _DIGITS)
        if given >= 0:
            yield replace(weights, **{giver: given, taker: round(shares[taker] + step, _DIGITS)})
    for evidence in (weights.evidence - step, weights.evidence + step):
        if evidence >= 0:
            yield replace(weights, evidence=round(evidence, _DIGITS))
