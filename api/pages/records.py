"""The pages of our own records: the list of each kind, and one record in full."""

from __future__ import annotations

from collections import Counter
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.addresses import answer_url, document_url
from api.http.dependencies import NameDep, ServiceDep
from api.pages.rendering import page
from api.presenters.highlighting import Block, blocks, placed_links
from api.presenters.passages import titles_of
from api.presenters.records import list_records, present_record_detail
from api.schemas.answers import LinkOut
from api.schemas.records import RecordDetail, RecordSection
from kb.records import AnswerRecord, Record, RecordKind
from service.catalogue import catalogue_of

router = APIRouter()

KINDS = {
    RecordKind.ANSWER: "Réponses au questionnaire",
    RecordKind.PROVISION: "Dispositions",
    RecordKind.DECISION: "Décisions",
    RecordKind.PLAN: "Plans et stratégies",
    RecordKind.TERM: "Glossaire",
}


@router.get("/fiches")
def records(
    request: Request, service: ServiceDep, kind: Annotated[RecordKind, Query()] = RecordKind.ANSWER
) -> HTMLResponse:
    """The records of one kind, and how many there are of the others."""
    catalogue = catalogue_of(service.reader)
    counts = Counter(stored.record.kind for stored in catalogue.records.values())
    ordered = sorted(list_records(catalogue, kind), key=_order)
    context = {
        "kinds": [(key, label, counts[key.value]) for key, label in KINDS.items()],
        "kind": kind,
        "label": KINDS[kind],
        "records": ordered,
        "api_url": f"/v1/records?kind={kind.value}",
    }
    return page(request, "records.html", context)


@router.get("/fiches/{name:path}")
def record(request: Request, service: ServiceDep, name: NameDep) -> HTMLResponse:
    """One record: its text with links, its fields, the records and provisions it is tied to."""
    detail = present_record_detail(service, name)
    context = {
        "record": detail,
        "label": KINDS[RecordKind(detail.kind)],
        "sections": shown_sections(detail),
        "linked": list({other.id: other for other in (*detail.related, *detail.named_by)}.values()),
        "answer_url": _answer_url(detail),
        "document_url": document_url(name) if name in titles_of(catalogue_of(service.reader)) else "",
        "cites": list({link.citation: link for link in detail.cites}.values()),
        "api_url": f"/v1/records/{quote(name)}",
    }
    return page(request, "record.html", context)


def _order(record: Record) -> tuple[int, str]:
    """Answers by question, the others by identifier."""
    return (record.question if isinstance(record, AnswerRecord) else 0, record.id)


def _answer_url(record: RecordDetail) -> str | None:
    fields = record.fields
    return answer_url(fields.document, fields.question) if isinstance(fields, AnswerRecord) else None


def shown_sections(record: RecordDetail) -> list[tuple[RecordSection, list[Block]]]:
    """Each section with its text by paragraph, its citations as links."""
    return [
        (section, blocks(section.text, placed_links(_own(record, section), -section.start)))
        for section in record.sections
    ]


def _own(record: RecordDetail, section: RecordSection) -> list[LinkOut]:
    return [link for link in record.cites if link.passage == section.passage]
