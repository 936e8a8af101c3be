"""Citations found in a source, each placed in the passage where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.citations import Context, find_citations
from kb.model import Citation, Passage
from kb.store import PlacedCitation


def cite_passages(
    passages: Iterable[Passage], code: str | None, numbers: frozenset[str] | None = None
) -> Iterator[PlacedCitation]:
    """Citations of passages read one by one; `code`, whose articles have these `numbers`, is what bare ones mean."""
    context = Context(code, numbers) if code else None
    for passage in passages:
        for citation in find_citations(passage.text, context=context):
            spans = tuple(s for part in citation.spans for s in passage.content.spans(part.start, part.end))
            yield PlacedCitation(passage.id, replace(citation, spans=spans), citation.start, citation.end)


def cite_document(raw: str, passages: Sequence[Passage]) -> Iterator[PlacedCitation]:
    """Citations of a whole raw document, so that what one page defines holds on the next.

    A citation that stands in no passage (page furniture) is left out.
    """
    places = _places(passages)
    starts = [place.raw for place in places]
    for citation in find_citations(raw):
        place = _place_of(citation, places, starts)
        if place is not None:
            passage = passages[place.passage]
            start = place.text + citation.start - place.raw
            yield PlacedCitation(passage.id, citation, start, _text_end(citation, passage, start))


class _Place(NamedTuple):
    """A raw stretch of a passage: its raw start, its length, the passage's number and where it stands in its text."""

    raw: int
    length: int
    passage: int
    text: int


def _places(passages: Sequence[Passage]) -> list[_Place]:
    return sorted(
        _Place(segment.raw, segment.length, number, segment.start)
        for number, passage in enumerate(passages)
        for segment in passage.content.segments
    )


def _place_of(citation: Citation, places: list[_Place], starts: list[int]) -> _Place | None:
    position = bisect_right(starts, citation.start) - 1
    if position < 0:
        return None
    place = places[position]
    return place if citation.start < place.raw + place.length else None


def _text_end(citation: Citation, passage: Passage, start: int) -> int:
    """Where the citation ends in the passage's text: its last raw character, or the end of the passage."""
    last = citation.end - 1
    for segment in passage.content.segments:
        if segment.start + segment.length > start and segment.raw <= last < segment.raw + segment.length:
            return segment.start + last - segment.raw + 1
    return len(passage.text)
