"""A question as asked over HTTP, answered and timed: the same for the API and for the pages."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from api.http.dependencies import PassageParameters, SearchParameters
from api.presenters.answers import Page, present_ranking
from api.presenters.facets import present_facets
from api.presenters.passages import present_passages
from api.schemas.answers import PassageSearchResponse, SearchResponse
from index.retrieval.model import PassageHit, Question
from kb.model import DocumentKind, PassageKind
from service.base import Service
from service.facet_filter import Sieve
from service.reference_lookup import checked_name

# How deep to look when only some kinds of passages are wanted.
_DEPTH = 200


def answer(service: Service, asked: SearchParameters) -> SearchResponse:
    """One page of the provisions that answer."""
    page = Page(asked.page, asked.page_size, asked.explain, narrowing=asked.narrowing(service))
    return answer_question(service, asked.question(), page)


def answer_question(service: Service, question: Question, page: Page) -> SearchResponse:
    """The same, of a question that was already read: kept, sorted and counted as the page says."""
    started = perf_counter()
    sieve = Sieve(service, question.as_of, page.narrowing)
    ranking = service.searcher.rank(question, sieve)
    facets = None
    if page.narrowing.counted:
        facets = present_facets(question, page.size, page.narrowing, sieve.counts(ranking.pool))
    took = (perf_counter() - started) * 1000
    return present_ranking(service, question, ranking, replace(page, took=took, facets=facets))


def answer_passages(service: Service, asked: PassageParameters) -> PassageSearchResponse:
    """The passages that answer, of the kinds and in the document asked for. Raises UnknownDocument."""
    started = perf_counter()
    question = Question(asked.query, asked.day, _DEPTH, (), asked.method)
    if asked.document is not None:
        hits = _within(service, question, asked, checked_name(asked.document))
    else:
        hits = [*_articles(service, question, asked), *_others(service, question, asked)]
    hits.sort(key=lambda hit: -hit.score)
    return present_passages(service, question, hits[: asked.page_size], (perf_counter() - started) * 1000)


def _within(service: Service, question: Question, asked: PassageParameters, name: str) -> list[PassageHit]:
    """Of one document: its articles when it is a code."""
    document = service.reader.document(name)
    passages = dict(service.reader.passages_of(document.id))
    articles = document.kind is DocumentKind.CODE
    hits = service.searcher.passages(question, articles=articles, only=tuple(passages))
    return [hit for hit in hits if not asked.kind or passages[hit.passage_key].kind in asked.kind]


def _articles(service: Service, question: Question, asked: PassageParameters) -> tuple[PassageHit, ...]:
    if PassageKind.ARTICLE not in asked.kind:
        return ()
    return service.searcher.passages(question, articles=True)


def _others(service: Service, question: Question, asked: PassageParameters) -> list[PassageHit]:
    wanted = set(asked.kind) - {PassageKind.ARTICLE}
    if asked.kind and not wanted:
        return []
    hits = service.searcher.passages(question, articles=False)
    if not wanted:
        return list(hits)
    passages = service.reader.passages([hit.passage_key for hit in hits])
    return [hit for hit in hits if passages[hit.passage_key].kind in wanted]
