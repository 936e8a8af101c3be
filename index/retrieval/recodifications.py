"""Numbers of before and after a recodification: what is written of the ones, carried to the others.

Records, known questions and plain-language pages speak of the law of today. Asked at a day before a recodification,
what they give to a number goes to the article whose place it took, and conversely (`kb.concordance`).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.artefacts.faq_index import Near
from kb.concordance import load_concordance, load_divisions, load_mergers
from kb.numbers_anew import given_anew, load_numbers_anew

Rows = Mapping[int, tuple[int, ...]]
V = TypeVar("V", float, Near)


@dataclass(frozen=True, slots=True)
class Recodification:
    """Rows of provisions on both sides of a day.

    `before` gives, for a number of after that day, the articles whose place it took; none for a number that named
    another article and whose former one is not known. `after` gives for a number that is no more what it became.
    `old_rows` and `new_rows` are the pairs of `before`, as columns.
    """

    day: date
    before: dict[int, tuple[int, ...]]
    after: dict[int, tuple[int, ...]]
    old_rows: NDArray[np.int64]
    new_rows: NDArray[np.int64]


def recodifications(rows_by_provision: Mapping[str, int]) -> tuple[Recodification, ...]:
    """Every recodification that the concordance knows, by rows of the index."""
    return tuple(_recodification(text, rows_by_provision) for text in load_concordance())


def _recodification(text: str, rows: Mapping[str, int]) -> Recodification:
    whole = [*load_concordance()[text].values(), *load_mergers().get(text, {}).values()]
    day, parts = whole[0].day, load_divisions().get(text, ())
    anew = {n for n in load_numbers_anew().get(text, {}) if given_anew(text, n, day - timedelta(1), day)}
    row = {number: rows[name] for number in _numbers(text, rows) if (name := f"{text}/{number}") in rows}
    before: dict[int, tuple[int, ...]] = {row[number]: () for number in anew if number in row}
    after: dict[int, tuple[int, ...]] = {}
    for pair in (*whole, *parts):
        if pair.old in row and pair.new in row:
            old, new = row[pair.old], row[pair.new]
            before[new] = (*before.get(new, ()), old)
            if pair.old not in anew and pair not in parts:
                after[old] = (*after.get(old, ()), new)
    pairs = np.array([(old, new) for new, olds in before.items() for old in olds], dtype=np.int64).reshape(
        -1, 2
    )
    return Recodification(day, before, after, pairs[:, 0], pairs[:, 1])


def _numbers(text: str, rows: Iterable[str]) -> Iterable[str]:
    prefix = f"{text}/"
    return (name.removeprefix(prefix) for name in rows if name.startswith(prefix))


def counterparts(turns: Iterable[Recodification], day: date) -> Rows:
    """For the row of a provision whose number is of other days, the rows of its counterparts of this day."""
    return ChainMap(*(t.before if day < t.day else t.after for t in turns))


def carried(values: Mapping[int, V], to: Rows) -> dict[int, V]:
    """What is given to each provision, given to its counterparts in its place; the most of what comes together."""
    moved: dict[int, V] = {}
    for row, value in values.items():
        for target in to.get(row, (row,)):
            moved[target] = max(value, moved.get(target, value))
    return moved


def carried_column(
    values: NDArray[np.float32], turns: Iterable[Recodification], day: date
) -> NDArray[np.float32]:
    """The same of a column of what today says: an article of before has the most of its own and of what comes to it."""
    column = values.copy()
    for turn in turns:
        if day < turn.day:
            np.maximum.at(column, turn.old_rows, values[turn.new_rows])
    return column
