"""The questions that the whole way must answer from the real documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import fmean

import pytest

from bench.tools.judging import judge
from bench.tools.questions import load_questions
from bench.tools.search_system import our_ranker
from index.retrieval.model import Hit, Question
from index.retrieval.search import Searcher
from kb.errors import InvalidQuery
from kb.progress import silent
from service.base import Service, open_service
from service.build import build
from service.settings import Settings

pytestmark = [pytest.mark.sources, pytest.mark.slow]

TODAY = date(2026, 4, 3)
GOLDEN = Path(__file__).parent / "golden" / "questions.jsonl"


@pytest.fixture(scope="module")
def service(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Service:
    settings = Settings(home=tmp_path_factory.mktemp("real"), sources=sources, database_url=None)
    build(settings, ("code-penal", "ceseda"), silent)
    return open_service(settings)


def ask(service: Service, text: str) -> tuple[Hit, ...]:
    return service.searcher.rank(Question(text, TODAY)).hits


def questions(service: Service, hit: Hit) -> set[int | None]:
    keys = [e.passage_key for e in hit.evidence]
    return {p.question for p in service.reader.passages(keys).values()}


def test_the_penalty_for_trafficking_by_an_organised_group_is_the_first_answer(service: Service) -> None:
    assert (
        ask(service, "Quelle peine pour la traite en bande organisée ?")[0].provision == "code-penal/225-4-3"
    )


def test_the_permit_of_a_victim_who_complains_is_among_the_first_three_with_the_reply_s_answers(
    service: Service,
) -> None:
    first = {h.provision: h for h in ask(service, "titre de séjour pour une victime qui porte plainte")[:3]}
    assert "ceseda/L425-1" in first
    assert {21, 26, 6} <= questions(service, first["ceseda/L425-1"])  # type: ignore[index]


class Unused:
    """An embedder that must not be called."""

    name, dimension = "aucun", 1

    def encode(self, texts: object) -> None:
        raise InvalidQuery("Un vecteur a été demandé.")


@pytest.mark.parametrize("text", ["art. L425-1 ceseda", "L. 425-1 du CESEDA", "article L.425-1 (CESEDA)"])
def test_a_citation_is_answered_first_without_any_vector(service: Service, text: str) -> None:
    searcher = Searcher(service.searcher.index, Unused(), service.searcher.references)  # type: ignore[arg-type]
    ranking = searcher.rank(Question(text, TODAY))
    assert [h.provision for h in ranking.hits] == ["ceseda/L425-1"]


@pytest.mark.parametrize(
    ("number", "likeliest"), [("225-4-1", "code-penal/225-4-1"), ("L425-1", "ceseda/L425-1")]
)
def test_a_number_alone_gives_the_likeliest_provision_first(
    service: Service, number: str, likeliest: str
) -> None:
    assert ask(service, number)[0].provision == likeliest


def test_the_age_of_a_minor_is_no_article(service: Service) -> None:
    assert not any(h.parts.citation for h in ask(service, "viol sur mineur de 15 ans"))


# Floors well under what was measured on the held-out half (docs/mesures.md), so that only a real loss crosses them.
FLOORS = {"expert": 0.88, "lay": 0.82, "english": 0.9, "misspelt": 0.8}
OTHER_FLOORS = {"expert": 0.88, "lay": 0.8, "english": 0.87, "misspelt": 0.65, "citation": 1.0}


@pytest.mark.parametrize("style", FLOORS)
def test_the_held_out_questions_on_trafficking_keep_their_quality(service: Service, style: str) -> None:
    asked = [q for q in load_questions(GOLDEN) if q.split == "test" and q.style == style]
    judged = judge(our_ranker(service.searcher, TODAY), asked)
    assert fmean(j.scores["nDCG@10"] for j in judged) >= FLOORS[style]


@pytest.mark.parametrize("style", OTHER_FLOORS)
def test_the_questions_of_another_hand_keep_their_quality(service: Service, style: str) -> None:
    asked = [q for q in load_questions(GOLDEN.with_name("other_hand.jsonl")) if q.style == style]
    judged = judge(our_ranker(service.searcher, TODAY), asked)
    assert fmean(j.scores["nDCG@10"] for j in judged) >= OTHER_FLOORS[style]


def test_most_questions_that_nothing_covers_are_refused_and_hardly_any_other(service: Service) -> None:
    questions = load_questions(GOLDEN.with_name("other_hand.jsonl"))
    refused = {
        covered: [
            not service.searcher.rank(Question(q.text, TODAY)).decision.covered
            for q in questions
            if bool(q.relevant) == covered and q.style != "public"
        ]
        for covered in (True, False)
    }
    assert fmean(refused[False]) >= 0.8
    assert fmean(refused[True]) <= 0.05
