"""An old number of a recodified code that bears another article by now: which of the two a sentence speaks of."""

from __future__ import annotations

from kb.checking.near_misses import Rarity, stems

# The rare words that the sentence shares with the article that took over the old number's place must weigh so much
# more than those that it shares with the article that bears the number today. Chosen on the planted errors.
_MORE, _FEWEST = 2.0, 2


def speaks_of_former(words: str, today: str, former: str, rarity: Rarity) -> bool:
    """Whether a sentence shares its telling words with `former`, the article under its new number, not with `today`."""
    spoken = stems(words)
    new, own = spoken & stems(former), spoken & stems(today)
    if len(new - own) < _FEWEST:
        return False
    return _weight(new, rarity) >= _MORE * _weight(own, rarity)


def _weight(found: frozenset[str], rarity: Rarity) -> float:
    return sum(rarity.weight(stem) for stem in found)
