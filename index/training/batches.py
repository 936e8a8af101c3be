"""Texts as token numbers, and the batches of pairs that one step of training sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.pairs import Pair
from index.training.tokenizer import UNKNOWN

Ints = NDArray[np.int64]
# Longer texts show a random window of this many tokens, about the length of an indexed passage.
WINDOW = 160
# Texts tokenised at once: all of them together would fill the memory.
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Bags:
    """`texts[i]` is the token numbers of text i, an int32 array."""

    texts: tuple[NDArray[np.int32], ...]

    def flat(self, rows: Ints, drop: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """The tokens of some texts end to end and where each starts; a share `drop` of them left out at random."""
        pieces = [_window(self.texts[row], drop, rng) for row in rows]
        lengths = np.array([len(p) for p in pieces])
        return np.concatenate(pieces).astype(np.int64), np.concatenate([[0], np.cumsum(lengths)[:-1]])


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind as rows of Bags; `share` is their part of each batch."""

    name: str
    queries: Ints
    passages: Ints
    share: float
    run: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of the queries and of their passages, aligned."""

    queries: Ints
    passages: Ints


def encode_sources(
    tokenizer: Tokenizer, pairs: Mapping[str, Sequence[Pair]], shares: Mapping[str, float]
) -> tuple[Bags, tuple[Source, ...]]:
    """Each distinct text encoded once; pairs in which a side has no known token are left out."""
    rows: dict[str, int] = {}
    for kind in pairs.values():
        for text in (t for pair in kind for t in pair):
            rows.setdefault(text, len(rows))
    texts = tuple(_known_tokens(tokenizer, list(rows)))
    sources = []
    for name, kind in pairs.items():
        known = [(rows[q], rows[p]) for q, p in kind if len(texts[rows[q]]) and len(texts[rows[p]])]
        table = np.array(known, dtype=np.int64)
        sources.append(Source(name, table[:, 0], table[:, 1], shares[name]))
    return Bags(texts), tuple(sources)


def _known_tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[NDArray[np.int32]]:
    unknown = tokenizer.token_to_id(UNKNOWN)
    for start in range(0, len(texts), _CHUNK):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + _CHUNK], add_special_tokens=False):
            tokens = np.array(encoding.ids, dtype=np.int32)
            yield tokens[tokens != unknown]


def batches(sources: Sequence[Source], size: int, steps: int, rng: np.random.Generator) -> Iterator[Batch]:
    """`steps` batches of about `size` pairs, each source drawn in its share, its pairs in turn before any again."""
    total = sum(source.share for source in sources)
    decks = [_deck(source, round(size * source.share / total), rng) for source in sources]
    for _ in range(steps):
        hands = [next(deck) for deck in decks]
        yield Batch(np.concatenate([h.queries for h in hands]), np.concatenate([h.passages for h in hands]))


def _deck(source: Source, count: int, rng: np.random.Generator) -> Iterator[Batch]:
    order = np.empty(0, dtype=np.int64)
    while True:
        while len(order) < count:
            order = np.concatenate([order, _shuffled(len(source.queries), source.run, rng)])
        rows, order = order[:count], order[count:]
        yield Batch(source.queries[rows], source.passages[rows])


def _shuffled(count: int, run: int, rng: np.random.Generator) -> Ints:
    """The numbers below `count`, runs of `run` consecutive ones kept together, the runs in random order."""
    starts = rng.permutation(np.arange(0, count, run))
    return np.concatenate([np.arange(start, min(start + run, count)) for start in starts])


def _window(tokens: NDArray[np.int32], drop: float, rng: np.random.Generator) -> NDArray[np.int32]:
    if len(tokens) > WINDOW:
        start = int(rng.integers(0, len(tokens) - WINDOW + 1))
        tokens = tokens[start : start + WINDOW]
    if drop and len(tokens) > 2:
        remaining = tokens[rng.random(len(tokens)) >= drop]
        return remaining if len(remaining) else tokens
    return tokens
