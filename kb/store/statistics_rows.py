"""Figures and what is said of them: rows ⇄ domain values, each pair in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kb.ids import DocumentId
from kb.statistics import (
    DIMENSIONS,
    Check,
    Doubt,
    Family,
    Figure,
    Gap,
    Label,
    Masked,
    Measure,
    Number,
    Outcome,
    Qualifier,
    Statistics,
    Total,
)
from kb.store.rows import Row
from kb.store.tables import FigureRow, StatisticRow

_FAMILY, _LABELS, _CHECK, _DOUBT, _GAP = "famille", "valeurs", "rapprochement", "anomalie", "manque"


def figure_row(figure: Figure, source: str, key: int) -> Row:
    return {
        "id": key,
        "source": source,
        "family": figure.family,
        "measure": figure.measure,
        "year": figure.year,
        "period": figure.period,
        "value": figure.value,
        "masked": figure.masked,
        "qualifier": figure.qualifier,
        "question": figure.question,
        "place": figure.place,
        "line": figure.line,
        **{name: figure.dimensions.get(name, "") for name in DIMENSIONS},
    }


def figure_from(row: FigureRow) -> Figure:
    return Figure(
        family=row.family,
        measure=row.measure,
        year=row.year,
        value=_number(row.value),
        masked=Masked(row.masked) if row.masked else None,
        question=row.question,
        place=row.place,
        line=row.line,
        period=row.period,
        qualifier=Qualifier(row.qualifier) if row.qualifier else None,
        dimensions={name: value for name in DIMENSIONS if (value := getattr(row, name))},
    )


def _number(value: float | None) -> Number | None:
    """Whole where it is: the store keeps every value as a float."""
    return int(value) if value is not None and value == int(value) else value


def statistics_rows(statistics: Statistics | None, source: str, first: int) -> Iterator[Row]:
    for key, (kind, content) in enumerate(_contents(statistics) if statistics else (), first):
        yield {"id": key, "source": source, "kind": kind, "content": content}


def _contents(statistics: Statistics) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((_FAMILY, asdict(family)) for family in statistics.families)
    for dimension, name in statistics.names.items():
        values = [[value, label.fr, label.en] for value, label in statistics.labels[dimension].items()]
        yield _LABELS, {"id": dimension, "name": asdict(name), "values": values}
    yield from ((_CHECK, asdict(check)) for check in statistics.checks)
    yield from ((_DOUBT, asdict(doubt)) for doubt in statistics.doubts)
    yield from ((_GAP, asdict(gap)) for gap in statistics.gaps)


def statistics_from(rows: Iterable[StatisticRow]) -> Statistics:
    contents: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        contents.setdefault(row.kind, []).append(row.content)
    labels = contents.get(_LABELS, [])
    return Statistics(
        families=tuple(_family(content) for content in contents.get(_FAMILY, ())),
        names={content["id"]: Label(**content["name"]) for content in labels},
        labels={c["id"]: {value: Label(fr, en) for value, fr, en in c["values"]} for c in labels},
        checks=tuple(_check(content) for content in contents.get(_CHECK, ())),
        doubts=tuple(Doubt(**_tuples(content)) for content in contents.get(_DOUBT, ())),
        gaps=tuple(Gap(**_tuples(content)) for content in contents.get(_GAP, ())),
    )


def _family(content: dict[str, Any]) -> Family:
    measures = tuple(Measure(m["id"], Label(**m["label"]), m["unit"]) for m in content["measures"])
    fields = {**_tuples(content), "title": Label(**content["title"]), "measures": measures}
    return Family(**{**fields, "document": DocumentId(content["document"])})


def _check(content: dict[str, Any]) -> Check:
    sides = {side: Total(**content[side]) for side in ("left", "right")}
    return Check(**{**_tuples(content), **sides, "outcome": Outcome(content["outcome"])})


def _tuples(content: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where the values have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
