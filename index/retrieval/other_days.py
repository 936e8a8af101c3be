"""Who answers a question on another day than its own: articles gone for good by then, or not yet made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.artefacts.reader import IndexReader
from index.retrieval.fusion import Floats, Signals
from index.retrieval.model import Method
from index.retrieval.recodifications import counterparts
from index.retrieval.retrievers import HEADING_WORDS, ParsedQuery

# How many of the best passages of all days are looked at: one must be better by its words than all those of the day.
FEW = 20
_FOREVER = date.max.toordinal()
_OF_TODAY = ("evidence", "familiar", "known")


def words_of_other_days(
    index: IndexReader, query: ParsedQuery, here: Mapping[int, float]
) -> dict[int, float]:
    """The passages, by row, that hold the words of the question better than any of the day (`here`) does.

    Only those of articles that have no wording that day and no counterpart: gone for good by then, or not yet made.
    A score is at most the best of the day, which keeps what words give to the others.
    """
    if query.method is Method.SEMANTIC or query.rows is not None:
        return {}
    hits = index.articles.words.search(query.words, FEW, heading_weight=HEADING_WORDS, codes=query.codes)
    rows = index.articles.positions([key for key, _ in hits])
    best, day = max(here.values(), default=0.0), query.on.toordinal()
    table, moved = index.articles.table, counterparts(index.recodifications, query.on)
    return {
        rows[key]: min(score, best or score)
        for key, score in hits
        if score > best
        and rows[key] not in here
        and int(table.provision[rows[key]]) not in moved
        and not table.valid(index.rows_of_provision(int(table.provision[rows[key]])), day).any()
    }


def forgotten(index: IndexReader, day: date) -> NDArray[np.bool_]:
    """By row, the provisions of which nothing is of today: no record, question or page of today speaks of them.

    Not those that have what speaks of their counterpart of today.
    """
    rows = index.last_days < _FOREVER
    for turn in index.recodifications:
        if day < turn.day:
            rows[turn.old_rows] = False
    return rows


def as_if_known(signals: Signals[Floats], lexical: Floats, lost: NDArray[np.bool_]) -> Signals[Floats]:
    """The signals, with those that speak of today's law alone given to provisions of the past by their words.

    « Racolage », asked in 2012, is an article that no known question names: what the best known candidate has of these
    signals goes to it, by the square of its share of the best score that words give.
    """
    if not lost.any():
        return signals
    share = np.where(lost, lexical * lexical, np.float32(0.0))
    columns = {name: getattr(signals, name) for name in _OF_TODAY}
    return replace(
        signals, **{name: np.maximum(column, share * column.max()) for name, column in columns.items()}
    )
