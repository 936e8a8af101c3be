"""Reading the figures of the sources, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlmodel import SQLModel

from kb.statistics import Figure, Statistics
from kb.store.database import Database
from kb.store.statistics_rows import figure_from, statistics_from

_tables = SQLModel.metadata.tables


class FigureReader:
    """Read-only questions about figures. Every method opens and closes its own connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def statistics(self) -> Statistics:
        """Families, labels, checks, doubts and gaps; empty when no source brought any."""
        table = _tables["statistic"]
        with self._database.engine.connect() as connection:
            return statistics_from(connection.execute(select(table).order_by(table.c.id)).mappings())

    def figures(self, wanted: Mapping[str, Sequence[str | int]]) -> tuple[Figure, ...]:
        """The figures that have one of the values wanted of each of these columns (family, measure, year, question,
        a dimension), in the order of their files."""
        table = _tables["figure"]
        query = select(table).order_by(table.c.id)
        for column, values in wanted.items():
            query = query.where(table.c[column].in_(list(values)))
        with self._database.engine.connect() as connection:
            return tuple(figure_from(row) for row in connection.execute(query).mappings())
