"""Reading the figures of the sources, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from kb.statistics import Figure, Statistics
from kb.store.database import Database
from kb.store.statistics_rows import figure_from, statistics_from
from kb.store.tables import FigureRow, StatisticRow


class FigureReader:
    """Read-only questions about figures. Every method opens and closes its own connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def statistics(self) -> Statistics:
        """Families, labels, checks, doubts and gaps; empty when no source brought any."""
        with Session(self._database.engine) as session:
            return statistics_from(session.exec(select(StatisticRow).order_by(col(StatisticRow.id))))

    def figures(self, wanted: Mapping[str, Sequence[str | int]]) -> tuple[Figure, ...]:
        """The figures that have one of the values wanted of each of these columns (family, measure, year, question,
        a dimension), in the order of their files."""
        query = select(FigureRow).order_by(col(FigureRow.id))
        for column, values in wanted.items():
            query = query.where(col(getattr(FigureRow, column)).in_(list(values)))
        with Session(self._database.engine) as session:
            return tuple(figure_from(row) for row in session.exec(query))
