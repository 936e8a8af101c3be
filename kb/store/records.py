"""Our own notes in the store: one row each, what the front matter says as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlmodel import col

from kb.errors import UnknownDocument
from kb.ids import DocumentId
from kb.records import Record, RecordKind
from kb.store.overview import Overview
from kb.store.tables import RecordRow

_RECORD: TypeAdapter[Record] = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record and the document whose passages hold its text."""

    document: DocumentId
    record: Record


def record_row(stored: StoredRecord, source: str) -> dict[str, Any]:
    """The row of a record."""
    record = stored.record
    return {
        "id": record.id,
        "source": source,
        "document": stored.document,
        "kind": record.kind,
        "title": record.title,
        "said": record.model_dump_json(by_alias=True),
    }


def record_from(row: RecordRow) -> StoredRecord:
    """The record of a row."""
    return StoredRecord(DocumentId(row.document), _RECORD.validate_json(row.said))


class RecordReader(Overview):
    """Questions about records. Every method opens and closes its own connection."""

    def every_record(self, kind: RecordKind | None = None) -> tuple[StoredRecord, ...]:
        """All records, or those of one kind, by kind then identifier."""
        query = select(RecordRow).order_by(col(RecordRow.kind), col(RecordRow.id))
        if kind is not None:
            query = query.where(col(RecordRow.kind) == kind.value)
        return tuple(record_from(row) for row in self._entities(query))

    def record(self, record_id: str) -> StoredRecord:
        """Raises UnknownDocument."""
        for row in self._entities(select(RecordRow).where(col(RecordRow.id) == record_id)):
            return record_from(row)
        raise UnknownDocument(f"Aucune fiche « {record_id[:100]} » dans la base.")
