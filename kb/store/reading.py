"""Reading: what the pages, the API, the command line and the index ask of the base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, func, select
from sqlmodel import SQLModel

from kb.errors import UnknownDocument, UnknownPassage
from kb.ids import ProvisionId
from kb.model import Document, DocumentKind, Passage, Provision, Version
from kb.store.linking import CitedTarget, Linking
from kb.store.records import RecordReader
from kb.store.rows import WITHOUT_PLACE, document_from, passage_from, provision_from, version_from

__all__ = ["CitedTarget", "IndexedLink", "IndexedPassage", "Reader"]

_tables = SQLModel.metadata.tables
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the index needs of a passage; the validity is that of its version, open for other documents."""

    key: int
    document: str
    kind: str
    provision: str | None
    question: int | None
    heading: tuple[str, ...]
    text: str
    start: date | None
    end: date | None
    state: str | None
    concurrent: int


class IndexedLink(NamedTuple):
    """A citation that was resolved. `passage` is the key of the passage that holds it, `citing` the provision whose
    article does; `size` is how many provisions it names."""

    passage: int | None
    citing: str | None
    provision: str
    size: int
    confidence: float


class Reader(Linking, RecordReader):
    """Read-only questions to the base. Every method opens and closes its own connection."""

    # Documents and passages

    def documents(self) -> tuple[Document, ...]:
        """All documents, by kind then title."""
        table = _tables["document"]
        query = select(table).order_by(table.c.kind, table.c.title, table.c.day)
        return tuple(document_from(row) for row in self._rows(query))

    def document(self, document_id: str) -> Document:
        """Raises UnknownDocument."""
        table = _tables["document"]
        for row in self._rows(select(table).where(table.c.id == document_id)):
            return document_from(row)
        raise UnknownDocument(f"Aucun document « {document_id[:100]} » dans la base.")

    def passage(self, passage_id: str) -> Passage:
        """Raises UnknownPassage."""
        table = _tables["passage"]
        for row in self._rows(select(table).where(table.c.id == passage_id)):
            return passage_from(row)
        raise UnknownPassage(f"Aucun passage « {passage_id[:100]} » dans la base.")

    def passage_key(self, passage_id: str) -> int:
        """Number of a passage in the index. Raises UnknownPassage."""
        table = _tables["passage"]
        for row in self._rows(select(table.c.key).where(table.c.id == passage_id)):
            return int(row["key"])
        raise UnknownPassage(f"Aucun passage « {passage_id[:100]} » dans la base.")

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """Passages by their number in the index."""
        table = _tables["passage"]
        rows = self._rows(select(table).where(table.c.key.in_(list(keys))))
        return {row["key"]: passage_from(row) for row in rows}

    def named_passages(self, ids: Iterable[str]) -> dict[str, tuple[int, Passage]]:
        """Passages by identifier, with their numbers in the index; unknown ones are left out."""
        table = _tables["passage"]
        rows = self._rows(select(table).where(table.c.id.in_(list(ids))))
        return {row["id"]: (row["key"], passage_from(row)) for row in rows}

    def passages_of(
        self, document_id: str, *, question: int | None = None
    ) -> tuple[tuple[int, Passage], ...]:
        """Passages of a document in its order, with their numbers; of one of its questions when given."""
        table = _tables["passage"]
        query = select(table).where(table.c.document == document_id).order_by(table.c.ordinal)
        if question is not None:
            query = query.where(table.c.question == question)
        return tuple((row["key"], passage_from(row)) for row in self._rows(query))

    def questions(self, document_id: str) -> tuple[int, ...]:
        """Numbers of the questions of a questionnaire, in order."""
        table = _tables["passage"]
        query = select(table.c.question).where(table.c.document == document_id, table.c.question.is_not(None))
        return tuple(row["question"] for row in self._rows(query.distinct().order_by(table.c.question)))

    def records(self, provisions: Iterable[str] | None = None) -> dict[str, Passage]:
        """Our own note on each of these provisions, or on all, by identifier; those without any are left out."""
        table, document = _tables["passage"], _tables["document"]
        query = select(table).join(document, document.c.id == table.c.document)
        query = query.where(document.c.kind == DocumentKind.RECORD.value, table.c.ordinal == 0)
        about = table.c.provision
        rows = self._rows(
            query.where(about.is_not(None) if provisions is None else about.in_(list(provisions)))
        )
        return {row["provision"]: passage_from(row) for row in rows}

    # Provisions

    def provisions(self, ids: Iterable[str]) -> dict[ProvisionId, Provision]:
        """Provisions with all their versions, by identifier; unknown ones are left out."""
        wanted = list(ids)
        version = _tables["version"]
        versions: dict[str, list[Version]] = {}
        query = select(version).where(version.c.provision.in_(wanted)).order_by(version.c.ordinal)
        for row in self._rows(query):
            versions.setdefault(row["provision"], []).append(version_from(row))
        bare = self.bare_provisions(wanted)
        return {name: replace(one, versions=tuple(versions.get(name, ()))) for name, one in bare.items()}

    def bare_provisions(self, ids: Iterable[str]) -> dict[ProvisionId, Provision]:
        """Provisions without their versions: their place in the code and no text."""
        table = _tables["provision"]
        rows = self._rows(select(table).where(table.c.id.in_(list(ids))))
        return {ProvisionId(row["id"]): provision_from(row, ()) for row in rows}

    def provision(self, provision_id: str) -> Provision | None:
        """One provision with all its versions, or None."""
        return self.provisions([provision_id]).get(ProvisionId(provision_id))

    def with_number(self, canonical: str) -> tuple[ProvisionId, ...]:
        """The provisions of every code that bear this number."""
        table = _tables["provision"]
        query = select(table.c.id).where(table.c.canonical == canonical).order_by(table.c.id)
        return tuple(ProvisionId(row["id"]) for row in self._rows(query))

    def numbers(self, code: str) -> tuple[str, ...]:
        """Canonical numbers of a code, in its order."""
        table = _tables["provision"]
        query = select(table.c.canonical).where(table.c.code == code).order_by(table.c.position)
        return tuple(row["canonical"] for row in self._rows(query))

    def headings(self, code: str) -> tuple[tuple[ProvisionId, tuple[str, ...]], ...]:
        """(identifier, headings from the top) of every article of a code that has a place in it, in its order."""
        table = _tables["provision"]
        query = select(table.c.id, table.c.heading).where(
            table.c.code == code, table.c.position < WITHOUT_PLACE
        )
        rows = self._rows(query.order_by(table.c.position))
        return tuple((ProvisionId(row["id"]), tuple(row["heading"])) for row in rows)

    def neighbours(self, provision: Provision, reach: int = 3) -> tuple[Provision, ...]:
        """The articles just before and after in the same code, without their versions."""
        table = _tables["provision"]
        near = table.c.position.between(provision.position - reach, provision.position + reach)
        query = select(table).where(table.c.code == provision.code, near).order_by(table.c.position)
        return tuple(provision_from(row, ()) for row in self._rows(query) if row["id"] != provision.id)

    def passages_about(self, provision_id: str) -> dict[int, Passage]:
        """The passages that hold an article's versions, and our note on it, by their number in the index."""
        table = _tables["passage"]
        rows = self._rows(select(table).where(table.c.provision == provision_id).order_by(table.c.key))
        return {row["key"]: passage_from(row) for row in rows}

    # For the index

    def indexed_passages(self) -> Iterator[IndexedPassage]:
        """Every passage, by key, with the validity of its version."""
        passage, version = _tables["passage"], _tables["version"]
        joined = passage.outerjoin(
            version,
            (version.c.provision == passage.c.provision) & (version.c.ordinal == passage.c.version),
        )
        columns = [
            passage.c[n] for n in ("key", "document", "kind", "provision", "question", "heading", "text")
        ]
        more = [version.c[n] for n in ("start", "stop", "state", "concurrent")]
        query = select(*columns, *more).select_from(joined).order_by(passage.c.key)
        for row in self._stream(query):
            yield IndexedPassage(
                key=row["key"],
                document=row["document"],
                kind=row["kind"],
                provision=row["provision"],
                question=row["question"],
                heading=tuple(row["heading"]),
                text=row["text"],
                start=row["start"],
                end=row["stop"],
                state=row["state"],
                concurrent=row["concurrent"] or 0,
            )

    def indexed_provisions(self) -> Iterator[tuple[str, str, str]]:
        """(identifier, code, number) of every provision, by code and position."""
        table = _tables["provision"]
        query = select(table.c.id, table.c.code, table.c.number).order_by(table.c.code, table.c.position)
        for row in self._stream(query):
            yield row["id"], row["code"], row["number"]

    def validities(self) -> Iterator[tuple[str, date, date | None, str, date]]:
        """(provision, start, end, state, first day seen) of every version."""
        table = _tables["version"]
        query = select(*[table.c[n] for n in ("provision", "start", "stop", "state", "first_seen")])
        for row in self._stream(query.order_by(table.c.provision, table.c.ordinal)):
            yield row["provision"], row["start"], row["stop"], row["state"], row["first_seen"]

    def indexed_links(self) -> Iterator[IndexedLink]:
        """Every link, of passages and of articles."""
        link, citation = _tables["link"], _tables["citation"]
        sizes = (
            select(link.c.citation, func.count().label("n"))
            .where(link.c.provision.is_not(None))
            .group_by(link.c.citation)
            .subquery()
        )
        query = (
            select(
                citation.c.passage,
                citation.c.from_provision,
                link.c.provision,
                sizes.c.n,
                link.c.confidence,
            )
            .join(citation, citation.c.id == link.c.citation)
            .join(sizes, sizes.c.citation == link.c.citation)
            .where(link.c.provision.is_not(None), link.c.status == "resolved")
        )
        for row in self._stream(query):
            yield IndexedLink(*row.values())

    def _stream(self, query: Select[Any]) -> Iterator[RowMapping]:
        with self._database.engine.connect() as connection:
            yield from connection.execution_options(yield_per=_BATCH).execute(query).mappings()
