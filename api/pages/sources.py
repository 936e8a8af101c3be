"""The pages of the sources: what the base holds, what was wrong in it, what it lacks; and the API's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.addresses import passage_anchor
from api.catalogue import catalogue_of
from api.corpus_schemas import FactOut
from api.coverage import coverage_of
from api.deps import DayParameters, NameDep, ServiceDep
from api.pages.answers import ShownPassage, shown_passages
from api.pages.rendering import page
from api.presenting_corpus import present_document, present_documents, present_stats
from api.presenting_passages import present_links, titles_of
from api.previews import previews_of
from index.answer import Question
from kb.model import DocumentKind, Passage

router = APIRouter()


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
    shown = shown_passages(tuple(passages.values()), links, previews_of(service, links))
    context = {
        "document": document,
        "facts": _facts(document.facts),
        "sections": _sections(shown, passages.values()),
        "api_url": f"/v1/documents/{name}",
    }
    return page(request, "document.html", context)


def _facts(facts: Iterable[FactOut]) -> list[tuple[str, list[str]]]:
    """The values of each name, in the order of the names."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        found.setdefault(fact.name, []).append(fact.value)
    return list(found.items())


def _sections(
    shown: Sequence[ShownPassage], passages: Iterable[Passage]
) -> list[tuple[tuple[str, ...], list[ShownPassage]]]:
    """Passages under their headings, without the title of the document itself."""
    headings = {passage_anchor(p): p.heading[1:] for p in passages}
    return [(path, list(same)) for path, same in groupby(shown, key=lambda s: headings[s.anchor])]
