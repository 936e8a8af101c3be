"""Every number of a training run; what each was measured to bring is in the model card."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

# The part of each batch given to each kind of pair.
SHARES = MappingProxyType(
    {
        "fiche_article": 5.0,
        "fiche_paragraph": 1.0,
        "aligned": 2.5,
        "heading": 4.0,
        "halves": 4.0,
        "citing": 3.0,
        "neighbour": 1.0,
        "field": 2.0,
        "reply": 0.4,
        "english": 0.8,
        "everyday": 0.8,
        "records": 1.6,
        "known_article": 6.0,
        "known_question": 1.5,
        "spelling": 0.8,
        "heard": 0.8,
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`rate` is Adam's; `scale` multiplies cosines before the softmax; `drop` is the share of tokens left out.

    `frequent` is the share of all tokens from which a token's weight falls under one half.
    """

    vocabulary: int = 32_000
    dimension: int = 256
    steps: int = 1800
    batch: int = 1024
    rate: float = 0.02
    scale: float = 12.0
    drop: float = 0.3
    frequent: float = 1e-3
    seed: int = 20260403


DEFAULT = Recipe()
