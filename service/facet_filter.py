"""The facet filter of an answer: which candidates of a question are kept, in what order, how many there are of each.

The candidates are all the provisions that words, meaning or evidence proposed for the question, not its first page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from index.retrieval.model import Candidate
from kb.facet_values import number_kind, period_of
from kb.ids import parse_id
from kb.memo import remembered
from kb.model import DocumentKind
from kb.resolution.article_table import ArticleTable
from kb.store import Reader
from kb.taxonomy import themes_of_provision
from kb.validity import Standing
from service.base import Service


class Facet(StrEnum):
    """By what candidates are told apart; the value is the name of the parameter that keeps some."""

    CODE = "in_code"
    THEME = "theme"
    KIND = "kind"
    STATE = "state"
    SOURCE = "source"
    PERIOD = "period"


class Sort(StrEnum):
    """In what order answers come."""

    SCORE = "score"
    NUMBER = "number"
    DATE = "date"


class Order(StrEnum):
    """Which end comes first."""

    ASC = "asc"
    DESC = "desc"


FACETS = tuple(Facet)
FacetValues = tuple[tuple[str, ...], ...]
"""The values that a provision has, facet by facet, in the order of `FACETS`."""
_BANDS = {
    Standing.LAST_KNOWN: 1,
    Standing.NOT_YET: 2,
    Standing.REPEALED: 2,
    Standing.ABSENT: 2,
}
_OFFICIAL = DocumentKind.CODE.value


@dataclass(frozen=True, slots=True)
class Refinement:
    """What is kept: provisions that have one of the values of each facet named. `counted`: facets are asked for."""

    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.SCORE
    order: Order = Order.DESC
    counted: bool = False

    def parameters(self) -> list[tuple[str, str]]:
        """As the API is asked for it; what goes without saying is left out."""
        pairs = [(facet.value, value) for facet, values in self.values.items() for value in values]
        if self.sort is not Sort.SCORE:
            pairs.append(("sort", self.sort.value))
        if self.order is not natural_order(self.sort):
            pairs.append(("order", self.order.value))
        return [*pairs, ("facets", "true")] if self.counted else pairs

    def without(self, facet: Facet) -> dict[Facet, tuple[str, ...]]:
        """What is kept by the other facets."""
        return {other: values for other, values in self.values.items() if other is not facet}


def natural_order(sort: Sort) -> Order:
    """The best and the newest first, numbers from the first on."""
    return Order.ASC if sort is Sort.NUMBER else Order.DESC


class FacetFilter:
    """Keeps and counts the candidates of one question on one day. It is the `Choice` that the search is given."""

    def __init__(self, service: Service, day: date, refinement: Refinement) -> None:
        self._articles, self._day, self._refinement = service.articles, day, refinement
        self._sources = sources_of(service.reader)
        chosen = refinement.values
        self._chosen = [(i, frozenset(chosen[facet])) for i, facet in enumerate(FACETS) if facet in chosen]

    def __call__(self, pool: tuple[Candidate, ...]) -> Sequence[Candidate]:
        """The candidates that every facet keeps, in the order asked for; equals stay the best first."""
        candidates = [c for c in pool if not self._lacks_any(c)] if self._chosen else list(pool)
        descending = self._refinement.order is Order.DESC
        if self._refinement.sort is Sort.SCORE:
            ordered = candidates if descending else candidates[::-1]
            return sorted(ordered, key=self._band)
        sign = -1 if descending else 1
        if self._refinement.sort is Sort.NUMBER:
            return sorted(candidates, key=lambda c: sign * self._articles.place(c.provision))
        days = {c: self._since(c) for c in candidates}
        return sorted(candidates, key=lambda c: (days[c] is None, sign * (days[c] or date.min).toordinal()))

    def counts(self, pool: Iterable[Candidate]) -> dict[Facet, Counter[str]]:
        """How many candidates have each value, among those that all the other facets keep."""
        values: list[list[str]] = [[] for _ in FACETS]
        for candidate in pool:
            values_by_facet = self._facet_values(candidate.provision)
            lacking = self._lacking(values_by_facet)
            if len(lacking) > 1:
                continue
            for i in lacking or range(len(FACETS)):
                values[i] += values_by_facet[i]
        return {facet: Counter(each) for facet, each in zip(FACETS, values, strict=True)}

    def _lacks_any(self, candidate: Candidate) -> bool:
        return bool(self._lacking(self._facet_values(candidate.provision)))

    def _lacking(self, values_by_facet: FacetValues) -> list[int]:
        """The facets that leave this one out, by their place."""
        return [i for i, values in self._chosen if values.isdisjoint(values_by_facet[i])]

    def _facet_values(self, provision: str) -> FacetValues:
        law = self._articles.law(provision, self._day)
        wording, sources = law.shown, self._sources.get(provision, ())
        return (
            *_own(provision),
            (law.standing.value,),
            (_OFFICIAL, *sources) if wording else sources,
            (period_of(wording.start.year),) if wording else (),
        )

    def _band(self, candidate: Candidate) -> int:
        """What may be the law of the day, then what was when last seen, then what surely is not; named first."""
        standing = self._articles.law(candidate.provision, self._day).standing
        return 0 if candidate.named and standing is not Standing.LAST_KNOWN else _BANDS.get(standing, 0)

    def _since(self, candidate: Candidate) -> date | None:
        wording = self._articles.law(candidate.provision, self._day).shown
        return wording.start if wording else None


@lru_cache(maxsize=100_000)
def _own(provision: str) -> FacetValues:
    """What no base and no day changes: its text, its themes, the letter of its number."""
    themes = tuple(theme.id for theme in themes_of_provision(provision))
    return ((text_of(provision),), themes, (number_kind(provision).value,))


def text_of(provision: str) -> str:
    """
    >>> text_of("ceseda/L425-1")
    'ceseda'
    """
    return parse_id(provision).text


@remembered()
def sources_of(reader: Reader) -> Mapping[str, tuple[str, ...]]:
    """The kinds of documents, other than codes, that cite each provision or are our record on it."""
    return reader.speakers()


@remembered()
def texts_of(articles: ArticleTable) -> frozenset[str]:
    """The texts of which the base has a provision, be it by our record alone."""
    return frozenset(text_of(provision) for provision in articles)
