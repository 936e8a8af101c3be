"""The provisions that may answer a question, with everything that speaks for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.artefacts.faq_index import Near
from index.artefacts.passage_table import Column
from index.artefacts.reader import IndexReader
from index.retrieval.context_signals import cited_by_best, section_strength
from index.retrieval.fusion import Floats, Signals, Weights, fused, one_of, passage_strength
from index.retrieval.other_days import as_if_known, forgotten, words_of_other_days
from index.retrieval.recodifications import carried_column
from index.retrieval.retrievers import ParsedQuery, PassageScores, propose, score


@dataclass(frozen=True, slots=True)
class OutsideSignals:
    """What speaks for provisions from outside of their articles, by row: the passages that cite them (`evidence`), and
    the known questions that are near. `said` is the share of the question's words that the lexicon knows."""

    evidence: Mapping[int, float]
    near: Mapping[int, Near]
    said: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """PassageScores passages of articles, and the provisions that they are of.

    `provisions` are sorted; `best` gives for each the positions in `scored` of its best passage and of its best one in
    another document (our record beside the article), `signals` all that speaks for it, of which `given` from outside of
    the articles, and `totals` the score that ranks it. `words` is the highest BM25 score of any passage.
    """

    scored: PassageScores
    provisions: Column
    best: Mapping[int, list[int]]
    signals: Signals[Floats]
    totals: Floats
    given: OutsideSignals
    words: float = 0.0

    def ranked(self) -> dict[int, float]:
        """The rows of the provisions, best first, each with its score."""
        order = np.lexsort((self.provisions, -self.totals))
        return dict(zip(self.provisions[order].tolist(), self.totals[order].tolist(), strict=True))

    def speaking_for(self, provision: int) -> Signals[float]:
        """All that speaks for one of the provisions."""
        return one_of(self.signals, int(np.searchsorted(self.provisions, provision)))


def gather(index: IndexReader, query: ParsedQuery, weights: Weights, outside: OutsideSignals) -> Candidates:
    """Every provision that words, meaning, evidence or known questions propose, scored by its passages in force."""
    proposal = propose(index.articles, query)
    proposed = np.unique(index.articles.table.provision[proposal.rows]).tolist()
    others = words_of_other_days(index, query, proposal.words)
    rows = _rows_in_force(index, {*proposed, *outside.evidence, *outside.near}, query)
    rows = np.union1d(rows, np.fromiter(others, dtype=np.int64, count=len(others)))
    widened = replace(proposal, words={**proposal.words, **others})
    scored = score(index.articles, index.headings, query, widened, rows)
    strength = passage_strength(scored, weights)
    best = _best_passages(index, scored, strength)
    provisions = np.array(sorted(best), dtype=np.int64)
    alone = _alone(_on_its_day(index, query), provisions, best, strength, outside)
    lexical = scored.lexical[[best[row][0] for row in provisions.tolist()]]
    alone = as_if_known(alone, lexical, forgotten(index, query.on)[provisions])
    signals = _in_company(index, provisions, alone, weights)
    words = max(proposal.words.values(), default=0.0)
    return Candidates(scored, provisions, best, signals, fused(signals, weights), outside, words)


def _on_its_day(index: IndexReader, query: ParsedQuery) -> IndexReader:
    """The same index, with what is known of numbers of after the day given to those of before."""
    turns, day = index.recodifications, query.on
    if not any(day < turn.day for turn in turns):
        return index
    columns = [carried_column(column, turns, day) for column in (index.renown, index.familiarity)]
    return replace(index, renown=columns[0], familiarity=columns[1])


def _alone(
    index: IndexReader,
    provisions: Column,
    best: Mapping[int, list[int]],
    strength: Floats,
    outside: OutsideSignals,
) -> Signals[Floats]:
    """What speaks for each provision, the other candidates apart."""
    rows = provisions.tolist()
    return Signals(
        strength=strength[[best[row][0] for row in rows]],
        agreement=_column(strength[best[row][1]] if len(best[row]) > 1 else 0.0 for row in rows),
        evidence=_column(outside.evidence.get(row, 0.0) for row in rows),
        links=index.renown[provisions],
        familiar=index.familiarity[provisions],
        known=_column(outside.near[row].given if row in outside.near else 0.0 for row in rows),
        section=np.zeros(len(rows), dtype=np.float32),
        cited=np.zeros(len(rows), dtype=np.float32),
    )


def _in_company(
    index: IndexReader, provisions: Column, alone: Signals[Floats], weights: Weights
) -> Signals[Floats]:
    """The same signals, with what the other candidates say of each."""
    scores = np.minimum(fused(alone, weights), np.float32(1.0))
    return replace(
        alone,
        section=section_strength(scores, index.sections[provisions]),
        cited=cited_by_best(scores, provisions, index.links.articles),
    )


def _column(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float32)


def _rows_in_force(index: IndexReader, provisions: Iterable[int], query: ParsedQuery) -> Column:
    rows_by_provision = [index.rows_of_provision(p) for p in provisions]
    rows = np.concatenate(rows_by_provision) if rows_by_provision else np.empty(0, dtype=np.int64)
    valid = index.articles.table.valid(rows, query.on.toordinal())
    if query.codes:
        valid &= np.isin(index.articles.table.code[rows], query.code_rows)
    return rows[valid]


def _best_passages(
    index: IndexReader, scored: PassageScores, strength: NDArray[np.float32]
) -> dict[int, list[int]]:
    table = index.articles.table
    provision, document = table.provision[scored.rows].tolist(), table.document[scored.rows].tolist()
    best: dict[int, list[int]] = {}
    for position in np.argsort(-strength, kind="stable").tolist():
        places = best.setdefault(provision[position], [])
        if not places or (len(places) == 1 and document[position] != document[places[0]]):
            places.append(position)
    return best
