"""Every number of a training run; what each was measured to bring is in the model card."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

# The part of each batch given to each kind of pair.
SHARES = MappingProxyType(
    {
        "fiche_article": 4.0,
        "fiche_paragraph": 1.5,
        "aligned": 2.5,
        "heading": 2.0,
        "halves": 3.0,
        "citing": 1.5,
        "neighbour": 0.3,
        "reply": 0.3,
        "english": 0.6,
        "everyday": 0.6,
        "spelling": 0.7,
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """`rate` is Adam's; `scale` multiplies cosines before the softmax; `drop` is the share of tokens left out.

    `frequent` is the share of all tokens from which a token's weight falls under one half.
    """

    vocabulary: int = 32_000
    dimension: int = 256
    steps: int = 600
    batch: int = 1024
    rate: float = 0.02
    scale: float = 14.0
    drop: float = 0.2
    frequent: float = 1e-3
    seed: int = 20260403
    shares: MappingProxyType[str, float] = SHARES


DEFAULT = Recipe()
