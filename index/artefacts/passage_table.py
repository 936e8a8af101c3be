"""What the search must know of each passage without asking the store: numpy columns, one row a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
NONE = -1


class PassageEntry(NamedTuple):
    """One passage in the table; the fields are its columns, in the same order."""

    key: int
    provision: int
    code: int
    heading: int
    document: int
    question: int
    start: int
    end: int
    record: int


@dataclass(frozen=True, slots=True)
class PassageTable:
    """Columns of equal length n; row i of the vectors is row i here, and `key` grows with i.

    `provision`, `code`, `heading`, `document` are row numbers of the lists of `index/artefacts/id_maps.py` (NONE when
    there is none); `start` and `end` are the ordinals of the validity `[start, end)`; `question` is that of the
    questionnaire; `record` is 1 for a passage of our own records, 0 for one of a source.
    """

    key: Column
    provision: Column
    code: Column
    heading: Column
    document: Column
    question: Column
    start: Column
    end: Column
    record: Column

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def from_rows(cls, rows: Sequence[PassageEntry]) -> PassageTable:
        """Build the columns from entries in the order of their keys."""
        columns = np.array(rows, dtype=np.int64).reshape(len(rows), len(fields(cls))).T
        return cls(*(np.ascontiguousarray(column) for column in columns))

    @classmethod
    def load(cls, path: Path) -> PassageTable:
        """From a file written by `save`."""
        with path.open("rb") as file, np.load(file) as data:
            return cls(*(data[field.name] for field in fields(cls)))

    def save(self, path: Path) -> None:
        """Write all columns to one file."""
        np.savez(path, **{field.name: getattr(self, field.name) for field in fields(self)})

    def rows_of(self, keys: Column) -> Column:
        """Row of each key; every key must be there."""
        rows = np.searchsorted(self.key, keys)
        if len(keys) and (rows.max() >= len(self) or not np.array_equal(self.key[rows], keys)):
            raise KeyError("a passage key is not in the index")
        return rows

    def found(self, keys: Column) -> Column:
        """Rows of those of these keys that are here."""
        return np.flatnonzero(np.isin(self.key, keys))

    def valid(self, rows: Column, day: int) -> NDArray[np.bool_]:
        """Which of these rows are in force on a day (an ordinal)."""
        return (self.start[rows] <= day) & (day < self.end[rows])
