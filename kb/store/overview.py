"""The base as a whole: its facts, its counts, what it lacks."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from kb.memo import Memo
from kb.model import UNREADABLE_FILE
from kb.store.database import Database
from kb.store.tables import (
    AnomalyRow,
    CitationRow,
    DocumentRow,
    FigureRow,
    LinkRow,
    PassageRow,
    ProvisionRow,
    VersionRow,
)

T = TypeVar("T")
COUNTED = (DocumentRow, ProvisionRow, VersionRow, PassageRow, CitationRow, LinkRow, AnomalyRow, FigureRow)
"""What the counts of a base are of."""


class Overview:
    """Questions about the whole base. Every method opens and closes its own connection."""

    def __init__(self, database: Database) -> None:
        self._database, self.memo = database, Memo()

    def meta(self) -> dict[str, str]:
        """All facts about the base: schema version, generation, date of the build."""
        return self._database.meta()

    def counts(self) -> dict[str, int]:
        """Number of rows of each kind."""
        with Session(self._database.engine) as session:
            return {
                str(row.__tablename__): session.execute(select(func.count()).select_from(row)).scalar_one()
                for row in COUNTED
            }

    def links_by_status(self) -> dict[str, int]:
        """Count the links by what became of their citation."""
        return self._grouped(col(LinkRow.status))

    def anomalies_by_kind(self) -> dict[str, int]:
        """Count the faults of the sources by their kind."""
        return self._grouped(col(AnomalyRow.kind))

    def anomalies_by_document(self) -> dict[str, int]:
        """Count the faults of each document."""
        return self._grouped(col(AnomalyRow.document))

    def passages_by_kind(self) -> dict[str, int]:
        """Count the passages by their kind."""
        return self._grouped(col(PassageRow.kind))

    def passages_by_document(self) -> dict[str, int]:
        """Count the passages of each document."""
        return self._grouped(col(PassageRow.document))

    def provisions_by_code(self) -> dict[str, int]:
        """Count the provisions of each code."""
        return self._grouped(col(ProvisionRow.code))

    def _grouped(self, column: Mapped[str]) -> dict[str, int]:
        rows = self._rows(select(column.label("value"), func.count().label("n")).group_by(column))
        return {row["value"]: row["n"] for row in rows}

    def first_dates(self) -> dict[str, date]:
        """By code, the first day on which any wording of its articles is known."""
        query = select(col(ProvisionRow.code), func.min(col(VersionRow.start)).label("first"))
        joined = query.join(VersionRow, col(VersionRow.provision) == col(ProvisionRow.id)).group_by(
            col(ProvisionRow.code)
        )
        return {row["code"]: row["first"] for row in self._rows(joined)}

    def missing_targets(self) -> dict[str, int]:
        """How often each target that is not in the base is cited."""
        query = select(col(LinkRow.target), func.count().label("n")).where(
            col(LinkRow.status) == "not_in_corpus"
        )
        return {row["target"]: row["n"] for row in self._rows(query.group_by(col(LinkRow.target)))}

    def cited_by_articles(self, text: str) -> dict[str, int]:
        """How often the articles of the base cite each target of a text that it lacks."""
        official = col(PassageRow.version).is_not(None) & (col(LinkRow.status) == "not_in_corpus")
        query = (
            select(col(LinkRow.target), func.count().label("n"))
            .join(CitationRow, col(CitationRow.id) == col(LinkRow.citation))
            .join(PassageRow, col(PassageRow.key) == col(CitationRow.passage))
            .where(official, col(LinkRow.target).startswith(f"{text}/", autoescape=True))
        )
        return {row["target"]: row["n"] for row in self._rows(query.group_by(col(LinkRow.target)))}

    def anomalies(self, document_id: str, limit: int = 200) -> tuple[tuple[str, str], ...]:
        """(kind, message) of a document's faults."""
        query = (
            select(AnomalyRow)
            .where(col(AnomalyRow.document) == document_id)
            .order_by(col(AnomalyRow.id))
            .limit(limit)
        )
        return tuple((row.kind, row.message) for row in self._entities(query))

    def unreadable_files(self) -> tuple[tuple[str, str], ...]:
        """(path, message) of the files that the base was built without."""
        query = (
            select(AnomalyRow)
            .where(col(AnomalyRow.kind) == UNREADABLE_FILE)
            .order_by(col(AnomalyRow.document))
        )
        return tuple((row.document, row.message) for row in self._entities(query))

    def _rows(self, query: Select[*tuple[Any, ...]]) -> list[RowMapping]:
        """The columns of a query, by name."""
        with Session(self._database.engine) as session:
            return list(session.execute(query).mappings())

    def _entities(self, query: Select[T]) -> list[T]:
        """The whole rows of a query, as their class."""
        with Session(self._database.engine) as session:
            return list(session.execute(query).scalars())
