"""Which sources and dates a search covered, and which it could not."""

from __future__ import annotations

from datetime import date

from api.schemas.search_scope import Coverage, CoveredSource, MissingText
from kb.text.french_dates import french_date
from kb.validity import PRESUMED
from kb.wording.validity import not_seen_since
from service.catalogue import Catalogue, KnownCode
from service.search import Question

# Codes named in a notice before it says "and N others".
_NAMED = 5


def coverage_of(catalogue: Catalogue, question: Question) -> Coverage:
    """What the base could answer from, for these codes and this day."""
    searched = [c for c in catalogue.codes if not question.codes or c.slug in question.codes]
    unknown = [c for c in searched if c.first > question.as_of]
    return Coverage(
        generation=catalogue.generation,
        documents=len(catalogue.documents),
        sources=_sources(catalogue),
        codes=[c.slug for c in searched],
        as_of=question.as_of,
        last_observed=catalogue.last_day,
        codes_without_version=[c.slug for c in unknown],
        missing=missing_texts(catalogue)[:_NAMED],
        notices=_notices(catalogue, searched, unknown, question.as_of),
    )


def _sources(catalogue: Catalogue) -> list[CoveredSource]:
    """The documents by kind, in the order of the kinds."""
    return [
        CoveredSource(
            kind=known.kind, documents=known.documents, first_day=known.first_day, last_day=known.last_day
        )
        for known in catalogue.kinds
    ]


def missing_texts(catalogue: Catalogue) -> list[MissingText]:
    """The codes that the base cites and has not."""
    return [MissingText(id=m.slug, title=m.title, citations=m.citations) for m in catalogue.missing]


def _notices(
    catalogue: Catalogue, searched: list[KnownCode], unknown: list[KnownCode], day: date
) -> list[str]:
    notices = []
    stale = [c for c in searched if c.days and day - c.days[-1] > PRESUMED]
    if stale:
        notices.append(not_seen_since(max(c.days[-1] for c in stale), _named([c.title for c in stale])))
    if unknown:
        titles = _named([c.title for c in sorted(unknown, key=lambda c: -c.provisions)])
        notices.append(f"Sans rédaction connue au {french_date(day)} : {titles}.")
    if catalogue.missing:
        notices.append(
            f"Codes cités mais absents de la base : {_named([m.title for m in catalogue.missing])}."
        )
    return notices


def _named(titles: list[str]) -> str:
    rest = len(titles) - _NAMED
    listed = ", ".join(titles[:_NAMED])
    return f"{listed} et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else listed
