"""Which passages cite which provisions, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.passage_table import Column

_FILE = "links.npz"
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Links:
    """Links from passages that are not articles, sorted by row of the passage, and how often each provision is cited.

    `passage` is a row of the collection of other passages, `provision` a row of the names, `weight` in (0, 1] how
    specific the citation is: one article named alone weighs more than one among the forty of a range.
    `cited` counts, for each provision, the links from those passages, `cited_by_articles` those from articles.
    """

    passage: Column
    provision: Column
    weight: Weights
    cited: Column
    cited_by_articles: Column

    def renown(self) -> NDArray[np.float32]:
        """How often each provision is cited, in [0, 1]: logarithmic, documents and articles counting half each."""
        counts = (np.log1p(self.cited), np.log1p(self.cited_by_articles))
        shares = [count / max(1.0, float(count.max(initial=0.0))) for count in counts]
        return np.asarray(sum(shares) / 2, dtype=np.float32)

    def __len__(self) -> int:
        return len(self.passage)

    def of_passage(self, row: int) -> tuple[Column, Weights]:
        """Provisions cited by one passage, and the weight of each link."""
        low, high = np.searchsorted(self.passage, (row, row + 1))
        return self.provision[low:high], self.weight[low:high]

    def of_provision(self, row: int) -> tuple[Column, Weights]:
        """Passages that cite one provision, and the weight of each link."""
        found = np.flatnonzero(self.provision == row)
        return self.passage[found], self.weight[found]

    def save(self, folder: Path) -> None:
        """Write `links.npz`."""
        np.savez(
            folder / _FILE,
            passage=self.passage,
            provision=self.provision,
            weight=self.weight,
            cited=self.cited,
            cited_by_articles=self.cited_by_articles,
        )

    @classmethod
    def load(cls, folder: Path) -> Links:
        """Read `links.npz`."""
        with (folder / _FILE).open("rb") as file, np.load(file) as data:
            return cls(
                data["passage"], data["provision"], data["weight"], data["cited"], data["cited_by_articles"]
            )
