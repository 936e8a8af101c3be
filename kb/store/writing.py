"""Writing: what one source brought replaces what it had brought before, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, SQLColumnExpression, delete, func, insert, select
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col

from kb.ids import PassageId, ProvisionId
from kb.model import Anomaly, Citation, CitationKind, Document, Passage, PassageKind, Provision, Resolution
from kb.statistics import Figure, Statistics
from kb.store.database import set_meta
from kb.store.records import StoredRecord, record_row
from kb.store.rows import Row, anomaly_row, document_row, passage_row, provision_row, stub_row, version_row
from kb.store.statistics_rows import figure_row, statistics_rows
from kb.store.tables import (
    CONTENT_TABLES,
    AnomalyRow,
    CitationRow,
    DocumentRow,
    FigureRow,
    LinkRow,
    MetaRow,
    PassageRow,
    ProvisionRow,
    RecordRow,
    SourceRow,
    StatisticRow,
    VersionRow,
)
from kb.text.spans import Span

_BATCH = 5_000
STUBS = "sans texte"
"""Source of the provisions that are spoken of and whose text is not in the base."""


@dataclass(frozen=True, slots=True)
class PlacedCitation:
    """A citation (spans in the raw source) and its place in the text of one passage."""

    passage: PassageId
    citation: Citation
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class SourceContent:
    """All that one source brings to the base."""

    key: str
    fingerprint: str
    documents: tuple[Document, ...]
    provisions: tuple[Provision, ...]
    passages: tuple[Passage, ...]
    citations: tuple[PlacedCitation, ...]
    anomalies: tuple[Anomaly, ...]
    records: tuple[StoredRecord, ...] = ()
    statistics: Statistics | None = None
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """A citation with its number in the store, the document and the passage it stands in."""

    id: int
    source: str
    document: str
    kind: PassageKind
    place: str
    citation: Citation


class Writer:
    """Writes within one open transaction; the caller commits or rolls back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fingerprints(self) -> dict[str, str]:
        """Fingerprint of each source as last built."""
        return {row.key: row.fingerprint for row in self._connection.execute(select(SourceRow))}

    def remove(self, key: str) -> None:
        """Take out all that a source had brought, its citations' links included."""
        mine = select(col(CitationRow.id)).where(col(CitationRow.source) == key)
        self._connection.execute(delete(LinkRow).where(col(LinkRow.citation).in_(mine)))
        for table in CONTENT_TABLES:
            self._connection.execute(delete(table).where(col(table.source) == key))
        self._connection.execute(delete(SourceRow).where(col(SourceRow.key) == key))

    def replace(self, content: SourceContent) -> None:
        """Put a source in, in place of what it had brought before."""
        self.remove(content.key)
        self._insert(SourceRow, [{"key": content.key, "fingerprint": content.fingerprint}])
        self._insert(DocumentRow, [document_row(d, content.key) for d in content.documents])
        self._insert(RecordRow, (record_row(r, content.key) for r in content.records))
        self._insert(ProvisionRow, (provision_row(p, content.key) for p in content.provisions))
        self._insert(
            VersionRow, (version_row(v, content.key) for p in content.provisions for v in p.versions)
        )
        first = self._reserve_keys(len(content.passages))
        keys = {passage.id: first + i for i, passage in enumerate(content.passages)}
        self._insert(PassageRow, (passage_row(p, content.key, keys[p.id]) for p in content.passages))
        self._insert(CitationRow, self._citation_rows(content, keys))
        start = self._next(col(AnomalyRow.id))
        self._insert(
            AnomalyRow, (anomaly_row(a, content.key, start + i) for i, a in enumerate(content.anomalies))
        )
        first = self._next(col(FigureRow.id))
        self._insert(
            FigureRow, (figure_row(f, content.key, first + i) for i, f in enumerate(content.figures))
        )
        first = self._next(col(StatisticRow.id))
        self._insert(StatisticRow, statistics_rows(content.statistics, content.key, first))

    def drop_stubs(self) -> None:
        """Take out the provisions that no text gives, before texts are replaced."""
        self._connection.execute(delete(ProvisionRow).where(col(ProvisionRow.source) == STUBS))

    def add_stubs(self) -> None:
        """Put in, without any version, the provisions that our records speak of and no text of the base gives."""
        known = select(col(ProvisionRow.id))
        query = select(col(PassageRow.provision)).where(
            col(PassageRow.provision).is_not(None), col(PassageRow.provision).not_in(known)
        )
        missing = sorted({row.provision for row in self._connection.execute(query)})
        self._insert(ProvisionRow, (stub_row(ProvisionId(name), STUBS) for name in missing))

    def citations(self) -> Iterator[StoredCitation]:
        """Every citation of the base, for resolution."""
        columns: tuple[SQLColumnExpression[str], ...] = (
            col(PassageRow.document),
            col(PassageRow.kind).label("passage_kind"),
            col(PassageRow.place),
        )
        query = select(CitationRow, *columns).join(
            PassageRow, col(PassageRow.key) == col(CitationRow.passage)
        )
        for row in self._connection.execute(query.execution_options(yield_per=_BATCH)).mappings():
            yield StoredCitation(
                row["id"],
                row["source"],
                row["document"],
                PassageKind(row["passage_kind"]),
                row["place"],
                Citation(
                    spans=tuple(Span(*pair) for pair in row["spans"]),
                    raw=row["raw"],
                    targets=tuple(row["targets"]),
                    kind=CitationKind(row["kind"]),
                    subdivision=row["subdivision"],
                    inherited=row["inherited"],
                ),
            )

    def drop_links(self) -> None:
        """Take out every link, before all citations are resolved anew."""
        self._connection.execute(delete(LinkRow))

    def link(self, resolved: Iterable[tuple[int, tuple[Resolution, ...]]]) -> None:
        """Store what became of each of these citations."""
        first = self._next(col(LinkRow.id))
        self._insert(LinkRow, ({"id": first + i, **row} for i, row in enumerate(_link_rows(resolved))))

    def set_meta(self, key: str, value: str) -> None:
        """Write one fact about the base."""
        set_meta(self._connection, key, value)

    def _citation_rows(self, content: SourceContent, keys: dict[PassageId, int]) -> Iterator[Row]:
        first = self._next(col(CitationRow.id))
        origin = {passage.id: passage.provision for passage in content.passages}
        for i, placed in enumerate(content.citations):
            citation = placed.citation
            yield {
                "id": first + i,
                "source": content.key,
                "passage": keys[placed.passage],
                "from_provision": origin[placed.passage],
                "raw": citation.raw,
                "spans": [list(span) for span in citation.spans],
                "text_start": placed.text_start,
                "text_end": placed.text_end,
                "kind": citation.kind.value,
                "subdivision": citation.subdivision,
                "inherited": citation.inherited,
                "targets": list(citation.targets),
            }

    def _reserve_keys(self, count: int) -> int:
        """First of `count` passage keys never given before: the index keeps vectors by key from build to build."""
        reserved = self._connection.execute(
            select(col(MetaRow.value)).where(col(MetaRow.key) == "next_passage_key")
        ).scalar()
        first = int(reserved or 1)
        self.set_meta("next_passage_key", str(first + count))
        return first

    def _next(self, column: Mapped[int]) -> int:
        highest = self._connection.execute(select(func.max(column))).scalar()
        return 1 if highest is None else int(highest) + 1

    def _insert(self, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._connection.execute(insert(table), batch)
                batch = []
        if batch:
            self._connection.execute(insert(table), batch)


def _link_rows(resolved: Iterable[tuple[int, tuple[Resolution, ...]]]) -> Iterator[Row]:
    """One row per provision found; one row without provision when nothing was."""
    for number, resolutions in resolved:
        for resolution in resolutions:
            for provision in resolution.provisions or (None,):
                yield {
                    "citation": number,
                    "target": resolution.target,
                    "status": resolution.status.value,
                    "provision": provision,
                    "how": resolution.how,
                    "confidence": resolution.confidence,
                    "message": resolution.message,
                }
