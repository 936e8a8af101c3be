"""Which article a paragraph explains: a page lists its articles at its end, not saying which is for what."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.training.articles import Article
from index.training.pairs import MIN_CHARACTERS, Pair
from index.training.service_public import Fiche

_WORD = re.compile(r"[^\W\d_]{4,}")
# Cosine over rare shared words below which a paragraph is left alone: of sixteen pairs read, those under it were wrong
# three times in four, those over it right three times in four.
MIN_LIKENESS = 0.1


def aligned_pairs(fiches: Iterable[Fiche], articles: Sequence[Article]) -> Iterator[Pair]:
    """Each paragraph with the one article of its page that shares most of its rare words."""
    rarity = _rarity(articles)
    for fiche in fiches:
        candidates = [(a, _words(a.text, rarity)) for a in fiche.articles]
        for paragraph in fiche.paragraphs:
            if candidates and len(paragraph) >= MIN_CHARACTERS:
                words = _words(paragraph, rarity)
                article, likeness = max(((a, _likeness(words, w)) for a, w in candidates), key=lambda p: p[1])
                if likeness >= MIN_LIKENESS:
                    yield Pair(paragraph, article.text)


def _rarity(articles: Sequence[Article]) -> dict[str, float]:
    counts = Counter(word for a in articles for word in set(_WORD.findall(a.text.lower())))
    return {word: math.log(len(articles) / count) for word, count in counts.items()}


def _words(text: str, rarity: dict[str, float]) -> dict[str, float]:
    """The distinct words of a text with their weight, of length 1 as a vector."""
    weights = {word: rarity[word] for word in set(_WORD.findall(text.lower())) if word in rarity}
    length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _likeness(first: dict[str, float], second: dict[str, float]) -> float:
    return sum(weight * second[word] for word, weight in first.items() if word in second)
