"""Links and evidence: what passages give to the provisions that they cite, reckoned by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.artefacts.passage_table import NONE, PassageEntry, PassageTable
from index.artefacts.weighted_edges import WeightedEdges
from index.retrieval.evidence import RECORDS_SHOWN, SHOWN, SPEAKERS, propagate, speakers
from index.retrieval.retrievers import PassageScores


def links(*triples: tuple[int, int, float]) -> WeightedEdges:
    return WeightedEdges.of({(source, target): weight for source, target, weight in triples})


def scored(rows: list[int]) -> PassageScores:
    nothing = np.zeros(len(rows), dtype=np.float32)
    return PassageScores(np.array(rows, dtype=np.int64), nothing, nothing, nothing)


def table(*questions: int) -> PassageTable:
    """Passages of one document; row i has key 100 + i and this question."""
    return PassageTable.from_rows(
        [PassageEntry(100 + i, NONE, 0, 0, 0, q, 0, 9, 0) for i, q in enumerate(questions)]
    )


def test_two_passages_that_cite_a_provision_give_it_one_less_the_product_of_what_each_leaves() -> None:
    cited = links((0, 1, 1.0), (1, 1, 0.5), (1, 2, 0.5))
    given = propagate(scored([0, 1]), np.array([0.6, 0.4], dtype=np.float32), cited)
    assert given == {
        1: pytest.approx(1 - (1 - 0.6 * 1.0) * (1 - 0.4 * 0.5)),
        2: pytest.approx(0.4 * 0.5),
    }


def test_only_the_strongest_passages_speak() -> None:
    rows = list(range(SPEAKERS + 5))
    strength = np.linspace(1.0, 0.1, len(rows), dtype=np.float32)
    given = propagate(scored(rows), strength, links(*((row, row, 1.0) for row in rows)))
    assert sorted(given) == rows[:SPEAKERS]


def test_evidence_never_exceeds_one_and_grows_with_each_passage() -> None:
    rows = list(range(10))
    cited = links(*((row, 0, 1.0) for row in rows))
    one, ten = (propagate(scored(rows[:n]), np.full(n, 0.5, dtype=np.float32), cited)[0] for n in (1, 10))
    assert 0 < one < ten < 1


def test_passages_without_links_give_nothing() -> None:
    assert propagate(scored([3]), np.array([1.0], dtype=np.float32), links((0, 1, 1.0))) == {}


def test_speakers_are_shown_strongest_first_with_their_weight() -> None:
    cited = links((0, 1, 1.0), (1, 1, 0.5), (2, 1, 1.0), (2, 3, 1.0))
    shown = speakers(1, {0: 0.2, 1: 0.8, 2: 0.3}, cited, table(5, 6, 7))
    assert [e.passage_key for e in shown] == [101, 102, 100]
    assert [e.score for e in shown] == pytest.approx([0.4, 0.3, 0.2])


def test_one_passage_speaks_for_each_question_of_a_document() -> None:
    cited = links((0, 1, 1.0), (1, 1, 1.0), (2, 1, 1.0))
    shown = speakers(1, {0: 0.2, 1: 0.8, 2: 0.3}, cited, table(21, 21, 26))
    assert [e.passage_key for e in shown] == [101, 102]


def test_passages_outside_any_question_are_all_shown() -> None:
    cited = links((0, 1, 1.0), (1, 1, 1.0))
    assert len(speakers(1, {0: 0.2, 1: 0.8}, cited, table(NONE, NONE))) == 2


def test_our_own_records_come_after_the_sources_and_take_no_place_of_theirs() -> None:
    cited = links(*((row, 1, 1.0) for row in range(SHOWN + 4)))
    rows = [PassageEntry(100 + i, NONE, 0, 0, i, i, 0, 9, int(i >= SHOWN)) for i in range(SHOWN + 4)]
    shown = speakers(1, {i: 0.1 * i for i in range(SHOWN + 4)}, cited, PassageTable.from_rows(rows))
    keys = [e.passage_key for e in shown]
    assert sorted(keys[:SHOWN]) == [100 + i for i in range(SHOWN)]
    assert keys[SHOWN:] == [100 + SHOWN + 3, 100 + SHOWN + 2]
    assert len(keys) == SHOWN + RECORDS_SHOWN


def test_no_more_than_the_allowed_number_is_shown_and_a_provision_nobody_cites_has_none() -> None:
    rows = list(range(SHOWN + 4))
    cited = links(*((row, 1, 1.0) for row in rows))
    assert len(speakers(1, dict.fromkeys(rows, 0.5), cited, table(*rows))) == SHOWN
    assert speakers(0, {}, cited, table(*rows)) == ()


def test_links_are_found_from_both_ends_and_come_back_from_their_file(tmp_path: Path) -> None:
    links((0, 1, 1.0), (2, 1, 0.5), (2, 3, 0.25)).save(tmp_path / "links.npz")
    read = WeightedEdges.load(tmp_path / "links.npz")
    assert len(read) == 3
    assert [a.tolist() for a in read.out_of(2)] == [[1, 3], [0.5, 0.25]]
    assert [a.tolist() for a in read.into(1)] == [[0, 2], [1.0, 0.5]]
    assert [a.tolist() for a in read.out_of(1)] == [[], []]
