"""The pages of the sources: what the base holds, what was wrong in it, what it lacks; and the API's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.addresses import passage_anchor
from api.http.dependencies import DayParameters, NameDep, ServiceDep
from api.pages.answers import ShownPassage, shown_passages
from api.pages.rendering import page
from api.presenters.corpus import present_document, present_documents, present_stats
from api.presenters.passages import present_links, present_passages, titles_of
from api.presenters.previews import previews_of
from api.presenters.search_scope import coverage_of
from api.schemas.answers import PassageResult
from api.schemas.corpus import DocumentDetail, FactOut
from kb.model import DocumentKind, Passage, PassageKind
from kb.text.french_dates import french_date
from service.catalogue import catalogue_of
from service.search import PassageRequest, Question, search_passages

router = APIRouter()

# Passages shown of a document that is searched.
_MOST_FOUND = 20
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ACRONYMS = {"ecli": "ECLI"}


@router.get("/sources")
def sources(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every document, with counts, anomalies and coverage."""
    catalogue = catalogue_of(service.reader)
    listed = present_documents(service)
    documents = listed.results
    context = {
        "unread": listed.unread,
        "groups": [(kind, list(same)) for kind, same in groupby(documents, key=lambda d: d.kind)],
        "stats": present_stats(service),
        "catalogue": catalogue,
        "coverage": coverage_of(catalogue, Question("", DayParameters().day)),
        "api_url": "/v1/documents",
    }
    return page(request, "sources.html", context)


@router.get("/sources/{name:path}")
def source(request: Request, service: ServiceDep, name: NameDep, q: str = "") -> HTMLResponse:
    """One document: its questions, its passages outside of any question, its faults; what of it answers `q`."""
    document = present_document(service, name)
    if q.strip() and document.kind != DocumentKind.CODE:
        return _searched(request, service, document, q)
    passages = {}
    if document.kind != DocumentKind.CODE:
        every = service.reader.passages_of(name)
        passages = {key: p for key, p in every if p.question is None}
    links = present_links(
        service.reader.cites(tuple(passages)), passages, titles_of(catalogue_of(service.reader))
    )
    passages_shown = shown_passages(tuple(passages.values()), links, previews_of(service, links))
    context = {
        "document": document,
        "facts": _facts(document.facts),
        "sections": _sections(passages_shown, passages.values()),
        "api_url": f"/v1/documents/{name}",
    }
    return page(request, "document.html", context)


def _searched(request: Request, service: ServiceDep, document: DocumentDetail, query: str) -> HTMLResponse:
    """The passages of one document that answer a question, best first."""
    wanted = PassageRequest(Question(query, date.today()), (), document.id, _MOST_FOUND)
    answer = present_passages(search_passages(service, wanted))
    context = {
        "document": document,
        "asked": query,
        "found": answer,
        "places": {result.id: _place(result) for result in answer.results},
        "api_url": f"/v1/passages?{urlencode({'query': query, 'document': document.id, 'page_size': _MOST_FOUND})}",
    }
    return page(request, "document_search.html", context)


def _place(result: PassageResult) -> str:
    """Where a passage stands in its document: its question, or its heading."""
    if result.question is not None:
        return f"Question {result.place}" if result.kind != PassageKind.FOOTNOTE else result.place
    return " › ".join(result.heading[1:]) or result.place or result.document_title


def _facts(facts: Iterable[FactOut]) -> list[tuple[str, list[str]]]:
    """The values of each name, in the order of the names."""
    by_name: dict[str, list[str]] = {}
    for fact in facts:
        name = _ACRONYMS.get(fact.name, fact.name[:1].upper() + fact.name[1:])
        by_name.setdefault(name, []).append(_DAY.sub(_in_words, fact.value))
    return list(by_name.items())


def _in_words(match: re.Match[str]) -> str:
    try:
        return french_date(date.fromisoformat(match[0]))
    except ValueError:
        return match[0]


def _sections(
    ready: Sequence[ShownPassage], passages: Iterable[Passage]
) -> list[tuple[tuple[str, ...], list[ShownPassage]]]:
    """Passages under their headings, without the title of the document itself."""
    headings = {passage_anchor(p): p.heading[1:] for p in passages}
    return [(path, list(same)) for path, same in groupby(ready, key=lambda s: headings[s.anchor])]
