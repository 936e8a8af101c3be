"""A number that exists, in a sentence that speaks of the article next to it: a slip of one digit or letter.

Told from the words alone, rare ones counting most: "réduction en esclavage" before 224-1, which is of another crime,
while 224-1 C is of that one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from kb.text.phrases import phrase_key

# Letters by which words of one family are the same: "réduite" and "réduction" are not, "esclavage" and "esclaves" are.
_STEM = 6
_SHORTEST = 4
# Cosines between the words around a citation and those of an article: a neighbour at FITS or more, by OWN_WORDS words
# that the article cited has not, when that article is at STRANGE or less. The measures are in docs/adr/0005.
STRANGE, FITS, OWN_WORDS = 0.05, 0.2, 4


@dataclass(frozen=True, slots=True)
class Suspicion:
    """The neighbour that fits better, how well it does, and how well the article cited does, in [0, 1]."""

    number: str
    fit: float
    cited_fit: float


@dataclass(frozen=True, slots=True)
class Rarity:
    """How telling each stem is: counted over the articles of one code."""

    counts: Mapping[str, int]
    total: int

    @classmethod
    def of(cls, texts: Collection[str]) -> Rarity:
        """Counted over these texts."""
        return cls(Counter(stem for text in texts for stem in stems(text)), len(texts))

    def weight(self, stem: str) -> float:
        """0 for a stem that every article has."""
        return max(0.0, math.log((self.total + 1) / (1 + self.counts.get(stem, 0))))

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Cosine of two sets of stems."""
        common = sum(self.weight(s) ** 2 for s in one & other)
        sizes = [sum(self.weight(s) ** 2 for s in stems) for stems in (one, other)]
        return common / math.sqrt(sizes[0] * sizes[1]) if common else 0.0


def near_numbers(number: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """The numbers one slip away: a digit more, less or other, two swapped, or the last letter left out.

    >>> near_numbers("706-173", ["706-73", "706-74", "706-17"]), near_numbers("224-1", ["224-1-C", "224-9-1"])
    (('706-73', '706-17'), ('224-1-C',))
    """
    choices = numbers if isinstance(numbers, Sequence) else tuple(numbers)
    slips_of = process.extract(
        number, choices, scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=None, processor=None
    )
    near = {rank for _, distance, rank in slips_of if distance == 1}
    length = len(number) + 2
    near |= {
        r
        for r, n in enumerate(choices)
        if len(n) == length and n.startswith(f"{number}-") and n[-1].isalpha()
    }
    return tuple(n for rank in sorted(near) if (n := choices[rank])[:1].isalpha() == number[:1].isalpha())


def slips(number: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """Those of `near_numbers` that counting on never gives: a digit more or less, or two swapped, but none replaced.

    >>> slips("706-173", ["706-73", "706-174", "706-137"])
    ('706-73', '706-137')
    """
    return tuple(
        n for n in near_numbers(number, numbers) if len(n) != len(number) or sorted(n) == sorted(number)
    )


def names(text: str, number: str) -> bool:
    """Whether an article's text names this number: what speaks like that article may well cite the other.

    >>> names("au sens de l'article L. 425-1", "L425-1"), names("de l'article 224-1 A", "224-1")
    (True, False)
    """
    bare = re.escape(number.lstrip("LRDAOP"))
    return re.search(rf"(?<![\d-]){bare}(?![\d-]|\s[A-Z]\b)", text) is not None


def better_neighbour(
    sentence: str, cited: str, neighbours: Mapping[str, str], rarity: Rarity
) -> Suspicion | None:
    """The neighbour, by number, that the sentence fits when it has nothing in common with the text cited.

    >>> rarity = Rarity.of(["enlever une personne", "réduire en esclavage un mineur vulnérable", "le vol", "la fraude"])
    >>> sentence, neighbour = "réduire en esclavage un mineur", "réduire en esclavage un mineur vulnérable"
    >>> better_neighbour(f"Le fait de {sentence} dangereux", "enlever une personne", {"1-A": neighbour}, rarity)
    >>> better_neighbour(f"{sentence} vulnérable (article 1)", "enlever une personne", {"1-A": neighbour}, rarity)
    Suspicion(number='1-A', fit=0.75, cited_fit=0.0)
    """
    said = stems(sentence)
    theirs = stems(cited)
    own = rarity.likeness(said, theirs)
    if own > STRANGE:
        return None
    words = {number: stems(text) for number, text in neighbours.items()}
    telling = {n: known for n, known in words.items() if len((said & known) - theirs) >= OWN_WORDS}
    scored = [(rarity.likeness(said, known), number) for number, known in telling.items()]
    fit, number = max(scored, default=(0.0, ""))
    return Suspicion(number, round(fit, 2), round(own, 2)) if fit >= FITS else None


@lru_cache(maxsize=5_000)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text, small words and numbers left out."""
    words = (word for word in phrase_key(text).split() if len(word) >= _SHORTEST and not word.isdigit())
    return frozenset(word[:_STEM] for word in words)
