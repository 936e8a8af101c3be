"""What a measure leaves behind: sections of tables, kept as JSON and shown on the terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.markup import escape
from rich.table import Table as Drawn

from bench.tools.metrics import Interval

Cell = str | int | float | Interval | None
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of raw values under named columns; `note` says what the reader must know to read them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One subject measured: `data` says what on, `measured` when, `machine` with what."""

    name: str
    title: str
    data: str
    tables: tuple[Table, ...]
    measured: str = ""
    machine: str = ""


def shown(cell: Cell) -> str:
    """A value as a French reader expects it; an absent one is a dash.

    >>> shown(0.51234), shown(12.345), shown(61204), shown(None)
    ('0,512', '12,3', '61 204', '–')
    >>> shown(Interval(0.5, 0.412, 0.6))
    '0,500 [0,412 ; 0,600]'
    """
    if cell is None:
        return _NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Interval):
        return f"{shown(cell.mean)} [{shown(cell.low)} ; {shown(cell.high)}]"
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", " ")
    digits = 0 if abs(cell) >= 100 else 1 if abs(cell) >= 10 else 3
    return f"{round(cell, digits) + 0.0:.{digits}f}".replace(".", ",")


def drawn(table: Table) -> Drawn:
    """The table for the terminal."""
    drawing = Drawn(title=escape(table.title), caption=escape(table.note) or None, title_justify="left")
    for position, column in enumerate(table.columns):
        drawing.add_column(escape(column), justify="left" if position == 0 else "right", overflow="fold")
    for row in table.rows:
        drawing.add_row(*(escape(shown(cell)) for cell in row))
    return drawing


def markdown(sections: Sequence[Section]) -> str:
    """The whole page of measures."""
    head = (
        "# Mesures\n\n"
        "Page écrite par `make bench`, qui la refait en entier ; les valeurs brutes sont dans\n"
        "[bench/results.json](../bench/results.json). Les temps dépendent de la machine et de ce qu'elle fait par\n"
        "ailleurs : ce qui se compare, ce sont les rapports entre outils mesurés à la suite sur la même machine.\n"
    )
    return "\n".join([head, *map(_section, sections)])


def _section(section: Section) -> str:
    about = f"## {section.title}\n\n{section.data}\n\nMesuré le {section.measured} : {section.machine}.\n"
    return "\n".join([about, *map(_table, section.tables)])


def _table(table: Table) -> str:
    rule = ["---"] + ["---:"] * (len(table.columns) - 1)
    rows = [table.columns, rule, *([shown(cell) for cell in row] for row in table.rows)]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    note = f"\n{table.note}\n" if table.note else ""
    return f"### {table.title}\n\n" + "\n".join(lines) + "\n" + note


def to_json(sections: Iterable[Section]) -> dict[str, Any]:
    """Sections by name, ready for `json.dump`; an interval becomes [mean, low, high]."""
    return {section.name: asdict(section) for section in sections}


def from_json(data: dict[str, Any]) -> dict[str, Section]:
    """The inverse of `to_json`."""
    return {name: _read_section(fields) for name, fields in data.items()}


def _read_section(fields: dict[str, Any]) -> Section:
    return Section(**{**fields, "tables": tuple(map(_read_table, fields["tables"]))})


def _read_table(fields: dict[str, Any]) -> Table:
    rows = tuple(tuple(map(_read_cell, row)) for row in fields["rows"])
    return Table(fields["title"], tuple(fields["columns"]), rows, fields["note"])


def _read_cell(cell: Any) -> Cell:
    return Interval(*cell) if isinstance(cell, list) else cell
