"""Which articles exist, in which order and when: the whole table of articles in memory, for looking numbers up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kb.ids import ProvisionId, parse_id
from kb.model import DocumentKind, State

if TYPE_CHECKING:
    from kb.store import Reader

CITABLE = (DocumentKind.DECISION, DocumentKind.CIRCULAR)
"""Kinds of documents whose identifier is the one by which they are cited."""


@dataclass(frozen=True, slots=True)
class Validity:
    """One version's interval `[start, end)` and its state.

    `observed`: nothing tells when the wording took effect; `start` is the day of the first snapshot that holds it.
    """

    start: date
    end: date | None
    state: State
    observed: bool = False

    def covers(self, day: date) -> bool:
        """Whether this wording was in force on that day."""
        return self.start <= day and (self.end is None or day < self.end)


class ArticleTable:
    """Built from (provision, its validities), in the order of the codes, and the documents that can be cited."""

    def __init__(
        self, rows: Iterable[tuple[ProvisionId, Sequence[Validity]]], documents: Iterable[str] = ()
    ) -> None:
        self._validities = {provision: tuple(validities) for provision, validities in rows}
        self._documents = frozenset(documents)

    @classmethod
    def of(cls, reader: Reader) -> ArticleTable:
        """The table of a whole base."""
        found: dict[str, list[Validity]] = {name: [] for name, _, _ in reader.indexed_provisions()}
        for provision, start, end, state, first_seen in reader.validities():
            found[provision].append(Validity(start, end, State(state), start == first_seen))
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

    def texts(self) -> Mapping[str, Sequence[date]]:
        """The texts of which the base has articles, by slug, with the days of the snapshots that they are known by.

        None for a text whose versions bear the day they took effect.
        """
        return self._snapshots

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
    def _snapshots(self) -> dict[str, tuple[date, ...]]:
        days: dict[str, set[date]] = {text: set() for text in self._numbers}
        for provision, validities in self._validities.items():
            if validities:
                days.setdefault(parse_id(provision).text, set()).update(
                    v.start for v in validities if v.observed
                )
        return {text: tuple(sorted(seen)) for text, seen in days.items() if text in self._numbers}

    @cached_property
    def _bearers(self) -> dict[str, list[ProvisionId]]:
        found: dict[str, list[ProvisionId]] = {}
        for provision in self._validities:
            number = parse_id(provision).number
            if number:
                found.setdefault(number, []).append(provision)
        return found
