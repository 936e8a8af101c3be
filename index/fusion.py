"""Fusion: one score from the legs' parts, all of them kept and shown.

The weights were fitted on the development questions (see docs/adr/0004-fusion.md and the ablation of `make bench`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from index.answer import Parts, Ranks
from index.legs import Scored


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; the first three are shares of a passage's strength."""

    lexical: float = 0.20
    dense: float = 0.60
    heading: float = 0.20
    agreement: float = 0.20
    # The fit asks for none; this much costs nothing on any half and lets the reply's answers settle near ties.
    evidence: float = 0.025
    links: float = 0.20


FITTED = Weights()

# Score at which an answer is as likely right as wrong, and how fast it becomes likelier: logistic regression of
# "is relevant" on the ten best scores of each train question (`python -m bench.fit`). On the test questions, answers
# shown with 0.0 to 0.2 were right 10 % of the time, 0.2 to 0.4 28 %, 0.4 to 0.6 44 %, 0.6 to 0.8 75 %, above 0.8 96 %.
MIDPOINT = 0.737
SLOPE = 7.54


def passage_strength(scored: Scored, weights: Weights) -> NDArray[np.float32]:
    """One score a row from words, meaning and headings, in [0, 1]."""
    total = weights.lexical + weights.dense + weights.heading
    mixed = weights.lexical * scored.lexical + weights.dense * scored.dense + weights.heading * scored.heading
    return np.asarray(mixed / total, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for one provision, each in [0, 1].

    `strength` is that of its best passage, `agreement` that of its best passage in another document (our record beside
    the article, for example), `evidence` what the passages that cite it give, `links` how often it is cited at all.
    """

    strength: float
    agreement: float
    evidence: float
    links: float


def fused(signals: Signals, weights: Weights) -> float:
    """The score that ranks a provision."""
    return (
        signals.strength
        + weights.agreement * signals.agreement
        + weights.evidence * signals.evidence
        + weights.links * signals.links
    )


def calibrated(score: float) -> float:
    """A probability-like value in [0, 1], in the same order as the score."""
    return 1.0 / (1.0 + exp(-SLOPE * (score - MIDPOINT)))


def ranks(scored: Scored, position: int) -> Ranks:
    """The place of one row by each leg; a leg that gives it nothing has not found it."""

    def place(leg: NDArray[np.float32]) -> int:
        return int((leg > leg[position]).sum()) + 1 if leg[position] > 0 else 0

    return Ranks(place(scored.lexical), place(scored.dense), place(scored.heading), len(scored.rows))


def parts(scored: Scored, position: int, signals: Signals | None = None) -> Parts:
    """The parts of a score: those of one row, and what else speaks for its provision."""
    return Parts(
        lexical=float(scored.lexical[position]),
        dense=float(scored.dense[position]),
        heading=float(scored.heading[position]),
        agreement=signals.agreement if signals else 0.0,
        evidence=signals.evidence if signals else 0.0,
        links=signals.links if signals else 0.0,
    )
