"""The columns of an index: kept in a file, looked up by key, limited by date."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.artefacts.passage_table import NONE, PassageEntry, PassageTable

ROWS = [
    # key, provision, code, heading, document, question, start, end, record
    PassageEntry(3, 0, 0, 0, 0, NONE, 100, 200, 0),
    PassageEntry(7, 1, 0, 1, 0, NONE, 200, 300, 0),
    PassageEntry(9, NONE, 1, 1, 1, 21, 0, 1000, 1),
]


def test_a_table_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    PassageTable.from_rows(ROWS).save(tmp_path / "t.npz")
    table = PassageTable.load(tmp_path / "t.npz")
    assert len(table) == 3
    assert list(zip(table.key.tolist(), table.provision.tolist(), table.question.tolist(), strict=True)) == [
        (3, 0, NONE),
        (7, 1, NONE),
        (9, NONE, 21),
    ]


def test_an_empty_table_is_a_table(tmp_path: Path) -> None:
    PassageTable.from_rows([]).save(tmp_path / "t.npz")
    table = PassageTable.load(tmp_path / "t.npz")
    assert len(table) == 0
    assert table.rows_of(np.empty(0, dtype=np.int64)).tolist() == []


def test_rows_are_found_by_key_in_any_order() -> None:
    assert PassageTable.from_rows(ROWS).rows_of(np.array([9, 3])).tolist() == [2, 0]


@pytest.mark.parametrize("key", [0, 4, 8, 10])
def test_a_key_that_is_not_there_is_refused(key: int) -> None:
    with pytest.raises(KeyError):
        PassageTable.from_rows(ROWS).rows_of(np.array([3, key]))


@pytest.mark.parametrize(
    ("day", "valid"), [(99, [9]), (100, [3, 9]), (199, [3, 9]), (200, [7, 9]), (300, [9])]
)
def test_a_row_is_in_force_from_its_start_to_the_eve_of_its_end(day: int, valid: list[int]) -> None:
    table = PassageTable.from_rows(ROWS)
    assert table.key[table.valid(np.arange(3), day)].tolist() == valid
