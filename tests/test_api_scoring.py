"""What is said of a score: its reasons, its doubts."""

from __future__ import annotations

import pytest

from api.scoring import UNSURE, doubt
from index.answer import Hit, Parts
from kb.ids import ProvisionId

HERE = ProvisionId("code-penal/225-4-1")


def hit(score: float, parts: Parts) -> Hit:
    return Hit(HERE, score, parts)


def test_a_weak_best_answer_is_told_to_be_unsure() -> None:
    assert "nettement" in doubt([hit(UNSURE - 0.01, Parts(lexical=1.0))])


@pytest.mark.parametrize(
    "hits",
    [[], [hit(UNSURE, Parts(lexical=1.0))], [hit(0.1, Parts(citation=0.1))]],
    ids=["no answer", "a sure one", "a number that ten codes bear"],
)
def test_nothing_is_doubted_of_a_sure_answer_or_a_citation(hits: list[Hit]) -> None:
    assert doubt(hits) == ""
