"""From what the index and the store say to what is answered, the same on the command line, over HTTP and on pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from api.addresses import passage_url, search_url
from api.presenters.highlighting import title_of_words
from api.presenters.passages import spans_of
from api.presenters.provisions import present_provision, provision_fields
from api.presenters.scores import doubt, explanation, present_parts, present_ranks, text_spans, words_of
from api.presenters.search_scope import coverage_of
from api.schemas.answers import EvidenceOut, ProvisionResult, ResolutionOut, SearchResponse
from api.schemas.facets import FacetOut
from index.retrieval.excerpts import excerpt, highlights, marks, question_terms
from index.retrieval.model import Evidence, Hit, Question, Ranking
from kb.checking.nearest import nearest
from kb.french_citation import cite_id
from kb.model import Passage, Provision, Resolution, Status
from kb.validity import law_on
from service.base import Service
from service.catalogue import catalogue_of
from service.facet_filter import Narrowing

__all__ = ["Page", "present_provision", "present_ranking"]

# Characters of a passage quoted as evidence: three or four lines.
QUOTE = 320


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of a ranking is shown, and how: what was kept of it, counted or not. `took` is in milliseconds."""

    number: int = 0
    size: int = 10
    explain: bool = False
    took: float = 0.0
    narrowing: Narrowing = field(default_factory=Narrowing)
    facets: list[FacetOut] | None = None

    def address(self, question: Question, number: int) -> str:
        """The API's address of another page of the same answer."""
        return search_url(question, number, self.size, self.narrowing.parameters())


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everything fetched for one page of results: the provisions, the passages of evidence, what these cite."""

    provisions: Mapping[str, Provision]
    passages: Mapping[int, Passage]
    places: Mapping[tuple[int, str], tuple[int, int]]
    records: Mapping[str, Passage]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of the question bears on each result."""

    day: date
    terms: frozenset[str]
    searched: frozenset[str]
    explain: bool


def present_ranking(
    service: Service, question: Question, ranking: Ranking, page: Page | None = None
) -> SearchResponse:
    """One page of a ranking; by default its first `question.k` provisions."""
    asked = page or Page(size=question.k)
    first = asked.number * asked.size
    hits = ranking.hits[first : first + asked.size]
    shelf = _fetch(service, hits)
    seen = _Asked(question.as_of, question_terms(question.text), frozenset(ranking.terms), asked.explain)
    found = [_result(hit, shelf, seen) for hit in hits]
    covered = ranking.decision.covered
    total = ranking.total if covered else 0
    return SearchResponse(
        query=question.text,
        method=question.method.value,
        page=asked.number,
        page_size=asked.size,
        total=total,
        previous_page=asked.address(question, asked.number - 1) if asked.number else None,
        next_page=asked.address(question, asked.number + 1) if first + asked.size < total else None,
        took=round(asked.took, 2),
        relaxed=ranking.relaxed,
        language=ranking.language,
        covered=covered,
        probability=round(ranking.decision.probability, 4),
        doubt=doubt(ranking),
        coverage=coverage_of(catalogue_of(service.reader), question),
        resolutions=[_resolution(service, r) for r in ranking.resolutions],
        sort=asked.narrowing.sort.value,
        order=asked.narrowing.order.value,
        candidates=len(ranking.pool),
        facets=asked.facets if covered or asked.facets is None else [],
        results=found if covered else [],
        nearest=[] if covered else found,
    )


def _fetch(service: Service, hits: Collection[Hit]) -> _Shelf:
    """Four queries, whatever the number of results."""
    catalogue = catalogue_of(service.reader)
    keys = list({evidence.passage_key for hit in hits for evidence in hit.evidence})
    ids = [hit.provision for hit in hits]
    return _Shelf(
        {str(i): p for i, p in service.reader.provisions(ids).items()},
        service.reader.passages(keys),
        service.reader.places(keys, ids),
        catalogue.notes,
        catalogue.titles,
    )


def _result(hit: Hit, shelf: _Shelf, asked: _Asked) -> ProvisionResult:
    provision = shelf.provisions[hit.provision]
    law = law_on(provision.versions, asked.day)
    version = law.text_holder
    found = [_evidence(e, hit.provision, shelf, asked.terms) for e in hit.evidence]
    text = version.text if version else ""
    seen = marks(text, asked.terms | asked.searched if asked.explain else asked.terms)
    return ProvisionResult(
        **provision_fields(provision, law, shelf.records.get(hit.provision)),
        score=round(hit.score, 4),
        parts=present_parts(hit.parts),
        highlights=text_spans((mark.start, mark.end) for mark in seen if mark.term in asked.terms),
        evidence=found,
        explanation=explanation(hit) if asked.explain else None,
        ranks=present_ranks(hit.ranks) if asked.explain else None,
        words=words_of(text, seen, asked.searched) if asked.explain and version else None,
    )


def _evidence(evidence: Evidence, provision: str, shelf: _Shelf, terms: Collection[str]) -> EvidenceOut:
    """The quote is the part of the passage around its citation of the provision; the title of a list of words."""
    passage = shelf.passages[evidence.passage_key]
    place = shelf.places.get((evidence.passage_key, provision))
    around = [place] if place else highlights(passage.text, terms)
    start, end = title_of_words(passage) or excerpt(passage.text, around, QUOTE)
    quote = passage.text[start:end]
    return EvidenceOut(
        passage=passage.id,
        document=passage.document,
        document_title=shelf.titles.get(passage.document, passage.document),
        kind=passage.kind.value,
        heading=list(passage.heading),
        place=passage.place,
        question=passage.question,
        quote=quote,
        highlights=text_spans(highlights(quote, terms)),
        spans=spans_of(passage, start, end),
        score=round(evidence.score, 4),
        url=passage_url(passage),
    )


def _resolution(service: Service, resolution: Resolution) -> ResolutionOut:
    lost = resolution.status is Status.UNKNOWN_NUMBER
    return ResolutionOut(
        target=resolution.target,
        citation=cite_id(resolution.target),
        status=resolution.status.value,
        provisions=list(resolution.provisions),
        candidates=list(nearest(service.articles, resolution.target)) if lost else [],
        message=resolution.message,
    )
