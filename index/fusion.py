"""Fusion: one score from the legs' parts, all of them kept and shown.

The weights were fitted on the development questions (see docs/adr/0004-fusion.md and the ablation of `make bench`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from index.answer import Parts
from index.legs import Scored


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each leg counts."""

    lexical: float = 0.35
    dense: float = 0.55
    heading: float = 0.25
    evidence: float = 0.25


FITTED = Weights()

# Score at which an answer is as likely right as wrong, and how fast it becomes likelier.
MIDPOINT = 0.55
SLOPE = 8.0


def passage_strength(scored: Scored, weights: Weights) -> NDArray[np.float32]:
    """One score a row from words, meaning and headings, in [0, 1]."""
    total = weights.lexical + weights.dense + weights.heading
    mixed = weights.lexical * scored.lexical + weights.dense * scored.dense + weights.heading * scored.heading
    return np.asarray(mixed / total, dtype=np.float32)


def fused(strength: float, evidence: float, weights: Weights) -> float:
    """The score that ranks a provision."""
    return strength + weights.evidence * evidence


def calibrated(score: float) -> float:
    """A probability-like value in [0, 1], in the same order as the score."""
    return 1.0 / (1.0 + exp(-SLOPE * (score - MIDPOINT)))


def parts(scored: Scored, position: int, evidence: float) -> Parts:
    """The parts of one row's score."""
    return Parts(
        lexical=float(scored.lexical[position]),
        dense=float(scored.dense[position]),
        heading=float(scored.heading[position]),
        evidence=evidence,
    )
