"""The search with a memory: what does not depend on the weights is computed once, so that many can be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, cast

import numpy as np

from index.artefacts.collection import Collection
from index.embedding.ports import Embedder
from index.engines.faiss_vectors import Rows, VectorIndex, Vectors
from index.engines.tantivy_words import LexicalIndex
from index.retrieval.search import Searcher

Key = tuple[object, ...]


def remembering(searcher: Searcher) -> Searcher:
    """The same search, with the same answers; it is much faster at every question but the first time."""
    index = replace(
        searcher.index,
        articles=_collection(searcher.index.articles),
        others=_collection(searcher.index.others),
    )
    embedder = cast(Embedder, _Embedder(searcher.embedder))
    return replace(searcher, index=index, embedder=embedder, references=cache(searcher.references))


def _collection(collection: Collection) -> Collection:
    words = cast(LexicalIndex, _Words(collection.words))
    return replace(collection, words=words, vectors=cast(VectorIndex, _Vectors(collection.vectors)))


class _Words:
    """A lexical engine that answers each search once."""

    def __init__(self, engine: LexicalIndex) -> None:
        self._engine = engine
        self._known: dict[Key, list[tuple[int, float]]] = {}

    def search(
        self,
        words: Mapping[str, float],
        k: int,
        *,
        heading_weight: float,
        codes: Sequence[str] = (),
        on: date | None = None,
    ) -> list[tuple[int, float]]:
        """As `LexicalIndex.search`."""
        key = (tuple(words.items()), k, heading_weight, tuple(codes), on)
        if key not in self._known:
            self._known[key] = self._engine.search(
                words, k, heading_weight=heading_weight, codes=codes, on=on
            )
        return self._known[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


class _Vectors:
    """A vector engine that answers each search once."""

    def __init__(self, engine: VectorIndex) -> None:
        self._engine = engine
        self._known: dict[Key, tuple[Rows, Vectors]] = {}

    def __len__(self) -> int:
        return len(self._engine)

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> tuple[Rows, Vectors]:
        """As `VectorIndex.search`."""
        key = (query.tobytes(), k, None if allowed is None else allowed.tobytes())
        if key not in self._known:
            self._known[key] = self._engine.search(query, k, allowed)
        return self._known[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


class _Embedder:
    """A model that encodes each text once."""

    def __init__(self, model: Embedder) -> None:
        self.name, self.dimension = model.name, model.dimension
        self._one = cache(lambda text: model.encode([text])[0])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As `Embedder.encode`."""
        return np.stack([self._one(text) for text in texts])
