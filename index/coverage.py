"""Whether anything in the base covers a question: what the search found, and what law the words are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple
from math import exp, log

from index.answer import Signs, Verdict
from index.candidates import Candidates
from index.expansion import said
from index.lexical import LexicalIndex

# Logistic regression of "is covered" on all development questions, both halves, and on the pages held out: the third
# fit of `python -m bench.coverage`. What refusing is worth comes from its two others, that leave questions out.
WEIGHTS = Signs(
    held=0.751, words=0.232, strength=5.912, agreement=1.662, evidence=2.216, rare=-1.072, said=2.820
)
BIAS = -3.858
# Under this probability the answer says that nothing covers the question: fewer of the questions that people ask of
# sixty codes are outside of them than of those asked of the two of the field. Weights of one half on the other: of two
# codes, 82 % of the uncovered questions are refused and 2 % of the covered ones on trafficking; of all codes, 62 %,
# against 1 % on trafficking, 5 % of the public's (21 questions) and 18 % of the pages; chosen with these in view.
LEAST_OF_FEW, LEAST_OF_MANY = 0.3, 0.2
FEW_CODES = 5

# A term in fewer passages than this is rare: a typing error, a name, a word of no law.
_RARE = 20
_EDGE = 1e-3


def signs(
    words: LexicalIndex, own: Collection[str], found: Candidates, best: int | None, held: float
) -> Signs:
    """The signs of a question of these own terms; `best` is the provision ranked first."""
    rarity = {term: words.rarity(term) for term in own}
    total = sum(rarity.values()) or 1.0
    rare = sum(value for term, value in rarity.items() if words.frequency(term) < _RARE)
    first = found.signals[best] if best is not None else None
    return Signs(
        held=log((held + _EDGE) / (1 - held + _EDGE)),
        words=found.words / total,
        strength=first.strength if first else 0.0,
        agreement=first.agreement if first else 0.0,
        evidence=max((signals.evidence for signals in found.signals.values()), default=0.0),
        rare=rare / total,
        said=said(own),
    )


def verdict(seen: Signs, elsewhere: str, codes: int) -> Verdict:
    """Covered or not by that many codes; where the question seems to belong only when it is not.

    >>> nothing = Signs(held=-5.0, words=0.1, strength=0.1, agreement=0.0, evidence=0.0, rare=0.5, said=0.0)
    >>> verdict(nothing, "", 2).covered
    False
    """
    score = BIAS + sum(weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    likely = 1.0 / (1.0 + exp(-score))
    covered = likely >= (LEAST_OF_FEW if codes <= FEW_CODES else LEAST_OF_MANY)
    return Verdict(covered, likely, "" if covered else elsewhere, seen)
