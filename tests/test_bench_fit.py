"""What fits the weights: folds by topic, climbing, the logistic curve, the search that remembers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fitting.coordinate_ascent import climb, scaled
from bench.fitting.folds import folds, others
from bench.fitting.fusion import score_of
from bench.fitting.logistic import Calibration, expected_error, fit_logistic
from bench.tools.questions import Question
from index.retrieval.fusion import Weights
from index.retrieval.model import Parts

positive = st.floats(0.05, 2.0)
weights = st.builds(Weights, lexical=positive, dense=positive, heading=positive, evidence=st.floats(0, 2))


def _questions(topics: list[str]) -> tuple[Question, ...]:
    return tuple(Question(f"q{n}", f"?{n}", "lay", topic, "train", {}) for n, topic in enumerate(topics))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=8).filter(lambda topics: len(set(topics)) >= 3))
def test_folds_part_the_questions_and_never_a_topic(topics: list[str]) -> None:
    questions = _questions(topics)
    groups = folds(questions, 3)
    assert sorted(q.id for group in groups for q in group) == sorted(q.id for q in questions)
    homes = {(q.topic, number) for number, group in enumerate(groups) for q in group}
    assert len(homes) == len(set(topics))
    assert all(groups)


def test_folds_have_near_sizes_and_are_always_the_same() -> None:
    questions = _questions([*"aaaa", *"bbb", *"cc", *"dd", "e"])
    groups = folds(questions, 2)
    assert [len(group) for group in groups] == [6, 6]
    assert folds(questions, 2) == groups


def test_the_questions_of_other_folds_leave_one_fold_out() -> None:
    groups = folds(_questions([*"aabbc"]), 3)
    kept = others(groups, 0)
    assert {q.id for q in kept} == {q.id for group in groups[1:] for q in group}


def test_fewer_topics_than_folds_are_refused() -> None:
    with pytest.raises(ValueError, match="thèmes"):
        folds(_questions([*"aab"]), 3)


@given(weights)
def test_climbing_keeps_shares_that_add_up_to_one(start: Weights) -> None:
    found = climb(lambda w: -((w.dense - 0.7) ** 2) - (w.evidence - 0.3) ** 2, start)
    assert found.lexical + found.dense + found.heading == pytest.approx(1, abs=0.02)
    assert found.dense == pytest.approx(0.7, abs=0.06)
    assert found.evidence == pytest.approx(0.3, abs=0.06)


def test_climbing_stays_where_nothing_is_better() -> None:
    start = Weights(lexical=2.0, dense=1.0, heading=1.0, evidence=0.3)
    assert climb(lambda w: 1.0, start) == scaled(start)


@given(weights)
def test_scaling_keeps_the_score_of_every_answer(one: Weights) -> None:
    parts = Parts(lexical=0.9, dense=0.4, heading=0.1, evidence=0.5)
    assert score_of(parts, scaled(one)) == pytest.approx(score_of(parts, one))


def test_the_logistic_curve_finds_the_one_that_drew_the_answers() -> None:
    draw = np.random.default_rng(1)
    truth = Calibration(0.6, 9.0)
    scores = draw.random(4_000)
    right = draw.random(4_000) < np.array([truth(s) for s in scores])
    found = fit_logistic(scores, right)
    assert found.midpoint == pytest.approx(truth.midpoint, abs=0.02)
    assert found.slope == pytest.approx(truth.slope, rel=0.1)
    assert expected_error(found, scores, right) < 0.03
    assert expected_error(Calibration(0.2, 9.0), scores, right) > 0.2


@pytest.mark.parametrize("right", [[True, True, True], [False, False, False], [True, False, False]])
def test_answers_that_teach_nothing_are_refused(right: list[bool]) -> None:
    with pytest.raises(ValueError):
        fit_logistic(np.array([0.1, 0.5, 0.9]), np.array(right))
