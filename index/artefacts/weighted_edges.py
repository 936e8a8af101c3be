"""Weighted arrows from one list of rows to another, as arrays: which passages cite which provisions, for example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.artefacts.passage_table import Column

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WeightedEdges:
    """Arrays of equal length, sorted by `source`, then `target`; `weight` is in (0, 1]."""

    source: Column
    target: Column
    weight: Weights

    @classmethod
    def of(cls, weights: Mapping[tuple[int, int], float]) -> WeightedEdges:
        """From the weight of each (source, target)."""
        pairs = sorted(weights)
        return cls(
            np.array([source for source, _ in pairs], dtype=np.int64),
            np.array([target for _, target in pairs], dtype=np.int64),
            np.array([weights[pair] for pair in pairs], dtype=np.float32),
        )

    def __len__(self) -> int:
        return len(self.source)

    def out_of(self, row: int) -> tuple[Column, Weights]:
        """Where the arrows of one source go, and their weights."""
        low, high = np.searchsorted(self.source, (row, row + 1))
        return self.target[low:high], self.weight[low:high]

    def into(self, row: int) -> tuple[Column, Weights]:
        """Where the arrows to one target come from, and their weights."""
        positions = np.flatnonzero(self.target == row)
        return self.source[positions], self.weight[positions]

    def only(self, mask: NDArray[np.bool_]) -> WeightedEdges:
        """Those of the arrows that are kept."""
        return WeightedEdges(self.source[mask], self.target[mask], self.weight[mask])

    def save(self, path: Path) -> None:
        """Write a `.npz`."""
        np.savez(path, source=self.source, target=self.target, weight=self.weight)

    @classmethod
    def load(cls, path: Path) -> WeightedEdges:
        """Read a `.npz`."""
        with path.open("rb") as file, np.load(file) as data:
            return cls(data["source"], data["target"], data["weight"])
