"""What is said of a score: its reasons, its doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.presenters.scores import UNSURE, doubt, explanation, words_of
from index.retrieval.excerpts import marks
from index.retrieval.model import Candidate, Decision, Hit, Parts, Ranking, Ranks
from kb.ids import ProvisionId

HERE = ProvisionId("code-penal/225-4-1")


def hit(score: float, parts: Parts) -> Hit:
    return Hit(HERE, score, parts)


def ranking(*hits: Hit, decision: Decision | None = None) -> Ranking:
    pool = tuple(Candidate(hit.provision, hit.score, bool(hit.parts.citation)) for hit in hits)
    return Ranking(hits, len(hits), decision=decision or Decision(), pool=pool)


def test_nothing_covers_a_question_and_the_law_it_is_about_is_named() -> None:
    sure = hit(0.9, Parts(lexical=1.0))
    told = doubt(ranking(sure, decision=Decision(False, 0.1, "du Code du travail")))
    assert told == (
        "Rien dans la base ne couvre cette question. Elle semble relever du Code du travail, absent de la base."
    )
    assert "Reformulez" in doubt(ranking(sure, decision=Decision(False, 0.1)))


def test_the_place_by_each_leg_is_told() -> None:
    placed = Hit(HERE, 0.9, Parts(lexical=1.0), ranks=Ranks(1, 12, 0, 340))
    assert explanation(placed)[-1] == "Mots : 1er, Sens : 12e, Intitulés : absent, sur 340 passages comparés."


def test_the_words_found_are_those_of_the_text() -> None:
    text = "La traite des êtres humains. Traite."
    seen = marks(text, {"traite", "humain", "etre"})
    assert words_of(text, seen, ("traite", "humain")) == ["traite", "humains"]


def test_a_weak_best_answer_is_told_to_be_unsure() -> None:
    assert "nettement" in doubt(ranking(hit(UNSURE - 0.01, Parts(lexical=1.0))))


def test_keeping_the_weakest_answers_alone_makes_none_doubtful() -> None:
    sure, weak = hit(0.9, Parts(lexical=1.0)), hit(0.1, Parts(lexical=0.1))
    narrowed = replace(ranking(sure, weak), hits=(weak,), total=1)
    assert doubt(narrowed) == ""


@pytest.mark.parametrize(
    "hits",
    [[], [hit(UNSURE, Parts(lexical=1.0))], [hit(0.1, Parts(citation=0.1))]],
    ids=["no answer", "a sure one", "a number that ten codes bear"],
)
def test_nothing_is_doubted_of_a_sure_answer_or_a_citation(hits: list[Hit]) -> None:
    assert doubt(ranking(*hits)) == ""
