"""Evaluation metrics of a ranked list against graded judgements. Pure functions over identifiers.

`ranked` is what a system returned, best first, without repetition; `grades` says what each relevant item is
worth (2 answers the question, 1 helps). An item absent from `grades` is worth 0.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

RESAMPLES = 1000
"""Bootstrap resamples: over 30 seeds and 250 scores spread on [0, 1], the bounds stayed within 0.009 of each other."""
CONFIDENCE = 0.95


class Interval(NamedTuple):
    """A mean and the bounds of its bootstrap confidence interval."""

    mean: float
    low: float
    high: float


def ndcg_at(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k`, in [0, 1]; the gain of an item is `2**grade - 1`.

    >>> ndcg_at(["a", "b"], {"a": 2, "b": 1}, 10)
    1.0
    >>> round(ndcg_at(["b", "a"], {"a": 2, "b": 1}, 10), 4)
    0.7967

    Raises ValueError when nothing is relevant (such a question has no nDCG) or when `ranked` repeats an item.
    """
    ideal = sorted(_relevant(grades).values(), reverse=True)
    return _gain([grades.get(item, 0) for item in _top(ranked, k)]) / _gain(ideal[:k])


def mrr_at(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """One over the rank of the first relevant item among the first `k`; 0 when there is none.

    >>> mrr_at(["x", "a"], {"a": 1}, 10)
    0.5
    """
    relevant = _relevant(grades)
    ranks = (rank for rank, item in enumerate(_top(ranked, k), start=1) if item in relevant)
    return 1 / next(ranks, float("inf"))


def recall_at(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Share of the relevant items found among the first `k`.

    >>> recall_at(["a", "x"], {"a": 2, "b": 1}, 10)
    0.5
    """
    relevant = _relevant(grades)
    return sum(item in relevant for item in _top(ranked, k)) / len(relevant)


def hit_at(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """1 when an item of the best grade of the question is among the first `k`, else 0.

    >>> hit_at(["b", "x"], {"a": 2, "b": 1}, 3), hit_at(["x", "a"], {"a": 2, "b": 1}, 3)
    (0.0, 1.0)
    """
    best = max(_relevant(grades).values())
    return float(any(grades.get(item, 0) == best for item in _top(ranked, k)))


def bootstrap_interval(values: Sequence[float], seed: int) -> Interval:
    """The mean of one metric over the questions with its 95 % percentile bootstrap interval.

    >>> bootstrap_interval([0.5, 0.5, 0.5], seed=1)
    Interval(mean=0.5, low=0.5, high=0.5)

    Raises ValueError on an empty sequence.
    """
    if not values:
        raise ValueError("Aucune valeur : un intervalle demande au moins une question.")
    draw = random.Random(seed)
    means = sorted(_mean(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    cut = round(RESAMPLES * (1 - CONFIDENCE) / 2)
    return Interval(_mean(values), means[cut], means[-1 - cut])


def area_under_curve(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Probability that a value of `higher` is above one of `lower`, ties counting for half (area under the ROC curve).

    >>> area_under_curve([0.9, 0.4], [0.4, 0.1])
    0.875

    Raises ValueError when either is empty.
    """
    if not higher or not lower:
        raise ValueError("Il faut des valeurs des deux côtés pour les comparer.")
    won = sum((high > low) + (high == low) / 2 for high in higher for low in lower)
    return won / (len(higher) * len(lower))


def quantiles(values: Sequence[float]) -> tuple[float, float, float, float, float]:
    """Minimum, first quarter, median, third quarter and maximum, interpolated.

    >>> quantiles([4, 1, 2, 3, 5])
    (1.0, 2.0, 3.0, 4.0, 5.0)
    """
    if not values:
        raise ValueError("Aucune valeur à répartir.")
    ordered = sorted(values)
    return (
        quantile(ordered, 0.0),
        quantile(ordered, 0.25),
        quantile(ordered, 0.5),
        quantile(ordered, 0.75),
        quantile(ordered, 1.0),
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of sorted values lie, interpolated between the two nearest.

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.5
    """
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))


def _relevant(grades: Mapping[str, int]) -> dict[str, int]:
    samples = {item: grade for item, grade in grades.items() if grade > 0}
    if not samples:
        raise ValueError("Aucune disposition pertinente : la question ne se mesure que par l'abstention.")
    return samples


def _top(ranked: Sequence[str], k: int) -> Sequence[str]:
    if k < 1:
        raise ValueError(f"Le rang limite vaut {k} ; il doit être au moins 1.")
    if len(set(ranked)) != len(ranked):
        raise ValueError("La liste classée répète une disposition ; chacune n'y figure qu'une fois.")
    return ranked[:k]


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
