"""The provisions that may answer a question, with everything that speaks for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.fusion import Signals, Weights, passage_strength
from index.legs import Asked, Scored, propose, score
from index.opened import OpenedIndex
from index.passage_table import Column


@dataclass(frozen=True, slots=True)
class Candidates:
    """Scored passages of articles; `best` gives for each provision the positions in `scored` of its best passage and
    of its best one in another document (our record beside the article); `signals` what speaks for it; `words` is the
    highest BM25 score of any passage."""

    scored: Scored
    best: Mapping[int, list[int]]
    signals: Mapping[int, Signals]
    words: float = 0.0


def gather(index: OpenedIndex, asked: Asked, weights: Weights, evidence: Mapping[int, float]) -> Candidates:
    """Every provision that words, meaning or evidence propose, scored by all its passages in force."""
    proposal = propose(index.articles, asked)
    proposed = np.unique(index.articles.table.provision[proposal.rows]).tolist()
    rows = _rows_in_force(index, {*proposed, *evidence}, asked)
    scored = score(index.articles, index.headings, asked, proposal, rows)
    strength = passage_strength(scored, weights)
    best = _best_passages(index, scored, strength)
    signals = {
        provision: Signals(
            strength=float(strength[places[0]]),
            agreement=float(strength[places[1]]) if len(places) > 1 else 0.0,
            evidence=evidence.get(provision, 0.0),
            links=float(index.renown[provision]),
        )
        for provision, places in best.items()
    }
    return Candidates(scored, best, signals, max(proposal.words.values(), default=0.0))


def _rows_in_force(index: OpenedIndex, provisions: Iterable[int], asked: Asked) -> Column:
    found = [index.rows_of_provision(p) for p in provisions]
    rows = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    kept = index.articles.table.valid(rows, asked.on.toordinal())
    if asked.codes:
        kept &= np.isin(index.articles.table.code[rows], asked.code_rows)
    return rows[kept]


def _best_passages(index: OpenedIndex, scored: Scored, strength: NDArray[np.float32]) -> dict[int, list[int]]:
    table = index.articles.table
    provision, document = table.provision[scored.rows].tolist(), table.document[scored.rows].tolist()
    best: dict[int, list[int]] = {}
    for position in np.argsort(-strength, kind="stable").tolist():
        places = best.setdefault(provision[position], [])
        if not places or (len(places) == 1 and document[position] != document[places[0]]):
            places.append(position)
    return best
