"""Whether anything in the base covers a question: what the search found, and what law the words are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple
from math import exp, log
from typing import NamedTuple

from index.engines.tantivy_words import LexicalIndex
from index.retrieval.candidates import Candidates
from index.retrieval.model import Signs, Verdict

# Logistic regression of "is covered" on the training half of the development questions, on a third of the uncovered
# ones of `index/training` and on half of the pages held out: the second fit of `python -m bench.fitting.answerability`.
WEIGHTS = Signs(
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
    words: LexicalIndex, own: Collection[str], found: Candidates, best: int | None, subject: Subject
) -> Signs:
    """The signs of a question of these own terms; `best` is the provision ranked first."""
    rarity = {term: words.rarity(term) for term in own}
    total = sum(rarity.values()) or 1.0
    rare = sum(value for term, value in rarity.items() if words.frequency(term) < _RARE)
    first = found.speaking_for(best) if best is not None else None
    return Signs(
        held=log((subject.held + _EDGE) / (1 - subject.held + _EDGE)),
        words=found.words / total,
        strength=first.strength if first else 0.0,
        agreement=first.agreement if first else 0.0,
        evidence=float(found.signals.evidence.max(initial=0.0)),
        rare=rare / total,
        said=found.given.said,
        known=max((near.given for near in found.given.near.values()), default=0.0),
        abroad=subject.abroad,
    )


def verdict(seen: Signs, elsewhere: str) -> Verdict:
    """Covered or not; where the question seems to belong only when it is not.

    >>> nothing = Signs(-5.0, words=0.1, strength=0.1, agreement=0, evidence=0, rare=0.5, said=0, known=0, abroad=0)
    >>> verdict(nothing, "").covered
    False
    """
    score = BIAS + sum(weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    likely = 1.0 / (1.0 + exp(-score))
    covered = likely >= LEAST
    return Verdict(covered, likely, "" if covered else elsewhere, seen)
