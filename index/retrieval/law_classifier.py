"""What law a question is about, by its words: a linear model over terms, trained by `python -m index.training.scope`.

It knows the law of the base, the French codes that are not in it, foreign law, and what is no law at all. Its weights
are in `index/data/scope/`: one row a term, one column a law.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parents[1] / "data" / "scope"
WEIGHTS_FILE, TERMS_FILE = "weights.npz", "terms.txt"
# A base that has fewer articles of a code has our records on it, not the code.
A_CODE = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """`weights` (terms, laws) and `bias` (laws,); `rows` gives the row of each term."""

    laws: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    @cache
    def load(cls) -> Scope:
        """The model that is shipped."""
        terms = (FOLDER / TERMS_FILE).read_text(encoding="utf-8").split()
        with np.load(FOLDER / WEIGHTS_FILE) as data:
            laws = tuple(str(law) for law in data["laws"])
            weights, bias = data["weights"].astype(np.float32), data["bias"].astype(np.float32)
        return cls(laws, {term: row for row, term in enumerate(terms)}, weights, bias)

    def probabilities(self, terms: Collection[str]) -> dict[str, float]:
        """How likely a question of these terms is about each law; they add up to 1."""
        rows = [self.rows[term] for term in dict.fromkeys(terms) if term in self.rows]
        scores = self.bias.copy()
        if rows:
            scores += self.weights[rows].sum(axis=0) / np.sqrt(len(rows))
        likely = np.exp(scores - scores.max())
        return dict(zip(self.laws, (likely / likely.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class About:
    """`held` is how likely a question is about law that the base holds; `elsewhere` names the law that is likelier than
    that, empty when it has no name or there is none."""

    held: float
    elsewhere: str


def about(terms: Collection[str], codes: Collection[str]) -> About:
    """What a question is about, for a search of the text of `codes`.

    >>> about(["licenci", "preavi", "salari"], ()).elsewhere
    'du Code du travail'
    """
    likely = Scope.load().probabilities(terms)
    lost = {law: likely[law.key] for law in laws() if not law.held(codes)}
    held = 1.0 - sum(lost.values())
    first = max(lost, key=lambda law: lost[law])
    return About(held, first.name if lost[first] > held else "")


class Law(NamedTuple):
    """A law of the model. It is held by any of its `codes`, by any other than `but` when that is given, or `always`."""

    key: str
    name: str
    codes: frozenset[str]
    but: frozenset[str]
    always: bool

    def held(self, searched: Collection[str]) -> bool:
        """Whether a search of these codes may find it."""
        codes = frozenset(searched)
        return self.always or bool(self.codes & codes) or bool(self.but and codes - self.but)


@cache
def laws() -> tuple[Law, ...]:
    """All the laws that the model tells apart."""
    table = tomllib.loads(files("index").joinpath("data", "scope.toml").read_text(encoding="utf-8"))["laws"]
    return tuple(
        Law(
            key,
            law["name"],
            frozenset(law.get("codes", ())),
            frozenset(law.get("but", ())),
            law.get("always", False),
        )
        for key, law in table.items()
    )
