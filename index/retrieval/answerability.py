"""Whether anything in the base covers a question: what the search found, and what law the words are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple
from math import exp, log
from typing import NamedTuple

from index.engines.tantivy_words import LexicalIndex
from index.retrieval.candidates import Candidates
from index.retrieval.model import AnswerabilityFeatures, Decision

# Logistic regression of "is covered" on the training half of the development questions, on a third of the uncovered
# ones of `index/training` and on half of the pages held out: the second fit of `python -m bench.fitting.answerability`.
WEIGHTS = AnswerabilityFeatures(
    held=0.599,
    words=0.166,
    strength=3.450,
    agreement=-0.592,
    evidence=-0.197,
    rare=-0.779,
    said=0.080,
    known=3.866,
    abroad=-5.035,
)
BIAS = -4.110
# Under this probability the answer says that nothing covers the question. Of the questions of another hand, 86 % of the
# uncovered are refused by a search of two codes and 82 % by one of all, against 1 % of the covered on trafficking and
# 7 % of the public's (60 questions).
LEAST = 0.35

# A term in fewer passages than this is rare: a typing error, a name, a word of no law.
_RARE = 20
_EDGE = 1e-3


class Subject(NamedTuple):
    """What a question is about: how likely law that is held, and how surely another country's."""

    held: float
    abroad: float


def signs(
    words: LexicalIndex, own: Collection[str], candidates: Candidates, best: int | None, subject: Subject
) -> AnswerabilityFeatures:
    """The signs of a question of these own terms; `best` is the provision ranked first."""
    rarity = {term: words.rarity(term) for term in own}
    total = sum(rarity.values()) or 1.0
    rare = sum(value for term, value in rarity.items() if words.frequency(term) < _RARE)
    first = candidates.speaking_for(best) if best is not None else None
    return AnswerabilityFeatures(
        held=log((subject.held + _EDGE) / (1 - subject.held + _EDGE)),
        words=candidates.words / total,
        strength=first.strength if first else 0.0,
        agreement=first.agreement if first else 0.0,
        evidence=float(candidates.signals.evidence.max(initial=0.0)),
        rare=rare / total,
        said=candidates.given.said,
        known=max((near.given for near in candidates.given.near.values()), default=0.0),
        abroad=subject.abroad,
    )


def decision(features: AnswerabilityFeatures, elsewhere: str) -> Decision:
    """Covered or not; where the question seems to belong only when it is not.

    >>> nothing = AnswerabilityFeatures(-5.0, 0.1, 0.1, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0)
    >>> decision(nothing, "").covered
    False
    """
    score = BIAS + sum(
        weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(features), strict=True)
    )
    likely = 1.0 / (1.0 + exp(-score))
    covered = likely >= LEAST
    return Decision(covered, likely, "" if covered else elsewhere, features)
