"""Which passages and which articles cite which provisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.artefacts.passage_table import Column
from index.artefacts.weighted_edges import WeightedEdges

_DOCUMENTS, _ARTICLES, _COUNTS = "links.npz", "between.npz", "cited.npz"


@dataclass(frozen=True, slots=True)
class Links:
    """Links by the row of the provision cited.

    `documents` start from the rows of the passages that are not articles; a link weighs the more the more specific the
    citation is: one article named alone weighs more than one among the forty of a range. `articles` start from the
    rows of the provisions that cite others. `cited` counts, for each provision, the links of documents that are not
    our records, `cited_by_articles` those of articles.
    """

    documents: WeightedEdges
    articles: WeightedEdges
    cited: Column
    cited_by_articles: Column

    def renown(self) -> NDArray[np.float32]:
        """How often each provision is cited, in [0, 1]: logarithmic, documents and articles counting half each."""
        counts = (np.log1p(self.cited), np.log1p(self.cited_by_articles))
        shares = [count / max(1.0, float(count.max(initial=0.0))) for count in counts]
        return np.asarray(sum(shares) / 2, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write three files."""
        self.documents.save(folder / _DOCUMENTS)
        self.articles.save(folder / _ARTICLES)
        np.savez(folder / _COUNTS, cited=self.cited, cited_by_articles=self.cited_by_articles)

    @classmethod
    def load(cls, folder: Path) -> Links:
        """Read what `save` wrote."""
        with (folder / _COUNTS).open("rb") as file, np.load(file) as data:
            counts = data["cited"], data["cited_by_articles"]
        return cls(WeightedEdges.load(folder / _DOCUMENTS), WeightedEdges.load(folder / _ARTICLES), *counts)
