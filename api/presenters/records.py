"""Our own records as the API and the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.addresses import passage_anchor, provision_url, record_url
from api.presenters.official_addresses import official_address
from api.presenters.passages import present_links, titles_of
from api.schemas.records import RecordDetail, RecordList, RecordSection, RecordStatement, RecordSummary
from kb.model import Passage
from kb.records import ProvisionRecord, Record, RecordKind, actors_of
from kb.records.statements import statements
from kb.store import StoredRecord
from service.base import Service
from service.catalogue import Catalogue, catalogue_of

_OPENING = ".\n\n"


def list_records(
    catalogue: Catalogue,
    kind: RecordKind | None = None,
    question: int | None = None,
    provision: str | None = None,
) -> list[Record]:
    """The records of a kind, that speak of a question, that are about a provision or cite it; all when not told."""
    records = (stored.record for stored in catalogue.records.values())
    return [
        record
        for record in records
        if (kind is None or record.kind == kind)
        and (question is None or question in record.questions)
        and (provision is None or record.provision == provision or provision in record.cited)
    ]


def present_records(records: Sequence[Record], page: int, size: int, address: str) -> RecordList:
    """One page of records; `address` is that of the list, with its filters."""
    first = page * size

    def place(number: int) -> str:
        return f"{address}{'&' if '?' in address else '?'}page={number}&page_size={size}"

    return RecordList(
        page=page,
        page_size=size,
        total=len(records),
        previous_page=place(page - 1) if page else None,
        next_page=place(page + 1) if first + size < len(records) else None,
        results=[_summary(record) for record in records[first : first + size]],
    )


def present_record_detail(service: Service, record_id: str) -> RecordDetail:
    """One record in full. Raises UnknownDocument."""
    stored = service.reader.record(record_id)
    catalogue = catalogue_of(service.reader)
    passages = dict(service.reader.passages_of(stored.document))
    links = present_links(service.reader.cites(tuple(passages)), passages, titles_of(catalogue))
    record = stored.record
    return RecordDetail(
        **_fields(record),
        document=stored.document,
        provision_url=provision_url(record.provision) if record.provision else None,
        source_url=record.url or (official_address(record.provision) if record.provision else None),
        sections=[_section(record, passage) for passage in list(passages.values())[:-1]],
        actors=list(actors_of(record)) if isinstance(record, ProvisionRecord) else [],
        fields=record,
        cites=links,
        related=_summaries(catalogue.records[i] for i in record.linked if i in catalogue.records),
        named_by=_summaries(s for s in catalogue.records.values() if _names(s.record, record)),
    )


def _names(other: Record, record: Record) -> bool:
    return record.id in other.linked or record.id in other.cited


def _summaries(records: Iterable[StoredRecord]) -> list[RecordSummary]:
    return [_summary(stored.record) for stored in records]


def _summary(record: Record) -> RecordSummary:
    return RecordSummary(**_fields(record))


def _fields(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "title_en": record.title_en,
        "questions": list(record.questions),
        "checked": record.checked,
        "checked_against": record.checked_against,
        "url": record_url(record.id),
    }


def _section(record: Record, passage: Passage) -> RecordSection:
    """A section of a record; the title, which opens a body without headings, is left out."""
    _, title, *heading = passage.heading
    start = 0 if heading else len(title) + len(_OPENING)
    return RecordSection(
        passage=passage.id,
        heading=heading[0] if heading else "",
        place=passage.place if passage.question is not None else "",
        text=passage.text[start:],
        start=start,
        anchor=passage_anchor(passage),
        statements=present_statements(record, passage.text[start:]),
    )


def present_statements(record: Record, text: str) -> list[RecordStatement]:
    """The sentences of a part of a record, each with what it stands on."""
    return [
        RecordStatement(text=s.text, basis=s.basis, reference=s.reference, place=s.place)
        for s in statements(record, text)
    ]
