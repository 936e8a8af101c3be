"""The base as a whole: its facts, its counts, what it lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlmodel import SQLModel

from kb.model import UNREADABLE_FILE
from kb.store.database import Database

_tables = SQLModel.metadata.tables


class Overview:
    """Questions about the whole base. Every method opens and closes its own connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def meta(self) -> dict[str, str]:
        """All facts about the base: schema version, generation, date of the build."""
        return self._database.meta()

    def counts(self) -> dict[str, int]:
        """Number of rows of each kind."""
        names = ("document", "provision", "version", "passage", "citation", "link", "anomaly", "figure")
        with self._database.engine.connect() as connection:
            return {
                n: connection.execute(select(func.count()).select_from(_tables[n])).scalar_one()
                for n in names
            }

    def grouped(self, table: str, column: str) -> dict[str, int]:
        """Counts by value of a column: links by status, anomalies by kind, provisions by code."""
        target = _tables[table].c[column]
        rows = self._rows(select(target.label("value"), func.count().label("n")).group_by(target))
        return {row["value"]: row["n"] for row in rows}

    def first_dates(self) -> dict[str, date]:
        """By code, the first day on which any wording of its articles is known."""
        provision, version = _tables["provision"], _tables["version"]
        query = select(provision.c.code, func.min(version.c.start).label("first"))
        joined = query.join(version, version.c.provision == provision.c.id).group_by(provision.c.code)
        return {row["code"]: row["first"] for row in self._rows(joined)}

    def missing_targets(self) -> dict[str, int]:
        """How often each target that is not in the base is cited."""
        link = _tables["link"]
        query = select(link.c.target, func.count().label("n")).where(link.c.status == "not_in_corpus")
        return {row["target"]: row["n"] for row in self._rows(query.group_by(link.c.target))}

    def cited_by_articles(self, text: str) -> dict[str, int]:
        """How often the articles of the base cite each target of a text that it lacks."""
        link, citation, passage = _tables["link"], _tables["citation"], _tables["passage"]
        official = passage.c.version.is_not(None) & (link.c.status == "not_in_corpus")
        query = (
            select(link.c.target, func.count().label("n"))
            .join(citation, citation.c.id == link.c.citation)
            .join(passage, passage.c.key == citation.c.passage)
            .where(official, link.c.target.startswith(f"{text}/", autoescape=True))
        )
        return {row["target"]: row["n"] for row in self._rows(query.group_by(link.c.target))}

    def anomalies(self, document_id: str, limit: int = 200) -> tuple[tuple[str, str], ...]:
        """(kind, message) of a document's faults."""
        table = _tables["anomaly"]
        query = select(table).where(table.c.document == document_id).order_by(table.c.id).limit(limit)
        return tuple((row["kind"], row["message"]) for row in self._rows(query))

    def unreadable_files(self) -> tuple[tuple[str, str], ...]:
        """(path, message) of the files that the base was built without."""
        table = _tables["anomaly"]
        query = select(table).where(table.c.kind == UNREADABLE_FILE).order_by(table.c.document)
        return tuple((row["document"], row["message"]) for row in self._rows(query))

    def _rows(self, query: Select[Any]) -> list[RowMapping]:
        with self._database.engine.connect() as connection:
            return list(connection.execute(query).mappings())
