"""Words: BM25 over our own tokens by tantivy. The only file that knows tantivy.

The engine gets text that is already cut into terms (`index/tokens.py`) and only splits it at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path
from typing import Any

import tantivy

from index.tokens import terms
from kb.errors import BuildFailed

_HEAP_BYTES = 100_000_000
_TOKENIZER = "spaces"
_FOREVER = date.max.toordinal()
# A question longer than this many different terms is cut to its rarest ones: the time stays bounded.
MAX_TERMS = 64
# How many more are asked for than wanted, to leave out those that were not in force on the day: with as many again,
# 200 of today's law are found for all 552 development questions; with 100, not for 18 of them.
SPARE = 200


@dataclass(frozen=True, slots=True)
class LexicalDocument:
    """What is indexed of a passage; the days are ordinals, the validity is `[start, end)`."""

    key: int
    text: str
    heading: str
    code: str
    start: int = 0
    end: int = _FOREVER


class LexicalWriter:
    """Adds and removes passages in the folder of an index, which is created when missing."""

    def __init__(self, folder: Path) -> None:
        """Raises BuildFailed."""
        folder.mkdir(parents=True, exist_ok=True)
        with _written():
            self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
            self._index.register_tokenizer(_TOKENIZER, splitter)
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)

    def remove(self, keys: Iterable[int]) -> None:
        """Take passages out; unknown keys are ignored."""
        # By a query: `delete_documents_by_term` takes the number for another type and deletes nothing, silently.
        listed = list(keys)
        if listed:
            query = tantivy.Query.term_set_query(self._index.schema, "key", listed)
            self._writer.delete_documents_by_query(query)

    def add(self, document: LexicalDocument) -> None:
        """Put a passage in."""
        row = tantivy.Document(
            text=" ".join(terms(document.text)), heading=" ".join(terms(document.heading)), code=document.code
        )
        for name in ("key", "start", "end"):
            row.add_unsigned(name, getattr(document, name))
        with _written():
            self._writer.add_document(row)

    def commit(self) -> int:
        """Write everything to disk; the number of passages now in the index. Raises BuildFailed."""
        with _written():
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
        return int(self._index.searcher().num_docs)


class LexicalIndex:
    """Reads the folder of an index; its files are memory-mapped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def frequency(self, term: str) -> int:
        """In how many passages a term stands."""
        return int(self._searcher.doc_freq("text", term))

    def rarity(self, term: str) -> float:
        """How much a term tells: BM25's inverse document frequency."""
        count, frequency = len(self), self.frequency(term)
        return log(1 + (count - frequency + 0.5) / (frequency + 0.5))

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent terms that begin so, each with the number of passages that hold it."""
        return [(t, int(n)) for t, n in self._searcher.terms_with_prefix("text", prefix, limit=limit)]

    def search(
        self,
        words: Mapping[str, float],
        k: int,
        *,
        heading_weight: float,
        codes: Sequence[str] = (),
        on: date | None = None,
    ) -> list[tuple[int, float]]:
        """The `k` best (passage key, BM25 score), best first; `words` are terms and their weights.

        A passage's score adds those of its text and of its headings, the latter times `heading_weight`.
        """
        rarest = self._rarest(words)
        if not rarest:
            return []
        query = self._any_of(rarest, words, heading_weight)
        hits = None if codes else self._among_more(query, k, on)
        if hits is None:
            limited = [(tantivy.Occur.Must, q) for q in (query, *self._limits(codes, on))]
            hits = self._searcher.search(tantivy.Query.boolean_query(limited), k, count=False).hits
        return self._keyed(hits)

    def search_among(
        self, keys: Sequence[int], words: Mapping[str, float], k: int, *, heading_weight: float
    ) -> list[tuple[int, float]]:
        """As `search`, but only these passages can be found: the others are out before the `k` best are kept."""
        rarest = self._rarest(words)
        if not rarest:
            return []
        only = tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(self._schema, "key", list(keys)), 0.0
        )
        must = [(tantivy.Occur.Must, query) for query in (self._any_of(rarest, words, heading_weight), only)]
        return self._keyed(self._searcher.search(tantivy.Query.boolean_query(must), k, count=False).hits)

    def _keyed(self, hits: Sequence[Any]) -> list[tuple[int, float]]:
        return [(int(self._searcher.doc(address)["key"][0]), float(score)) for score, address in hits]

    def _among_more(self, query: Any, k: int, on: date | None) -> list[Any] | None:
        """The `k` best in force, looked for among some more of any date: the engine finds those four times faster,
        as it passes over what cannot be among the best. None when too few of them are in force."""
        hits = self._searcher.search(query, k + SPARE, count=False).hits
        if on is None:
            return list(hits[:k])
        addresses, day = [address for _, address in hits], on.toordinal()
        starts: list[Any] = self._searcher.fast_field_values("start", addresses)
        ends: list[Any] = self._searcher.fast_field_values("end", addresses)
        valid = [hit for hit, start, end in zip(hits, starts, ends, strict=True) if start <= day < end]
        return valid[:k] if len(valid) >= k or len(hits) < k + SPARE else None

    def _rarest(self, words: Mapping[str, float]) -> list[str]:
        unique = list(words)
        return unique if len(unique) <= MAX_TERMS else sorted(unique, key=self.frequency)[:MAX_TERMS]

    def _any_of(self, terms: Sequence[str], weights: Mapping[str, float], heading_weight: float) -> Any:
        """One flat list of words: the engine passes nothing over in a nested one."""
        query, fields = tantivy.Query, (("text", 1.0), ("heading", heading_weight))
        return query.boolean_query(
            [
                (tantivy.Occur.Should, query.boost_query(self._term(field, word), weights[word] * weight))
                for word in terms
                for field, weight in fields
            ]
        )

    def _term(self, field: str, word: str) -> Any:
        return tantivy.Query.term_query(self._schema, field, word, "freq")

    def _limits(self, codes: Sequence[str], on: date | None) -> list[Any]:
        """Queries that only narrow: their score counts for nothing."""
        limits = []
        if codes:
            limits.append(tantivy.Query.term_set_query(self._schema, "code", list(codes)))
        if on is not None:
            day = on.toordinal()
            kind = tantivy.FieldType.Unsigned
            limits.append(tantivy.Query.range_query(self._schema, "start", kind, 0, day))
            limits.append(tantivy.Query.range_query(self._schema, "end", kind, day + 1, _FOREVER))
        return [tantivy.Query.const_score_query(limit, 0.0) for limit in limits]


@contextmanager
def _written() -> Iterator[None]:
    """The engine says ValueError for a full disk as for anything else."""
    try:
        yield
    except ValueError as error:
        raise BuildFailed(
            f"L'index des mots n'a pas pu être écrit : {error}.",
            hint="Vérifiez l'espace disque et les droits.",
        ) from error


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, indexed=True)
    for name in ("start", "end"):
        builder.add_unsigned_field(name, stored=False, indexed=True, fast=True)
    for name in ("text", "heading"):
        builder.add_text_field(name, stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("code", stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()
