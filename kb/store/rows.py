"""Rows ⇄ domain values, each pair in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.codes import code_by_slug
from kb.ids import DocumentId, PassageId, ProvisionId, parse_id
from kb.model import Anomaly, Bound, Document, DocumentKind, Passage, PassageKind, Provision, State, Version
from kb.store.tables import DocumentRow, PassageRow, ProvisionRow, VersionRow
from kb.text.spans import MappedText, Segment, Span
from kb.validity import Validity

Row = dict[str, Any]
WITHOUT_PLACE = 10**6
"""Position, after all others, of a provision whose text is not in the base."""


def document_row(document: Document, source: str) -> Row:
    return {
        "id": document.id,
        "source": source,
        "kind": document.kind.value,
        "title": document.title,
        "path": document.path,
        "sha256": document.sha256,
        "day": document.day,
        "text_id": document.text_id,
        "url": document.url,
        "facts": [list(fact) for fact in document.facts],
    }


def document_from(row: DocumentRow) -> Document:
    return Document(
        id=DocumentId(row.id),
        kind=DocumentKind(row.kind),
        title=row.title,
        path=row.path,
        sha256=row.sha256,
        day=row.day,
        text_id=row.text_id,
        url=row.url,
        facts=tuple((name, value) for name, value in row.facts),
    )


def provision_row(provision: Provision, source: str) -> Row:
    return {
        "id": provision.id,
        "source": source,
        "code": provision.code,
        "text_id": provision.text_id,
        "number": provision.number,
        "canonical": parse_id(provision.id).number or "",
        "position": provision.position,
        "heading": list(provision.heading),
    }


def stub_row(provision: ProvisionId, source: str) -> Row:
    """A provision without any text: its code comes from its identifier, its place after all others."""
    identifier = parse_id(provision)
    code = code_by_slug(identifier.text)
    stub = Provision(
        provision,
        identifier.text,
        code.legitext if code else "",
        identifier.number or "",
        WITHOUT_PLACE,
        (),
        (),
    )
    return provision_row(stub, source)


def provision_from(row: ProvisionRow, versions: tuple[Version, ...]) -> Provision:
    return Provision(
        id=ProvisionId(row.id),
        code=row.code,
        text_id=row.text_id,
        number=row.number,
        position=row.position,
        heading=tuple(row.heading),
        versions=versions,
    )


def version_row(version: Version, source: str) -> Row:
    return {
        "provision": version.provision,
        "ordinal": version.ordinal,
        "source": source,
        "start": version.start,
        "stop": version.end,
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
        "state": version.state.value,
        "text": version.text,
        "document": version.document,
        "spans": [list(span) for span in version.spans],
        "heading": list(version.heading),
        "concurrent": version.concurrent,
        "legiarti": version.legiarti,
        "start_bound": version.start_bound.value,
        "end_bound": version.end_bound.value,
        "act": version.act,
        "absent_from": version.absent_from,
        "absent_until": version.absent_until,
    }


def version_from(row: VersionRow) -> Version:
    return Version(
        provision=ProvisionId(row.provision),
        ordinal=row.ordinal,
        start=row.start,
        end=row.stop,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        state=State(row.state),
        text=row.text,
        document=DocumentId(row.document),
        spans=tuple(Span(*pair) for pair in row.spans),
        heading=tuple(row.heading),
        concurrent=row.concurrent,
        legiarti=row.legiarti,
        start_bound=Bound(row.start_bound),
        end_bound=Bound(row.end_bound),
        act=row.act,
        absent_from=row.absent_from,
        absent_until=row.absent_until,
    )


VALIDITY_COLUMNS = (
    "start",
    "stop",
    "last_seen",
    "state",
    "start_bound",
    "end_bound",
    "absent_from",
    "absent_until",
)


def validity_from(row: Mapping[Any, Any]) -> Validity:
    """The interval of a version, from its `VALIDITY_COLUMNS`."""
    return Validity(
        start=row["start"],
        end=row["stop"],
        state=State(row["state"]),
        last_seen=row["last_seen"],
        start_bound=Bound(row["start_bound"]),
        end_bound=Bound(row["end_bound"]),
        absent_from=row["absent_from"],
        absent_until=row["absent_until"],
    )


def passage_row(passage: Passage, source: str, key: int) -> Row:
    return {
        "key": key,
        "id": passage.id,
        "source": source,
        "document": passage.document,
        "ordinal": passage.ordinal,
        "kind": passage.kind.value,
        "heading": list(passage.heading),
        "place": passage.place,
        "text": passage.text,
        "segments": [list(segment) for segment in passage.content.segments],
        "question": passage.question,
        "parent": passage.parent,
        "provision": passage.provision,
        "version": passage.version,
        "urls": list(passage.urls),
    }


def passage_from(row: PassageRow) -> Passage:
    return Passage(
        id=PassageId(row.id),
        document=DocumentId(row.document),
        ordinal=row.ordinal,
        kind=PassageKind(row.kind),
        heading=tuple(row.heading),
        place=row.place,
        content=MappedText(row.text, tuple(Segment(*s) for s in row.segments)),
        question=row.question,
        parent=PassageId(row.parent) if row.parent else None,
        provision=ProvisionId(row.provision) if row.provision else None,
        version=row.version,
        urls=tuple(row.urls),
    )


def anomaly_row(anomaly: Anomaly, source: str, key: int) -> Row:
    return {
        "id": key,
        "source": source,
        "document": anomaly.document,
        "kind": anomaly.kind,
        "message": anomaly.message,
        "start": anomaly.span.start if anomaly.span else None,
        "stop": anomaly.span.end if anomaly.span else None,
    }
