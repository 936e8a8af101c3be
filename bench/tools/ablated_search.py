"""The search with a part of what it knows taken away, to measure what that part brings."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.artefacts.collection import Collection
from index.engines.tantivy_words import LexicalIndex
from index.retrieval.search import Searcher

_NEVER = 0


def without_documents(searcher: Searcher, documents: Container[str]) -> Searcher:
    """The search where these documents are neither found nor speak for any provision."""
    index = searcher.index
    rows = [row for row, name in enumerate(index.names.documents) if name in documents]
    silent = np.isin(index.others.table.document[index.links.documents.source], rows)
    return replace(
        searcher,
        index=replace(
            index,
            articles=_without_passages(index.articles, np.isin(index.articles.table.document, rows)),
            links=replace(index.links, documents=index.links.documents.only(~silent)),
        ),
    )


def without_lexicon(searcher: Searcher) -> Searcher:
    """The search where a question has only its own words: those that the lexicon adds weigh less than 1."""
    articles, others = searcher.index.articles, searcher.index.others
    return replace(
        searcher,
        index=replace(
            searcher.index,
            articles=replace(articles, words=_own_words(articles.words)),
            others=replace(others, words=_own_words(others.words)),
        ),
    )


def _without_passages(collection: Collection, silent: NDArray[np.bool_]) -> Collection:
    table = replace(collection.table, end=np.where(silent, _NEVER, collection.table.end))
    words = _Words(collection.words, 0.0, frozenset(collection.table.key[silent].tolist()))
    return replace(collection, table=table, words=cast(LexicalIndex, words))


def _own_words(words: LexicalIndex) -> LexicalIndex:
    return cast(LexicalIndex, _Words(words, 1.0, ()))


class _Words:
    """A lexical engine that ignores the terms of less than a weight, and some passages."""

    def __init__(self, engine: LexicalIndex, least: float, silent: Iterable[int]) -> None:
        self._engine, self._least, self._silent = engine, least, frozenset(silent)

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
        remaining = {word: weight for word, weight in words.items() if weight >= self._least}
        ablated = self._engine.search(remaining, k, heading_weight=heading_weight, codes=codes, on=on)
        return [(key, score) for key, score in ablated if key not in self._silent]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)
