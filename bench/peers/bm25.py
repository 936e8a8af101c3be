"""The peer that any search must beat: BM25 by bm25s, French Snowball stemming, heading path twice before the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import Stemmer

from bench.tools.articles import Article
from kb.ids import ProvisionId
from kb.progress import Progress

NAME = "BM25 (bm25s)"


class Bm25:
    """Raises ImportError when bm25s is not installed."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Index the articles."""
        import bm25s

        self._ids = [article.id for article in articles]
        self._stemmer = Stemmer.Stemmer("french")
        self._tokenize = bm25s.tokenize
        self._engine = bm25s.BM25()
        texts = [f"{article.heading} {article.heading} {article.text}" for article in articles]
        self._engine.index(self._tokens(texts), show_progress=False)

    def rank(self, text: str, k: int) -> tuple[ProvisionId, ...]:
        """At most `k` articles that share a word with the text, best first."""
        k = min(k, len(self._ids))
        rows, scores = self._engine.retrieve(self._tokens([text]), k=k, show_progress=False)
        hits = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        return tuple(self._ids[row] for row, score in hits if score > 0)

    def _tokens(self, texts: list[str]) -> object:
        return self._tokenize(texts, stopwords="french", stemmer=self._stemmer, show_progress=False)


def make_bm25(articles: Sequence[Article], cache: Path, progress: Progress) -> Bm25:
    """It keeps nothing and is soon made. Raises ImportError when bm25s is not installed."""
    return Bm25(articles)
