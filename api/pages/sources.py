"""The pages of the sources: what the base holds, what was wrong in it, what it lacks; and the API's own."""

from __future__ import annotations

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.catalogue import catalogue_of
from api.coverage import coverage_of
from api.deps import DayParameters, NameDep, ServiceDep
from api.pages.answers import shown_passages
from api.pages.rendering import page
from api.presenting_corpus import present_document, present_documents, present_stats
from api.presenting_passages import present_links, titles_of
from index.answer import Question
from kb.model import DocumentKind

router = APIRouter()


@router.get("/sources")
def sources(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every document, with counts, anomalies and coverage."""
    catalogue = catalogue_of(service.reader)
    documents = present_documents(service).results
    context = {
        "groups": [(kind, list(same)) for kind, same in groupby(documents, key=lambda d: d.kind)],
        "stats": present_stats(service),
        "catalogue": catalogue,
        "coverage": coverage_of(catalogue, Question("", DayParameters().day)),
        "api_url": "/v1/documents",
    }
    return page(request, "sources.html", context)


@router.get("/sources/{name:path}")
def source(request: Request, service: ServiceDep, name: NameDep) -> HTMLResponse:
    """One document: its questions, its passages outside of any question, its faults."""
    document = present_document(service, name)
    passages = {}
    if document.kind != DocumentKind.CODE:
        found = service.reader.passages_of(name)
        passages = {key: p for key, p in found if p.question is None}
    links = present_links(
        service.reader.cites(tuple(passages)), passages, titles_of(catalogue_of(service.reader))
    )
    context = {
        "document": document,
        "passages": shown_passages(tuple(passages.values()), links),
        "api_url": f"/v1/documents/{name}",
    }
    return page(request, "document.html", context)


@router.get("/docs")
def reference(request: Request) -> HTMLResponse:
    """The API, route by route, from its own OpenAPI document."""
    document = request.app.openapi()
    routes = [
        (method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    return page(request, "reference.html", {"routes": routes, "info": document["info"]})
