"""Reading: what the pages, the API, the command line and the index ask of the base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, func, select
from sqlmodel import Session, col

from kb.errors import UnknownDocument, UnknownPassage
from kb.ids import ProvisionId
from kb.model import Document, DocumentKind, Passage, Provision, Version
from kb.store.linking import CitedTarget, Linking
from kb.store.records import RecordReader
from kb.store.rows import (
    VALIDITY_COLUMNS,
    WITHOUT_PLACE,
    document_from,
    passage_from,
    provision_from,
    validity_from,
    version_from,
)
from kb.store.tables import CitationRow, DocumentRow, LinkRow, PassageRow, ProvisionRow, VersionRow
from kb.validity import Validity, first_possible_day

__all__ = ["CitedTarget", "IndexedLink", "IndexedPassage", "Reader"]

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What the index needs of a passage.

    Its version may apply on the days of `[start, end)`; both are None for the passages of other documents.
    """

    key: int
    document: str
    kind: str
    provision: str | None
    question: int | None
    heading: tuple[str, ...]
    text: str
    start: date | None
    end: date | None


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
        query = select(DocumentRow).order_by(
            col(DocumentRow.kind), col(DocumentRow.title), col(DocumentRow.day)
        )
        return tuple(document_from(row) for row in self._entities(query))

    def document(self, document_id: str) -> Document:
        """Raises UnknownDocument."""
        for row in self._entities(select(DocumentRow).where(col(DocumentRow.id) == document_id)):
            return document_from(row)
        raise UnknownDocument(f"Aucun document « {document_id[:100]} » dans la base.")

    def passage(self, passage_id: str) -> Passage:
        """Raises UnknownPassage."""
        for row in self._entities(select(PassageRow).where(col(PassageRow.id) == passage_id)):
            return passage_from(row)
        raise UnknownPassage(f"Aucun passage « {passage_id[:100]} » dans la base.")

    def passage_key(self, passage_id: str) -> int:
        """Number of a passage in the index. Raises UnknownPassage."""
        for row in self._rows(select(col(PassageRow.key)).where(col(PassageRow.id) == passage_id)):
            return int(row["key"])
        raise UnknownPassage(f"Aucun passage « {passage_id[:100]} » dans la base.")

    def passages(self, keys: Sequence[int]) -> dict[int, Passage]:
        """Passages by their number in the index."""
        rows = self._entities(select(PassageRow).where(col(PassageRow.key).in_(list(keys))))
        return {row.key: passage_from(row) for row in rows}

    def named_passages(self, ids: Iterable[str]) -> dict[str, tuple[int, Passage]]:
        """Passages by identifier, with their numbers in the index; unknown ones are left out."""
        rows = self._entities(select(PassageRow).where(col(PassageRow.id).in_(list(ids))))
        return {row.id: (row.key, passage_from(row)) for row in rows}

    def passages_of(
        self, document_id: str, *, question: int | None = None
    ) -> tuple[tuple[int, Passage], ...]:
        """Passages of a document in its order, with their numbers; of one of its questions when given."""
        query = (
            select(PassageRow)
            .where(col(PassageRow.document) == document_id)
            .order_by(col(PassageRow.ordinal))
        )
        if question is not None:
            query = query.where(col(PassageRow.question) == question)
        return tuple((row.key, passage_from(row)) for row in self._entities(query))

    def questions(self, document_id: str) -> tuple[int, ...]:
        """Numbers of the questions of a questionnaire, in order."""
        query = select(col(PassageRow.question)).where(
            col(PassageRow.document) == document_id, col(PassageRow.question).is_not(None)
        )
        return tuple(
            row["question"] for row in self._rows(query.distinct().order_by(col(PassageRow.question)))
        )

    def records(self, provisions: Iterable[str] | None = None) -> dict[str, Passage]:
        """Our own note on each of these provisions, or on all, by identifier; those without any are left out."""
        query = select(PassageRow).join(DocumentRow, col(DocumentRow.id) == col(PassageRow.document))
        query = query.where(col(DocumentRow.kind) == DocumentKind.RECORD.value, col(PassageRow.ordinal) == 0)
        about = col(PassageRow.provision)
        rows = self._entities(
            query.where(about.is_not(None) if provisions is None else about.in_(list(provisions)))
        )
        return {str(row.provision): passage_from(row) for row in rows}

    # Provisions

    def provisions(self, ids: Iterable[str]) -> dict[ProvisionId, Provision]:
        """Provisions with all their versions, by identifier; unknown ones are left out."""
        wanted = list(ids)
        versions: dict[str, list[Version]] = {}
        query = (
            select(VersionRow).where(col(VersionRow.provision).in_(wanted)).order_by(col(VersionRow.ordinal))
        )
        for row in self._entities(query):
            versions.setdefault(row.provision, []).append(version_from(row))
        bare = self.bare_provisions(wanted)
        return {name: replace(one, versions=tuple(versions.get(name, ()))) for name, one in bare.items()}

    def bare_provisions(self, ids: Iterable[str]) -> dict[ProvisionId, Provision]:
        """Provisions without their versions: their place in the code and no text."""
        rows = self._entities(select(ProvisionRow).where(col(ProvisionRow.id).in_(list(ids))))
        return {ProvisionId(row.id): provision_from(row, ()) for row in rows}

    def provision(self, provision_id: str) -> Provision | None:
        """One provision with all its versions, or None."""
        return self.provisions([provision_id]).get(ProvisionId(provision_id))

    def with_number(self, canonical: str) -> tuple[ProvisionId, ...]:
        """The provisions of every code that bear this number."""
        query = (
            select(col(ProvisionRow.id))
            .where(col(ProvisionRow.canonical) == canonical)
            .order_by(col(ProvisionRow.id))
        )
        return tuple(ProvisionId(row["id"]) for row in self._rows(query))

    def numbers(self, code: str) -> tuple[str, ...]:
        """Canonical numbers of a code, in its order."""
        query = (
            select(col(ProvisionRow.canonical))
            .where(col(ProvisionRow.code) == code)
            .order_by(col(ProvisionRow.position))
        )
        return tuple(row["canonical"] for row in self._rows(query))

    def headings(self, code: str) -> tuple[tuple[ProvisionId, tuple[str, ...]], ...]:
        """(identifier, headings from the top) of every article of a code that has a place in it, in its order."""
        query = select(col(ProvisionRow.id), col(ProvisionRow.heading)).where(
            col(ProvisionRow.code) == code, col(ProvisionRow.position) < WITHOUT_PLACE
        )
        rows = self._rows(query.order_by(col(ProvisionRow.position)))
        return tuple((ProvisionId(row["id"]), tuple(row["heading"])) for row in rows)

    def neighbours(self, provision: Provision, reach: int = 3) -> tuple[Provision, ...]:
        """The articles just before and after in the same code, without their versions."""
        near = col(ProvisionRow.position).between(provision.position - reach, provision.position + reach)
        query = (
            select(ProvisionRow)
            .where(col(ProvisionRow.code) == provision.code, near)
            .order_by(col(ProvisionRow.position))
        )
        return tuple(provision_from(row, ()) for row in self._entities(query) if row.id != provision.id)

    def passages_about(self, provision_id: str) -> dict[int, Passage]:
        """The passages that hold an article's versions, and our note on it, by their number in the index."""
        rows = self._entities(
            select(PassageRow).where(col(PassageRow.provision) == provision_id).order_by(col(PassageRow.key))
        )
        return {row.key: passage_from(row) for row in rows}

    # For the index

    def indexed_passages(self) -> Iterator[IndexedPassage]:
        """Every passage, by key, with the validity of its version."""
        columns = (
            PassageRow.key,
            PassageRow.document,
            PassageRow.kind,
            PassageRow.provision,
            PassageRow.question,
            PassageRow.heading,
            PassageRow.text,
        )
        more = [getattr(VersionRow, name) for name in VALIDITY_COLUMNS]
        wording = (col(VersionRow.provision) == col(PassageRow.provision)) & (
            col(VersionRow.ordinal) == col(PassageRow.version)
        )
        query = select(*map(col, (*columns, *more))).outerjoin_from(PassageRow, VersionRow, wording)
        query = query.order_by(col(PassageRow.key))
        for row in self._stream(query):
            validity = validity_from(row) if row["start"] else None
            yield IndexedPassage(
                key=row["key"],
                document=row["document"],
                kind=row["kind"],
                provision=row["provision"],
                question=row["question"],
                heading=tuple(row["heading"]),
                text=row["text"],
                start=first_possible_day(validity, (validity,)) if validity else None,
                end=validity.end if validity else None,
            )

    def indexed_provisions(self) -> Iterator[tuple[str, str, str]]:
        """(identifier, code, number) of every provision, by code and position."""
        query = select(col(ProvisionRow.id), col(ProvisionRow.code), col(ProvisionRow.number)).order_by(
            col(ProvisionRow.code), col(ProvisionRow.position)
        )
        for row in self._stream(query):
            yield row["id"], row["code"], row["number"]

    def validities(self) -> Iterator[tuple[str, Validity]]:
        """(provision, its interval) of every version."""
        columns = [getattr(VersionRow, name) for name in ("provision", *VALIDITY_COLUMNS)]
        query = select(*map(col, columns))
        for row in self._stream(query.order_by(col(VersionRow.provision), col(VersionRow.ordinal))):
            yield row["provision"], validity_from(row)

    def indexed_links(self) -> Iterator[IndexedLink]:
        """Every link, of passages and of articles."""
        sizes = (
            select(col(LinkRow.citation), func.count().label("n"))
            .where(col(LinkRow.provision).is_not(None))
            .group_by(col(LinkRow.citation))
            .subquery()
        )
        query = (
            select(
                col(CitationRow.passage),
                col(CitationRow.from_provision),
                col(LinkRow.provision),
                sizes.c.n,
                col(LinkRow.confidence),
            )
            .join(CitationRow, col(CitationRow.id) == col(LinkRow.citation))
            .join(sizes, sizes.c.citation == col(LinkRow.citation))
            .where(col(LinkRow.provision).is_not(None), col(LinkRow.status) == "resolved")
        )
        for row in self._stream(query):
            yield IndexedLink(*row.values())

    def _stream(self, query: Select[*tuple[Any, ...]]) -> Iterator[RowMapping]:
        with Session(self._database.engine) as session:
            yield from session.execute(query, execution_options={"yield_per": _BATCH}).mappings()
