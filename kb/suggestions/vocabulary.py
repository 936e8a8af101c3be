"""The words that the base knows, as people write them, and the nearest of them to a word that it does not know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.text.phrases import phrase_key

SHORTEST = 5
"""A shorter word has too many neighbours to be mended."""
_TWO_FAULTS = 9
_WORD = re.compile(r"[^\W\d_]+")
_LAST = chr(0x10FFFF)


class Vocabulary:
    """Words with how often each is written; those that differ by their accents alone are one, as most often written."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The words of these texts."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_WORD.findall(text.lower()))
        return cls(counts)

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, word: str) -> bool:
        return phrase_key(word) in self._spelt

    def nearest(self, word: str) -> str | None:
        """The known word that differs least, the most frequent of several; None for one that is known or has none.

        >>> Vocabulary.of(["L'exploitation, le travail"]).nearest("exploitatoin")
        'exploitation'
        """
        key = phrase_key(word)
        if len(key) < SHORTEST or not key.isalpha() or key in self._spelt:
            return None
        return self._likeliest(_near(key, self._sounding(key)))

    def nearest_beginning(self, word: str) -> str | None:
        """The known word whose beginning differs least from what is being typed; None without any.

        >>> Vocabulary.of(["exploitation"]).nearest_beginning("explotati")
        'exploitation'
        """
        key = phrase_key(word)
        if len(key) < SHORTEST or not key.isalpha():
            return None
        sounding = self._sounding(key)
        lengths = range(max(1, len(key) - 1), len(key) + 2)
        return self._likeliest(
            [pair for n in lengths for pair in _near(key, sounding, [other[:n] for other in sounding])]
        )

    def _likeliest(self, near: Iterable[tuple[int, str]]) -> str | None:
        """The nearest, the most frequent of several."""
        best = min(((distance, -self._totals[other], other) for distance, other in near), default=None)
        return self._spelt[best[2]] if best else None

    def begins(self, word: str) -> bool:
        """Whether a known word begins so."""
        key = phrase_key(word)
        place = bisect_left(self._keys, key)
        return place < len(self._keys) and self._keys[place].startswith(key)

    def _sounding(self, key: str) -> list[str]:
        """Those with the same first letter: hardly anyone mistakes it."""
        start, end = bisect_left(self._keys, key[:1]), bisect_left(self._keys, key[:1] + _LAST)
        return self._keys[start:end]

    @cached_property
    def _totals(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for word, count in self._counts.items():
            counts[phrase_key(word)] += count
        return counts

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """The most frequent spelling of each, by key."""
        return {phrase_key(word): word for word in sorted(self._counts, key=lambda w: (self._counts[w], w))}

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._totals)


def _near(key: str, words: Sequence[str], compared: Sequence[str] = ()) -> list[tuple[int, str]]:
    """(distance, word) of those that are near enough, by what is compared of each: its whole by default."""
    allowed = 1 if len(key) < _TWO_FAULTS else 2
    matches = process.extract(
        key, compared or words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
    )
    return [(distance, words[place]) for _, distance, place in matches]
