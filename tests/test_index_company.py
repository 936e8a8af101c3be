"""What the other candidates say of a provision: those of its section, and those whose articles cite it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.artefacts.weighted_edges import WeightedEdges
from index.retrieval.context_signals import CITING, cited_by_best, section_strength


def scores(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def rows(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_a_provision_never_speaks_for_itself() -> None:
    assert section_strength(scores(0.9), rows(0)).tolist() == [0.0]
    assert cited_by_best(scores(0.9), rows(1), WeightedEdges.of({(1, 1): 1.0})).tolist() == [0.0]


def test_the_best_answer_speaks_for_the_candidates_that_it_cites_and_for_no_other_provision() -> None:
    between = WeightedEdges.of({(1, 2): 1.0, (1, 7): 1.0, (3, 2): 1.0})
    found = cited_by_best(scores(0.9, 0.1, 0.4), rows(1, 2, 3), between)
    assert found.tolist() == pytest.approx([0.0, 0.9, 0.0])


def test_only_the_first_answers_speak_for_what_they_cite() -> None:
    given = scores(*(1.0 - row / 100 for row in range(CITING + 1)), 0.0)
    provisions = rows(*range(CITING + 1), 50)
    found = cited_by_best(given, provisions, WeightedEdges.of({(CITING - 1, 50): 1.0}))
    assert found[-1] == given[CITING - 1]
    assert not cited_by_best(given, provisions, WeightedEdges.of({(CITING, 50): 1.0})).any()


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(0, 4)), min_size=1, max_size=40))
def test_a_section_gives_half_the_sum_of_its_two_best_other_candidates(
    pairs: list[tuple[float, int]],
) -> None:
    found = section_strength(scores(*(s for s, _ in pairs)), rows(*(section for _, section in pairs)))
    for place, (_, section) in enumerate(pairs):
        others = [s for other, (s, at) in enumerate(pairs) if at == section and other != place]
        assert found[place] == pytest.approx(sum(sorted(others)[-2:]) / 2, abs=1e-6)
