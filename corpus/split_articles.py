"""Which old article a new one was cut from: a recodification often divides one long article among several.

Told by the words of the new article that stand, in the same order, in an old one: the weighted share of its runs of
four words. A part has no one-to-one match (`corpus.concordance`), since the old article is far longer than it.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType

from kb.text.phrases import phrase_key

# Measured on the CESEDA of 2018 and of 2026. Of the 636 articles with a one-to-one match, whose origin is known, the
# nearest by this share is the same one for 629. Read by hand below 0.55: all are right from 0.5 up; below, some are
# not (a decree announced in the same words, 0.493; a new case told in the words of one that remains, 0.415).
SHARE = 0.5
RIVAL = 0.65
# A book of the new code draws from those of the old one that give it this share of its one-to-one matches: what is
# said of detention in the words of the waiting zone does not come from there.
DRAWN = 0.05
RUN = 4

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The article `new` holds a part of `old`: `share` of its words, in [0, 1], stand there."""

    old: str
    new: str
    share: float


def read_by_hand(slug: str) -> dict[str, str]:
    """The old article, by the new one, of the parts of a code that were read by hand."""
    data = tomllib.loads((files("corpus") / "division.toml").read_text(encoding="utf-8"))
    return {new: old for text in data["text"] if text["slug"] == slug for old, new in text["parts"]}


def divide(
    before: Mapping[str, str],
    after: Mapping[str, str],
    matches: Collection[tuple[str, str]],
    read: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Part, ...]:
    """The plain origins of the articles of `after` that have no match, in the order of `before`.

    The texts are by number, without what they cite; `matches` are (old, new), unchanged numbers included; `read` are
    the origins already known, by new number.
    """
    books = drawn(matches)
    origins = _Origins(before, after)
    known = {new for _, new in matches}
    found: list[Part] = []
    for number, text in after.items():
        if number in read and number not in known:
            share = origins.shares(text, frozenset({book(read[number])}))[read[number]]
            found.append(Part(read[number], number, round(share, 3)))
        elif number not in known:
            found += origins.of(number, text, books.get(book(number), frozenset()))
    order = {number: rank for rank, number in enumerate(before)}
    return tuple(sorted(found, key=lambda part: order[part.old]))


class _Origins:
    """The old articles, by the runs of words that they hold, and how many articles of both codes hold each run."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self.bearers: dict[Run, set[str]] = defaultdict(set)
        for number, text in before.items():
            for run in _runs(text):
                self.bearers[run].add(number)
        self.count = Counter(run for text in (*before.values(), *after.values()) for run in set(_runs(text)))
        self.total = len(before) + len(after)

    def of(self, number: str, text: str, books: frozenset[str]) -> tuple[Part, ...]:
        """The one old article that holds enough of a new one, and much more of it than any other does; or none."""
        best, rival = [*self.shares(text, books).most_common(2), ("", 0.0), ("", 0.0)][:2]
        plain = best[1] >= SHARE and rival[1] <= RIVAL * best[1]
        return (Part(best[0], number, round(best[1], 3)),) if plain else ()

    def shares(self, text: str, books: frozenset[str]) -> Counter[str]:
        """What share of a new article each old one of these books holds."""
        runs = _runs(text)
        whole = sum(map(self._weight, runs))
        found: Counter[str] = Counter()
        for run in runs:
            for bearer in self.bearers.get(run, ()):
                if book(bearer) in books:
                    found[bearer] += self._weight(run) / whole  # type: ignore[assignment]
        return found

    def _weight(self, run: Run) -> float:
        """A run that many articles hold tells little: decrees are announced everywhere in the same words."""
        return math.log(self.total / self.count[run])


def _runs(text: str) -> Sequence[Run]:
    words = phrase_key(text).split()
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def drawn(matches: Iterable[tuple[str, str]], share: float = DRAWN) -> dict[str, frozenset[str]]:
    """By book of the new code, the books of the old one that give it this share of its matches."""
    pairs = sorted((book(new), book(old)) for old, new in matches)
    found = {}
    for name, group in groupby(pairs, key=lambda pair: pair[0]):
        counts = Counter(old for _, old in group)
        found[name] = frozenset(old for old, n in counts.items() if n >= share * counts.total())
    return found


def book(number: str) -> str:
    """The series and the book, the first figure of a number.

    >>> book("L425-1")
    'L4'
    """
    return number[:2]
