"""Every number of the base, sorted once: what begins as typed is one slice of the table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice

from kb.ids import ProvisionId, parse_id
from kb.resolution.article_table import ArticleTable
from kb.validity import Standing

_LETTERS = ("L", "R", "D", "LO", "A")
# How many of a slice are looked at: beyond, all would be repealed or not yet there.
_LOOKED_AT = 400
# A shorter beginning, without a letter or a code, is that of thousands of numbers: only the number itself is meant.
_SHORTEST = 2
_LAST = chr(0x10FFFF)


class NumberTable:
    """Built once for an open base. `first` are the provisions to be proposed before the others of a slice."""

    def __init__(self, articles: ArticleTable, first: Collection[str] = ()) -> None:
        self._articles = articles
        numbered = [(p, i) for p in articles if (i := parse_id(p)).number is not None]
        numbered.sort(key=lambda pair: (pair[0] not in first, _natural(str(pair[1].number)), pair[0]))
        self._by_rank = [provision for provision, _ in numbered]
        tables: dict[str, list[tuple[str, int]]] = {"": []}
        for rank, (_, identifier) in enumerate(numbered):
            row = (str(identifier.number), rank)
            tables[""].append(row)
            tables.setdefault(identifier.text, []).append(row)
        self._tables = {text: _columns(rows) for text, rows in tables.items()}

    def __len__(self) -> int:
        return len(self._by_rank)

    def texts(self) -> frozenset[str]:
        """Slugs of the texts that have a number."""
        return frozenset(self._tables) - {""}

    def beginning(
        self, prefix: str, texts: Collection[str], day: date, limit: int
    ) -> list[tuple[ProvisionId, Standing]]:
        """The provisions that exist on that day and whose number begins so, in these texts, or in all when there are
        none: the number itself, then its subdivisions, then longer numbers, then those behind a letter left out.
        Those that are repealed come after the others, the number itself excepted.
        """
        exact: list[int] = []
        longer: list[int] = []
        for letter in ("", *_LETTERS) if prefix[:1].isdigit() else ("",):
            same, more = self._slices(letter + prefix, texts)
            exact += same
            if texts or len(prefix) >= _SHORTEST:
                longer += more
        provisions = list(islice(self._existing(exact, day), limit))
        living: list[tuple[ProvisionId, Standing]] = []
        repealed: list[tuple[ProvisionId, Standing]] = []
        for provision, state in self._existing(longer[:_LOOKED_AT], day):
            (repealed if state is Standing.REPEALED else living).append((provision, state))
            if len(living) == limit:
                break
        return [*provisions, *living, *repealed][:limit]

    def _slices(self, prefix: str, texts: Collection[str]) -> tuple[list[int], list[int]]:
        """Ranks of the number itself, and of those that go on, subdivisions first."""
        exact: list[int] = []
        under: list[int] = []
        beyond: list[int] = []
        for text in texts or ("",):
            keys, ranks = self._tables.get(text, ((), ()))
            start, end = bisect_left(keys, prefix), bisect_left(keys, prefix + _LAST)
            same, part = bisect_left(keys, prefix + "\0"), bisect_left(keys, prefix + ".")
            exact += ranks[start:same]
            under += ranks[same:part]
            beyond += ranks[part:end]
        return sorted(exact), [*sorted(under), *sorted(beyond)]

    def _existing(self, ranks: Iterable[int], day: date) -> Iterator[tuple[ProvisionId, Standing]]:
        for rank in ranks:
            provision = self._by_rank[rank]
            validities = self._articles.validities(provision)
            if not validities or any(v.start <= day for v in validities):
                yield provision, self._articles.law(provision, day).standing


def _columns(rows: list[tuple[str, int]]) -> tuple[list[str], list[int]]:
    rows.sort()
    return [number for number, _ in rows], [rank for _, rank in rows]


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """
    >>> sorted(["225-4-10", "225-4-2"], key=_natural)
    ['225-4-2', '225-4-10']
    """
    return tuple(
        (int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|[^\d-]+", number)
    )
