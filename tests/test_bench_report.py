"""What a measure leaves behind: cells in French, tables in Markdown, results that survive JSON and partial runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.__main__ import SECTIONS, keep, main, stamped
from bench.tools.metrics import Interval
from bench.tools.report import Cell, Section, Table, from_json, markdown, shown, to_json

figures = st.floats(allow_nan=False, allow_infinity=False)
cells = st.one_of(
    st.none(), st.text(), st.integers(), figures, st.builds(Interval, figures, figures, figures)
)


def _section(name: str, *rows: tuple[Cell, ...]) -> Section:
    table = Table("Une table", ("outil", "valeur"), rows, "Une note.")
    return Section(name, f"Titre de {name}", "Des données.", (table,), "2026-01-02", "2 cœurs")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.5, "0,500"),
        (-0.25, "-0,250"),
        (-0.0001, "0,000"),
        (12.345, "12,3"),
        (1234.5, "1234"),
        (61204, "61 204"),
        (None, "–"),
        ("mots", "mots"),
        (Interval(0.5, 0.25, 0.75), "0,500 [0,250 ; 0,750]"),
    ],
)
def test_a_cell_is_shown_as_a_french_reader_expects_it(cell: Cell, text: str) -> None:
    assert shown(cell) == text


@given(rows=st.lists(st.tuples(cells, cells)))
def test_sections_come_back_from_json_as_they_went(rows: list[tuple[Cell, Cell]]) -> None:
    section = _section("retrieval", *rows)
    assert from_json(json.loads(json.dumps(to_json([section])))) == {"retrieval": section}


def test_a_markdown_table_has_as_many_cells_in_every_line() -> None:
    page = markdown([_section("speed", ("a|b", 1.0), ("c", None))])
    lines = [line.replace("\\|", "") for line in page.splitlines() if line.startswith("|")]
    assert [line.count("|") for line in lines] == [3, 3, 3, 3]
    assert "Mesuré le 2026-01-02 : 2 cœurs." in page
    assert "Une note." in page


def test_a_section_measured_alone_leaves_the_others_on_the_page(tmp_path: Path) -> None:
    results, page = tmp_path / "results.json", tmp_path / "mesures.md"
    keep(_section("citations", ("a", 1.0)), results, page)
    keep(_section("retrieval", ("b", 2.0)), results, page)
    keep(_section("citations", ("c", 3.0)), results, page)
    text = page.read_text(encoding="utf-8")
    assert text.index("Titre de retrieval") < text.index("Titre de citations")
    assert "| c | 3,000 |" in text
    assert "| a | 1,000 |" not in text


def test_a_section_is_stamped_with_its_day_and_machine() -> None:
    bare = replace(_section("build"), measured="", machine="")
    assert stamped(bare, date(2026, 1, 2), "2 cœurs") == _section("build")


def test_every_section_has_a_name_and_a_measure_of_its_own() -> None:
    expected = ["retrieval", "ablation", "records", "peers", "speed", "build", "citations", "references"]
    assert list(SECTIONS) == expected
    assert len({measure.__module__ for measure in SECTIONS.values()}) == len(SECTIONS)


def test_the_help_is_french_and_names_every_section(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    text = capsys.readouterr().out
    assert stop.value.code == 0
    assert text.startswith("Emploi : ")
    assert all(name in text for name in SECTIONS)


@pytest.mark.parametrize("arguments", [["inconnue"], ["--repeats", "0"], ["--repeats", "deux"]])
def test_a_wrong_argument_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert arguments[-1] in capsys.readouterr().err
