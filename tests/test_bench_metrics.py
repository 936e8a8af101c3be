"""The metrics against values computed by hand, and the properties that any of them must keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.tools.metrics import bootstrap_interval, hit_at, mrr_at, ndcg_at, recall_at

GRADES = {"a": 2, "b": 1, "c": 1}
Metric = Callable[[Sequence[str], Mapping[str, int], int], float]
METRICS: tuple[Metric, ...] = (ndcg_at, mrr_at, recall_at, hit_at)
items = st.lists(st.sampled_from("abcdefghij"), unique=True)
judgements = st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from([1, 2]), min_size=1)


def test_ndcg_weighs_a_grade_of_two_three_times_a_grade_of_one() -> None:
    # DCG of x, b, a: 1/log2(3) + 3/log2(4); ideal a, b, c: 3 + 1/log2(3) + 1/log2(4).
    expected = (1 / log2(3) + 1.5) / (3 + 1 / log2(3) + 0.5)
    assert ndcg_at(["x", "b", "a"], GRADES, 10) == pytest.approx(expected)
    assert expected == pytest.approx(0.5159, abs=1e-4)


def test_ndcg_compares_with_the_best_list_of_the_same_length() -> None:
    assert ndcg_at(["a"], GRADES, 1) == 1.0
    assert ndcg_at(["a", "x", "x2"], GRADES, 3) < 1.0


def test_ndcg_ignores_what_stands_after_the_cut() -> None:
    assert ndcg_at(["x", "a"], GRADES, 1) == 0.0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_item_whatever_its_grade() -> None:
    assert mrr_at(["x", "y", "c", "a"], GRADES, 10) == pytest.approx(1 / 3)
    assert mrr_at(["x", "y", "c"], GRADES, 2) == 0.0


def test_recall_counts_every_relevant_item_once() -> None:
    assert recall_at(["c", "x", "a"], GRADES, 3) == pytest.approx(2 / 3)
    assert recall_at(["c", "x", "a"], GRADES, 2) == pytest.approx(1 / 3)


def test_a_hit_needs_an_item_of_the_best_grade() -> None:
    assert hit_at(["b", "c", "x"], GRADES, 3) == 0.0
    assert hit_at(["b", "c", "a"], GRADES, 3) == 1.0
    assert hit_at(["b"], {"b": 1}, 3) == 1.0


def test_an_empty_list_scores_nothing() -> None:
    assert [metric([], GRADES, 10) for metric in METRICS] == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("metric", METRICS)
def test_a_question_without_relevant_provision_is_refused(metric: Metric) -> None:
    with pytest.raises(ValueError, match="abstention"):
        metric(["a"], {"a": 0}, 10)


@pytest.mark.parametrize("metric", METRICS)
def test_a_repeated_item_is_refused_rather_than_counted_twice(metric: Metric) -> None:
    with pytest.raises(ValueError, match="répète"):
        metric(["a", "a"], GRADES, 10)


@pytest.mark.parametrize("metric", METRICS)
def test_a_cut_below_one_is_refused(metric: Metric) -> None:
    with pytest.raises(ValueError, match="au moins 1"):
        metric(["a"], GRADES, 0)


@given(items, judgements, st.integers(1, 12))
def test_every_metric_stays_between_zero_and_one(ranked: list[str], grades: dict[str, int], k: int) -> None:
    assert all(0.0 <= metric(ranked, grades, k) <= 1.0 + 1e-12 for metric in METRICS)


@given(judgements, st.integers(1, 12))
def test_the_ideal_order_is_worth_one(grades: dict[str, int], k: int) -> None:
    ideal = sorted(grades, key=lambda item: -grades[item])
    assert ndcg_at(ideal, grades, k) == pytest.approx(1.0)
    assert mrr_at(ideal, grades, k) == hit_at(ideal, grades, k) == 1.0


@given(items, judgements, st.integers(1, 11))
def test_a_longer_cut_never_lowers_recall_rank_or_hit(
    ranked: list[str], grades: dict[str, int], k: int
) -> None:
    for metric in (recall_at, mrr_at, hit_at):
        assert metric(ranked, grades, k) <= metric(ranked, grades, k + 1)


@given(items, judgements, st.data())
def test_moving_a_better_item_up_never_lowers_ndcg(
    ranked: list[str], grades: dict[str, int], data: st.DataObject
) -> None:
    if len(ranked) < 2:
        return
    i = data.draw(st.integers(0, len(ranked) - 2))
    if grades.get(ranked[i + 1], 0) >= grades.get(ranked[i], 0):
        swapped = [*ranked[:i], ranked[i + 1], ranked[i], *ranked[i + 2 :]]
        assert ndcg_at(swapped, grades, 10) >= ndcg_at(ranked, grades, 10) - 1e-12


def test_the_bootstrap_interval_is_the_same_for_the_same_seed() -> None:
    values = [0.0, 1.0, 0.5, 0.25, 1.0]
    assert bootstrap_interval(values, seed=7) == bootstrap_interval(values, seed=7)
    assert bootstrap_interval(values, seed=7).mean == pytest.approx(0.55)


def test_the_bootstrap_interval_of_many_coin_flips_is_that_of_the_normal_law() -> None:
    # Half zeros, half ones, n = 400: standard error 0.5 / 20 = 0.025, so 0.5 ± 1.96 × 0.025.
    interval = bootstrap_interval([0.0, 1.0] * 200, seed=3)
    assert interval.low == pytest.approx(0.451, abs=0.01)
    assert interval.high == pytest.approx(0.549, abs=0.01)


def test_an_interval_needs_at_least_one_value() -> None:
    with pytest.raises(ValueError, match="Aucune valeur"):
        bootstrap_interval([], seed=1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 5))
def test_the_interval_stays_within_the_values(values: list[float], seed: int) -> None:
    interval = bootstrap_interval(values, seed)
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9
