"""The legs of a search over one collection: words and meaning propose passages, and every passage proposed by either
is then scored by both, and by the meaning of its headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.artefacts.collection import Collection
from index.artefacts.passage_table import Column
from index.engines.faiss_vectors import Rows, VectorIndex, Vectors
from index.retrieval.model import Method

# Weight of a word found in the headings against one in the text, in BM25.
HEADING_WORDS = 0.6
# How many passages each leg proposes. Twice as many changed no development question's first ten.
DEPTH = 200


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question as the legs need it: its weighted terms, its vector (d,) or None when no word is known, its limits.

    `rows`, when given, are the only ones of the collection that may be proposed, whatever the code and the day.
    """

    words: Mapping[str, float]
    vector: Vectors | None
    on: date
    codes: tuple[str, ...] = ()
    code_rows: tuple[int, ...] = ()
    method: Method = Method.HYBRID
    rows: Column | None = None


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Rows of a collection and what each leg says of each, arrays of the same length.

    `lexical` is BM25 divided by the best one of this question, `dense` and `heading` are cosines.
    """

    rows: Column
    lexical: Vectors
    dense: Vectors
    heading: Vectors


@dataclass(frozen=True, slots=True)
class CandidatePassages:
    """What the legs propose: rows of a collection, and the BM25 score of those that words proposed."""

    rows: Column
    words: Mapping[int, float]


def propose(collection: Collection, query: ParsedQuery) -> CandidatePassages:
    """The passages that words or meaning find, within the limits of the question."""
    words = found_by_words(collection, query)
    rows = np.union1d(np.fromiter(words, dtype=np.int64, count=len(words)), _by_meaning(collection, query))
    return CandidatePassages(rows, words)


def score(
    collection: Collection,
    headings: VectorIndex,
    query: ParsedQuery,
    proposal: CandidatePassages,
    rows: Column,
) -> PassageScores:
    """Score these rows by all legs."""
    best = max(proposal.words.values(), default=0.0) or 1.0
    lexical = np.array([proposal.words.get(row, 0.0) / best for row in rows.tolist()], dtype=np.float32)
    if query.vector is None or not len(rows):
        nothing = np.zeros(len(rows), dtype=np.float32)
        return PassageScores(rows, lexical, nothing, nothing)
    dense = collection.vectors.vectors(rows) @ query.vector
    unique, back = np.unique(collection.table.heading[rows], return_inverse=True)
    heading = (headings.vectors(unique) @ query.vector)[back]
    return PassageScores(rows, lexical, np.clip(dense, 0, 1), np.clip(heading, 0, 1))


def found_by_words(collection: Collection, query: ParsedQuery) -> dict[int, float]:
    """The BM25 score of the passages that words find, by row."""
    if query.method is Method.SEMANTIC:
        return {}
    if query.rows is None:
        hits = collection.words.search(
            query.words, DEPTH, heading_weight=HEADING_WORDS, codes=query.codes, on=query.on
        )
    else:
        keys = collection.table.key[query.rows].tolist()
        hits = collection.words.search_among(keys, query.words, DEPTH, heading_weight=HEADING_WORDS)
    rows = collection.positions([key for key, _ in hits])
    return {rows[key]: score for key, score in hits}


def _by_meaning(collection: Collection, query: ParsedQuery) -> Rows:
    """The nearest rows that are in force on the day."""
    if query.vector is None or query.method is Method.LEXICAL or not len(collection.table):
        return np.empty(0, dtype=np.int64)
    if query.rows is not None:
        return collection.vectors.search(query.vector, DEPTH, query.rows)[0]
    allowed = None
    if query.codes:
        allowed = np.flatnonzero(np.isin(collection.table.code, query.code_rows))
        if not len(allowed):
            return np.empty(0, dtype=np.int64)
    rows, _ = collection.vectors.search(query.vector, 2 * DEPTH, allowed)
    return rows[collection.table.valid(rows, query.on.toordinal())][:DEPTH]
