"""Fusion: one score from the legs' parts, all of them kept and shown.

The weights were fitted on the development questions (see docs/adr/0004-fusion.md and the ablation of `make bench`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from math import exp
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.retrieval.model import Parts, Ranks
from index.retrieval.retrievers import PassageScores

Floats = NDArray[np.float32]
Values = TypeVar("Values", float, Floats)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts; the first three are shares of a passage's strength.

    `said` is added to `lexical` when the lexicon knows all the words of a question, a part of it when it knows some:
    those that it then gives the question are the words of the law.
    """

    lexical: float = 0.12
    dense: float = 0.60
    heading: float = 0.20
    agreement: float = 0.20
    # The fit asks for none; this much costs nothing on any half and lets the reply's answers settle near ties.
    evidence: float = 0.025
    links: float = 0.20
    familiar: float = 0.125
    known: float = 0.30
    section: float = 0.05
    cited: float = 0.05
    said: float = 0.20

    def of_question(self, said: float) -> Weights:
        """The weights for a question of whose words the lexicon knows this share, in [0, 1]."""
        return replace(self, lexical=self.lexical + self.said * said, said=0.0)


FITTED = Weights()

# Score at which an answer is as likely right as wrong, and how fast it becomes likelier: logistic regression of
# "is relevant" on the ten best scores of each question that fits (`python -m bench.fitting.fusion`). On the
# others, answers shown
# with 0.0 to 0.2 were right 5 % of the time, 0.2 to 0.4 27 %, 0.4 to 0.6 49 %, 0.6 to 0.8 75 %, above 0.8 96 %.
MIDPOINT = 1.072
SLOPE = 5.50


def passage_strength(scored: PassageScores, weights: Weights) -> NDArray[np.float32]:
    """One score a row from words, meaning and headings, in [0, 1]."""
    total = weights.lexical + weights.dense + weights.heading
    mixed = weights.lexical * scored.lexical + weights.dense * scored.dense + weights.heading * scored.heading
    return np.asarray(mixed / total, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Signals(Generic[Values]):
    """What speaks for one provision, or for many in columns, each in [0, 1].

    `strength` is that of its best passage, `agreement` that of its best passage in another document (our record beside
    the article, for example), `evidence` what the passages that cite it give, `links` how often it is cited at all,
    `familiar` how often plain-language pages speak of it, `known` what the known questions near this one give,
    `section` the strength of the best others of its section, `cited` that of the best answer whose article cites it.
    """

    strength: Values
    agreement: Values
    evidence: Values
    links: Values
    familiar: Values
    known: Values
    section: Values
    cited: Values


SIGNALS = tuple(field.name for field in fields(Signals))


def one_of(columns: Signals[Floats], position: int) -> Signals[float]:
    """What speaks for one of many provisions."""
    return Signals(**{name: float(getattr(columns, name)[position]) for name in SIGNALS})


def fused(signals: Signals[Values], weights: Weights) -> Values:
    """The score that ranks a provision, or each of many."""
    total: Values = (
        signals.strength
        + weights.agreement * signals.agreement
        + weights.evidence * signals.evidence
        + weights.links * signals.links
        + weights.familiar * signals.familiar
        + weights.known * signals.known
        + weights.section * signals.section
        + weights.cited * signals.cited
    )
    return total


def calibrated(score: float) -> float:
    """A probability-like value in [0, 1], in the same order as the score."""
    return 1.0 / (1.0 + exp(-SLOPE * (score - MIDPOINT)))


def ranks(scored: PassageScores, position: int) -> Ranks:
    """The place of one row by each leg; a leg that gives it nothing has not found it."""

    def place(leg: NDArray[np.float32]) -> int:
        return int((leg > leg[position]).sum()) + 1 if leg[position] > 0 else 0

    return Ranks(place(scored.lexical), place(scored.dense), place(scored.heading), len(scored.rows))


def parts(scored: PassageScores, position: int, signals: Signals[float] | None = None) -> Parts:
    """The parts of a score: those of one row, and what else speaks for its provision."""
    passage = Parts(
        lexical=float(scored.lexical[position]),
        dense=float(scored.dense[position]),
        heading=float(scored.heading[position]),
    )
    if signals is None:
        return passage
    values = {name: getattr(signals, name) for name in SIGNALS if name != "strength"}
    return replace(passage, **values)
