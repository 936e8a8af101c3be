"""Measuring a model on held-out pages: their titles as questions, the articles they refer to as answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.embedding.static import StaticEmbedder
from index.training.articles import Article
from index.training.service_public import Fiche

DEPTH = 10
# The weight of the headings beside the text, as retrieval adds them.
HEADINGS = 0.3
# The usual constant of reciprocal rank fusion, and how deep the fused lists go.
_RRF, _POOL = 60, 200

Ranking = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Figures:
    """Mean nDCG@10 of the meaning alone, of BM25 alone and of both fused by ranks; `questions` were asked."""

    questions: int
    dense: float
    words: float
    fused: float


def evaluate(embedder: StaticEmbedder, fiches: Sequence[Fiche], articles: Sequence[Article]) -> Figures:
    """Ask every page's title over all the articles; pages that refer to none of them are left out."""
    row_of = {id(article): row for row, article in enumerate(articles)}
    pages = [(f.title, {row_of[id(a)] for a in f.articles if id(a) in row_of}) for f in fiches]
    pages = [(title, relevant) for title, relevant in pages if relevant]
    titles, relevant = [title for title, _ in pages], [rows for _, rows in pages]
    dense, words = rank_dense(embedder, titles, articles), rank_words(titles, articles)
    fused = [fuse(d, w) for d, w in zip(dense, words, strict=True)]
    means = [
        float(np.mean([ndcg(row, rows) for row, rows in zip(ranking, relevant, strict=True)]))
        for ranking in (dense, words, fused)
    ]
    return Figures(len(pages), *means)


def rank_dense(embedder: StaticEmbedder, questions: Sequence[str], articles: Sequence[Article]) -> Ranking:
    """The nearest articles of each question, by their text and, for a part, their path of headings."""
    paths = [" ".join(article.heading) or article.code for article in articles]
    vectors = embedder.encode(questions)
    scores = vectors @ embedder.encode([a.text for a in articles]).T + HEADINGS * (
        vectors @ embedder.encode(paths).T
    )
    return np.argsort(-scores, axis=1)[:, :_POOL]


def rank_words(questions: Sequence[str], articles: Sequence[Article]) -> Ranking:
    """BM25 with French stems, the path of headings counted twice."""
    stemmer = Stemmer.Stemmer("french")
    documents = [" ".join((*a.heading, *a.heading, a.text)) for a in articles]
    engine = bm25s.BM25()
    engine.index(
        bm25s.tokenize(documents, stopwords="fr", stemmer=stemmer, show_progress=False), show_progress=False
    )
    tokens = bm25s.tokenize(list(questions), stopwords="fr", stemmer=stemmer, show_progress=False)
    return np.asarray(engine.retrieve(tokens, k=_POOL, show_progress=False)[0], dtype=np.int64)


def fuse(first: NDArray[np.int64], second: NDArray[np.int64]) -> list[int]:
    """Two rankings as one, by the sum of the reciprocals of their ranks."""
    scores: dict[int, float] = {}
    for ranking in (first, second):
        for rank, row in enumerate(ranking.tolist()):
            scores[row] = scores.get(row, 0.0) + 1 / (_RRF + rank)
    return sorted(scores, key=lambda row: -scores[row])


def ndcg(ranking: Sequence[int] | NDArray[np.int64], relevant: Collection[int]) -> float:
    """Normalised discounted cumulative gain of the first ten.

    >>> ndcg([7, 3, 5], {3, 5}) < ndcg([3, 5, 7], {3, 5}) == 1.0
    True
    """
    gains = [1 / np.log2(rank + 2) for rank, row in enumerate(ranking[:DEPTH]) if row in relevant]
    return float(sum(gains) / sum(1 / np.log2(rank + 2) for rank in range(min(DEPTH, len(relevant)))))
