"""The answer of a search, from the values of the use case to what the API and the pages show of it."""

from __future__ import annotations

from dataclasses import dataclass

from api.addresses import passage_url, search_url
from api.presenters.facets import present_facets
from api.presenters.other_days import present_dates, present_other_days
from api.presenters.passages import spans_of
from api.presenters.provisions import provision_fields
from api.presenters.scores import doubt, explanation, present_parts, present_ranks, text_spans, words_of
from api.presenters.search_scope import coverage_of
from api.schemas.answers import EvidenceOut, ProvisionResult, ResolutionOut, SearchResponse
from api.schemas.facets import FacetOut
from kb.french_citation import cite_id
from kb.model import Resolution
from service.search import FoundProvision, Quote, SearchAnswer, highlights, marks, question_terms


@dataclass(frozen=True, slots=True)
class _Context:
    """What of the question bears on each result: its own terms, and all that were searched."""

    terms: frozenset[str]
    searched: frozenset[str]
    titles: dict[str, str]
    explain: bool


def present_answer(answer: SearchAnswer, *, explain: bool = False) -> SearchResponse:
    """One page of an answer; `explain` adds why each result is there, in French."""
    request, ranking, covered = answer.request, answer.ranking, answer.covered
    total = ranking.total if covered else 0
    results = _results(answer, explain)
    return SearchResponse(
        query=request.question.text,
        method=request.question.method.value,
        page=request.page,
        page_size=request.page_size,
        total=total,
        previous_page=_page_url(answer, request.page - 1) if request.page else None,
        next_page=_page_url(answer, request.page + 1) if _end(answer) < total else None,
        took=round(answer.milliseconds, 2),
        relaxed=ranking.relaxed,
        language=ranking.language,
        covered=covered,
        probability=round(ranking.decision.probability, 4),
        doubt=doubt(ranking),
        other_days=present_other_days(answer),
        dates_proposed=present_dates(answer),
        coverage=coverage_of(answer.catalogue, request.question),
        resolutions=[_resolution(answer, resolution) for resolution in ranking.resolutions],
        sort=request.refinement.sort.value,
        order=request.refinement.order.value,
        candidates=len(ranking.pool),
        facets=_facets(answer),
        results=results if covered else [],
        nearest=[] if covered else results,
    )


def _end(answer: SearchAnswer) -> int:
    return (answer.request.page + 1) * answer.request.page_size


def _page_url(answer: SearchAnswer, page: int) -> str:
    """The API's address of another page of the same answer."""
    request = answer.request
    return search_url(request.question, page, request.page_size, request.refinement.parameters())


def _facets(answer: SearchAnswer) -> list[FacetOut] | None:
    """None when they were not asked for, none of them when nothing covers the question."""
    if answer.counts is None or not answer.covered:
        return None if answer.counts is None else []
    request = answer.request
    return present_facets(request.question, request.page_size, request.refinement, answer.counts)


def _results(answer: SearchAnswer, explain: bool) -> list[ProvisionResult]:
    question = answer.request.question
    context = _Context(
        question_terms(question.text),
        frozenset(answer.ranking.terms),
        answer.catalogue.titles,
        explain,
    )
    return [_result(one, context) for one in answer.provisions]


def _result(one: FoundProvision, context: _Context) -> ProvisionResult:
    text, hit, explain = one.text, one.hit, context.explain
    places = marks(text, context.terms | context.searched if explain else context.terms)
    return ProvisionResult(
        **provision_fields(one.provision, one.law, one.note),
        score=round(hit.score, 4),
        parts=present_parts(hit.parts),
        highlights=text_spans((mark.start, mark.end) for mark in places if mark.term in context.terms),
        evidence=[_evidence(quote, context) for quote in one.quotes],
        explanation=explanation(hit) if explain else None,
        ranks=present_ranks(hit.ranks) if explain else None,
        words=words_of(text, places, context.searched) if explain and one.law.text_holder else None,
    )


def _evidence(quote: Quote, context: _Context) -> EvidenceOut:
    passage = quote.passage
    return EvidenceOut(
        passage=passage.id,
        document=passage.document,
        document_title=context.titles.get(passage.document, passage.document),
        kind=passage.kind.value,
        heading=list(passage.heading),
        place=passage.place,
        question=passage.question,
        quote=quote.text,
        highlights=text_spans(highlights(quote.text, context.terms)),
        spans=spans_of(passage, quote.start, quote.end),
        score=round(quote.score, 4),
        url=passage_url(passage),
    )


def _resolution(answer: SearchAnswer, resolution: Resolution) -> ResolutionOut:
    return ResolutionOut(
        target=resolution.target,
        citation=cite_id(resolution.target),
        status=resolution.status.value,
        provisions=list(resolution.provisions),
        candidates=list(answer.nearest.get(resolution.target, ())),
        message=resolution.message,
    )
