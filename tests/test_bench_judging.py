"""Systems judged over questions: scope, refusals, paired gaps, ranks fused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.peers.fused import reciprocal_rank_fusion
from bench.tools.judging import TWO_CODES, codes_of, gap, interval, judge, mean, of_styles
from bench.tools.metrics import area_under_curve, quantiles
from bench.tools.questions import Question
from kb.errors import InvalidQuery
from kb.ids import ProvisionId

TRAFFICKING = ProvisionId("code-penal/225-4-1")
PERMIT = ProvisionId("ceseda/L425-1")


def _question(name: str, style: str = "lay", *relevant: ProvisionId) -> Question:
    return Question(name, f"question {name}", style, f"topic {name}", "train", dict.fromkeys(relevant, 2))


def test_a_foreign_question_is_not_judged_by_its_ranking() -> None:
    judged = judge(lambda q: [TRAFFICKING], [_question("a", "lay", TRAFFICKING), _question("b", "none")])
    assert [one.question.id for one in judged] == ["a"]
    assert judged[0].scores["nDCG@10"] == 1.0


def test_a_question_that_the_system_refuses_scores_nothing() -> None:
    def refuse(question: Question) -> Sequence[str]:
        raise InvalidQuery("aucun mot utile")

    (judged,) = judge(refuse, [_question("a", "lay", TRAFFICKING)])
    assert set(judged.scores.values()) == {0.0}


def test_only_questions_on_trafficking_are_put_to_two_codes() -> None:
    assert codes_of(_question("a", "english")) == TWO_CODES
    assert codes_of(_question("b", "public")) == ()
    assert codes_of(_question("c", "citation")) == ()


def test_the_gap_is_the_mean_of_the_differences_question_by_question() -> None:
    questions = [_question("a", "lay", TRAFFICKING), _question("b", "lay", PERMIT)]
    one = judge(lambda q: [TRAFFICKING], questions)
    other = judge(lambda q: ["code-penal/1", TRAFFICKING, PERMIT], questions)
    difference = gap(one, other, "MRR@10")
    assert difference is not None
    assert difference.mean == pytest.approx((0.5 - 1 / 3) / 2)
    with pytest.raises(ValueError, match="mêmes questions"):
        gap(one, other[::-1], "MRR@10")


def test_styles_without_questions_have_no_figure() -> None:
    judged = judge(lambda q: [TRAFFICKING], [_question("a", "lay", TRAFFICKING)])
    assert interval(of_styles(judged, ["english"]), "MRR@10") is None
    assert mean(of_styles(judged, ["english"]), "MRR@10") is None
    assert mean(of_styles(judged, ["lay"]), "MRR@10") == 1.0


def test_reciprocal_ranks_reward_what_both_lists_agree_on() -> None:
    a, b, c = map(ProvisionId, "abc")
    assert reciprocal_rank_fusion([(a, b), (c, b)])[0] == b
    assert reciprocal_rank_fusion([(), (c, a)]) == (c, a)


def test_the_area_under_the_curve_counts_pairs_in_order_and_half_the_ties() -> None:
    assert area_under_curve([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert area_under_curve([0.5], [0.5]) == 0.5
    assert area_under_curve([0.1], [0.9, 0.0]) == 0.5
    with pytest.raises(ValueError):
        area_under_curve([], [0.5])


def test_quantiles_are_interpolated_whatever_the_order() -> None:
    assert quantiles([3.0, 0.0]) == (0.0, 0.75, 1.5, 2.25, 3.0)
    with pytest.raises(ValueError):
        quantiles([])
