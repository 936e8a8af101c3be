"""Terms that no text holds, read as the nearest one that some do; never silently."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from index.engines.tantivy_words import LexicalIndex

# A word shorter than this has too many neighbours to be mended; one twice as long may have two faults.
SHORTEST = 5
_PREFIX = 2
_CANDIDATES = 5_000


def mend(words: Iterable[str], index: LexicalIndex) -> dict[str, str]:
    """The unknown terms among `words`, each with the most frequent of the nearest terms of the index."""
    mended = {}
    for word in words:
        if len(word) >= SHORTEST and word.isalpha() and not index.frequency(word):
            nearest = _nearest(word, index)
            if nearest:
                mended[word] = nearest
    return mended


def _nearest(word: str, index: LexicalIndex) -> str | None:
    allowed = 1 if len(word) < 2 * SHORTEST else 2
    near: list[tuple[int, int, str]] = []
    for term, frequency in index.terms(word[:_PREFIX], _CANDIDATES):
        distance = DamerauLevenshtein.distance(word, term, score_cutoff=allowed)
        if distance <= allowed:
            near.append((distance, -frequency, term))
    return min(near)[2] if near else None
