"""Writing: what one source brought replaces what it had brought before, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlmodel import SQLModel

from kb.ids import PassageId, ProvisionId
from kb.model import Anomaly, Citation, CitationKind, Document, Passage, PassageKind, Provision, Resolution
from kb.statistics import Figure, Statistics
from kb.store.database import set_meta
from kb.store.records import StoredRecord, record_row
from kb.store.rows import Row, anomaly_row, document_row, passage_row, provision_row, stub_row, version_row
from kb.store.statistics_rows import figure_row, statistics_rows
from kb.store.tables import CONTENT_TABLES
from kb.text.spans import Span

_tables = SQLModel.metadata.tables
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
        table = _tables["source"]
        return {row.key: row.fingerprint for row in self._connection.execute(select(table))}

    def remove(self, key: str) -> None:
        """Take out all that a source had brought, its citations' links included."""
        citations = _tables["citation"]
        mine = select(citations.c.id).where(citations.c.source == key)
        self._connection.execute(delete(_tables["link"]).where(_tables["link"].c.citation.in_(mine)))
        for model in CONTENT_TABLES:
            table = _tables[str(model.__tablename__)]
            self._connection.execute(delete(table).where(table.c.source == key))
        source = _tables["source"]
        self._connection.execute(delete(source).where(source.c.key == key))

    def replace(self, content: SourceContent) -> None:
        """Put a source in, in place of what it had brought before."""
        self.remove(content.key)
        self._insert("source", [{"key": content.key, "fingerprint": content.fingerprint}])
        self._insert("document", [document_row(d, content.key) for d in content.documents])
        self._insert("record", (record_row(r, content.key) for r in content.records))
        self._insert("provision", (provision_row(p, content.key) for p in content.provisions))
        self._insert("version", (version_row(v, content.key) for p in content.provisions for v in p.versions))
        first = self._reserve_keys(len(content.passages))
        keys = {passage.id: first + i for i, passage in enumerate(content.passages)}
        self._insert("passage", (passage_row(p, content.key, keys[p.id]) for p in content.passages))
        self._insert("citation", self._citation_rows(content, keys))
        start = self._next("anomaly", "id")
        self._insert(
            "anomaly", (anomaly_row(a, content.key, start + i) for i, a in enumerate(content.anomalies))
        )
        first = self._next("figure", "id")
        self._insert("figure", (figure_row(f, content.key, first + i) for i, f in enumerate(content.figures)))
        first = self._next("statistic", "id")
        self._insert("statistic", statistics_rows(content.statistics, content.key, first))

    def drop_stubs(self) -> None:
        """Take out the provisions that no text gives, before texts are replaced."""
        table = _tables["provision"]
        self._connection.execute(delete(table).where(table.c.source == STUBS))

    def add_stubs(self) -> None:
        """Put in, without any version, the provisions that our records speak of and no text of the base gives."""
        passage, provision = _tables["passage"], _tables["provision"]
        known = select(provision.c.id)
        query = select(passage.c.provision).where(
            passage.c.provision.is_not(None), passage.c.provision.not_in(known)
        )
        missing = sorted({row.provision for row in self._connection.execute(query)})
        self._insert("provision", (stub_row(ProvisionId(name), STUBS) for name in missing))

    def citations(self) -> Iterator[StoredCitation]:
        """Every citation of the base, for resolution."""
        citation, passage = _tables["citation"], _tables["passage"]
        columns = (passage.c.document, passage.c.kind.label("passage_kind"), passage.c.place)
        query = select(citation, *columns).join(passage, passage.c.key == citation.c.passage)
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
        self._connection.execute(delete(_tables["link"]))

    def link(self, resolved: Iterable[tuple[int, tuple[Resolution, ...]]]) -> None:
        """Store what became of each of these citations."""
        first = self._next("link", "id")
        self._insert("link", ({"id": first + i, **row} for i, row in enumerate(_link_rows(resolved))))

    def set_meta(self, key: str, value: str) -> None:
        """Write one fact about the base."""
        set_meta(self._connection, key, value)

    def _citation_rows(self, content: SourceContent, keys: dict[PassageId, int]) -> Iterator[Row]:
        first = self._next("citation", "id")
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
        table = _tables["meta"]
        found = self._connection.execute(
            select(table.c.value).where(table.c.key == "next_passage_key")
        ).scalar()
        first = int(found or 1)
        self.set_meta("next_passage_key", str(first + count))
        return first

    def _next(self, table: str, column: str) -> int:
        highest = self._connection.execute(select(func.max(_tables[table].c[column]))).scalar()
        return 1 if highest is None else int(highest) + 1

    def _insert(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        table: Table = _tables[name]
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
