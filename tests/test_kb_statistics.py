"""Figures in the store: what is written is what is read, by any of their columns, and goes with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.statistics import StatisticsReading, read_statistics
from kb.statistics import DIMENSIONS, Statistics
from kb.store import Database, FigureReader, SourceContent, Writer

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "statistics"


@pytest.fixture(scope="module")
def reading() -> StatisticsReading:
    return read_statistics({path.name: path.read_bytes() for path in FOLDER.iterdir()})


def content(reading: StatisticsReading) -> SourceContent:
    return SourceContent(
        "statistiques", "1", (), (), (), (), (), statistics=reading.statistics, figures=reading.figures
    )


@pytest.fixture
def database(tmp_path: Path, reading: StatisticsReading) -> Database:
    found = Database.sqlite(tmp_path / "kb.sqlite")
    found.create_schema()
    with found.transaction() as connection:
        Writer(connection).replace(content(reading))
    return found


def test_figures_and_all_that_is_said_of_them_are_read_as_they_were_written(
    database: Database, reading: StatisticsReading
) -> None:
    reader = FigureReader(database)
    assert reader.figures({}) == reading.figures
    assert reader.statistics() == reading.statistics


def test_figures_are_found_by_any_of_their_columns(database: Database, reading: StatisticsReading) -> None:
    reader = FigureReader(database)
    for column in DIMENSIONS:
        values = {f.dimensions[column] for f in reading.figures if column in f.dimensions}
        for value in values:
            found = reader.figures({column: [value]})
            assert found == tuple(f for f in reading.figures if f.dimensions.get(column) == value)
    both = reader.figures({"year": [2021, 2022], "question": [39]})
    assert [f.value for f in both] == [3, 5, 9, 4, 9, 3]
    assert reader.figures({"measure": ["' OR 1=1 --"]}) == ()


def test_figures_go_with_their_source_and_are_not_doubled(
    database: Database, reading: StatisticsReading
) -> None:
    with database.transaction() as connection:
        Writer(connection).replace(content(reading))
    assert len(FigureReader(database).figures({})) == len(reading.figures)
    with database.transaction() as connection:
        Writer(connection).remove("statistiques")
    assert FigureReader(database).figures({}) == ()
    assert FigureReader(database).statistics() == Statistics()
