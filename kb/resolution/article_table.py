"""Which articles exist, in which order and when: the whole table of articles in memory, for looking numbers up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kb.ids import ProvisionId, parse_id
from kb.memo import Memo
from kb.model import Bound, DocumentKind
from kb.validity import LawOfDay, Validity, as_last_known, law_on

if TYPE_CHECKING:
    from kb.store import Reader

CITABLE = (DocumentKind.DECISION, DocumentKind.CIRCULAR)
"""Kinds of documents whose identifier is the one by which they are cited."""


class ArticleTable:
    """Built from (provision, its validities), in the order of the codes, and the documents that can be cited."""

    def __init__(
        self, rows: Iterable[tuple[ProvisionId, Sequence[Validity]]], documents: Iterable[str] = ()
    ) -> None:
        self._validities = {provision: tuple(validities) for provision, validities in rows}
        self._documents = frozenset(documents)
        self.memo = Memo()

    @classmethod
    def of(cls, reader: Reader) -> ArticleTable:
        """The table of a whole base."""
        found: dict[str, list[Validity]] = {name: [] for name, _, _ in reader.indexed_provisions()}
        for provision, validity in reader.validities():
            found[provision].append(validity)
        documents = (document.id for document in reader.documents() if document.kind in CITABLE)
        return cls(((ProvisionId(name), validities) for name, validities in found.items()), documents)

    def __contains__(self, provision: str) -> bool:
        """Whether the base has this provision, be it without its text."""
        return provision in self._validities

    def __iter__(self) -> Iterator[ProvisionId]:
        """Every provision, by code and place."""
        return iter(self._validities)

    def place(self, provision: str) -> int:
        """The rank of a provision of the base among all, by code and place in the code."""
        return self._places[ProvisionId(provision)]

    def texts(self) -> Mapping[str, date | None]:
        """The texts of which the base has articles, by slug, with the first day on which anything is known of them.

        None for a text whose versions all bear the day they took effect.
        """
        return self._first_days

    def last_observed(self, text: str) -> date | None:
        """The last day on which anything of a text was observed; None for a text that is not there."""
        return self._last_days.get(text)

    def documents(self) -> frozenset[str]:
        """Identifiers of the documents that can be cited as a whole."""
        return self._documents

    def numbers(self, text: str) -> tuple[str, ...]:
        """Canonical numbers of the articles of a text, in its order; empty for a text that is not there."""
        return tuple(self._numbers.get(text, ()))

    def with_number(self, number: str) -> tuple[ProvisionId, ...]:
        """The articles of any text that bear this canonical number."""
        return tuple(self._bearers.get(number, ()))

    def validities(self, provision: str) -> tuple[Validity, ...]:
        """The intervals of an article's versions; empty when there is no such article, or no text of it."""
        return self._validities.get(ProvisionId(provision), ())

    def law(self, provision: str, day: date | None) -> LawOfDay[Validity]:
        """What is known of an article on a day or, without a day, when it was last observed."""
        validities = self.validities(provision)
        return as_last_known(validities) if day is None else law_on(validities, day)

    @cached_property
    def _last_days(self) -> dict[str, date]:
        days: dict[str, date] = {}
        for provision, validities in self._validities.items():
            if validities:
                text, last = provision.partition("/")[0], max(v.last_seen for v in validities)
                days[text] = max(last, days.get(text, last))
        return days

    @cached_property
    def _places(self) -> dict[ProvisionId, int]:
        return {provision: place for place, provision in enumerate(self._validities)}

    @cached_property
    def _numbers(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for provision, validities in self._validities.items():
            identifier = parse_id(provision)
            if validities and identifier.number:
                found.setdefault(identifier.text, {})[identifier.number] = None
        return found

    @cached_property
    def _first_days(self) -> dict[str, date | None]:
        days: dict[str, date | None] = dict.fromkeys(self._numbers)
        for provision, validities in self._validities.items():
            text = parse_id(provision).text
            for validity in validities if text in days else ():
                if validity.start_bound is Bound.UNKNOWN:
                    days[text] = min(days[text] or validity.start, validity.start)
        return days

    @cached_property
    def _bearers(self) -> dict[str, list[ProvisionId]]:
        found: dict[str, list[ProvisionId]] = {}
        for provision in self._validities:
            number = parse_id(provision).number
            if number:
                found.setdefault(number, []).append(provision)
        return found
