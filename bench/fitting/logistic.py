"""Logistic regression on one variable: the score at which an answer is as likely right as wrong, and the slope."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_STEPS = 50
_SETTLED = 1e-9
# A very small ridge: keeps the slope finite where the two classes do not overlap at all.
_RIDGE = 1e-6


class Calibration(NamedTuple):
    """`1 / (1 + exp(-slope * (score - midpoint)))` is the probability that an answer of this score is right."""

    midpoint: float
    slope: float

    def __call__(self, score: float) -> float:
        """The probability."""
        return 1.0 / (1.0 + exp(-self.slope * (score - self.midpoint)))


def fit_logistic(scores: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    """The calibration of greatest likelihood, by Newton's method.

    Raises ValueError when all answers are right, all are wrong, or the score does not grow with being right.
    """
    if right.all() or not right.any():
        raise ValueError("Il faut des réponses justes et des réponses fausses pour étalonner.")
    rows = np.column_stack([np.ones_like(scores), scores])
    beta = np.zeros(2)
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-rows @ beta))
        gradient = rows.T @ (right - likely) - _RIDGE * beta
        hessian = (rows * (likely * (1 - likely))[:, None]).T @ rows + _RIDGE * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if np.abs(step).max() < _SETTLED:
            break
    if beta[1] <= 0:
        raise ValueError("Un score plus haut n'annonce pas une réponse plus juste : rien à étalonner.")
    return Calibration(float(-beta[0] / beta[1]), float(beta[1]))


def expected_error(
    calibration: Calibration, scores: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> float:
    """Mean gap between the probability announced and the share of right answers, over `bins` equal intervals."""
    announced = np.array([calibration(float(score)) for score in scores])
    place = np.minimum((announced * bins).astype(int), bins - 1)
    gaps = [
        abs(float(announced[place == b].mean() - right[place == b].mean())) * float((place == b).mean())
        for b in range(bins)
        if (place == b).any()
    ]
    return sum(gaps)
