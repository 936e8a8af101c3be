"""The known questions: read from their files, found by nearness, and what they give to provisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from index.artefacts.faq_index import HELPS, LEAST, FaqIndex
from index.artefacts.known_questions import KnownQuestion, known_questions
from index.engines.faiss_vectors import Vectors
from kb.ids import ProvisionId, parse_id
from tests.truth import articles, runs, words_of

ROWS = {"code-penal/225-4-1": 0, "code-penal/225-5": 1}
PLACES = {"la traite": (1.0, 0.0), "un proxénète": (0.0, 1.0), "ailleurs": (0.6, 0.8)}


def placed(texts: Sequence[str]) -> Vectors:
    """Each text at its own place."""
    return np.array([PLACES[text] for text in texts], dtype=np.float32).reshape(len(texts), 2)


def question(text: str, **grades: int) -> KnownQuestion:
    relevant = {ProvisionId(f"code-penal/{n[1:].replace('_', '-')}"): grade for n, grade in grades.items()}
    return KnownQuestion(text, "lay", MappingProxyType(relevant))


@pytest.fixture(scope="module")
def known() -> FaqIndex:
    questions = (
        question("la traite", n225_4_1=2, n225_5=1),
        question("un proxénète", n225_5=2),
        question("ailleurs", n999_1=2),
    )
    return FaqIndex.build(questions, ROWS, placed)


def test_a_question_that_no_provision_of_the_base_answers_is_left_out(known: FaqIndex) -> None:
    assert known.texts == ("la traite", "un proxénète")
    assert len(known.vectors) == len(known) == 2


def test_a_question_that_is_known_gives_its_provisions_by_their_grades(known: FaqIndex) -> None:
    near = known.near(np.array([1.0, 0.0], dtype=np.float32))
    assert near[0].given == pytest.approx(1.0)
    assert near[1].given == pytest.approx(HELPS)
    assert near[0].question == "la traite"


def test_two_near_questions_give_one_less_the_product_of_what_each_leaves(known: FaqIndex) -> None:
    vector = np.array([0.8, 0.6], dtype=np.float32)
    first, second = ((cosine - LEAST) / (1 - LEAST) for cosine in (0.8, 0.6))
    given = known.near(vector)[1].given
    assert given == pytest.approx(1 - (1 - first * HELPS) * (1 - second), abs=1e-3)


def test_a_question_that_is_far_from_all_gives_nothing(known: FaqIndex) -> None:
    assert known.near(np.array([-1.0, 0.0], dtype=np.float32)) == {}


def test_they_come_back_from_their_files(known: FaqIndex, tmp_path: Path) -> None:
    known.save(tmp_path)
    read = FaqIndex.open(tmp_path)
    assert read.texts == known.texts
    vector = np.array([0.8, 0.6], dtype=np.float32)
    assert read.near(vector) == known.near(vector)


def test_a_base_that_answers_none_of_them_has_none(tmp_path: Path) -> None:
    known = FaqIndex.build((question("ailleurs", n999_1=2),), ROWS, placed)
    known.save(tmp_path)
    assert FaqIndex.open(tmp_path).near(np.array([1.0, 0.0], dtype=np.float32)) == {}


def test_every_known_question_names_articles_that_answer_it_and_is_there_once() -> None:
    questions = known_questions()
    assert len({q.text.casefold() for q in questions}) == len(questions) > 1000
    for one in questions:
        assert one.style in {"expert", "lay", "sms", "english"}
        assert one.text.strip()
        assert set(one.relevant.values()) <= {1, 2}
        assert max(one.relevant.values()) == 2, one.text
        assert all(parse_id(p).number and not parse_id(p).end for p in one.relevant)


@pytest.mark.sources
def test_every_article_that_answers_a_known_question_is_in_the_codes(sources: Path) -> None:
    named = {provision for question in known_questions() for provision in question.relevant}
    assert named - set(articles(sources / "codes" / "2026-04-03")) == set()


@pytest.mark.sources
def test_no_known_question_is_copied_from_a_source(sources: Path) -> None:
    """A run of words of a question that stands in a code of the field or in the reply."""
    files = [
        *sources.glob("questionnaire/*.txt"),
        *(sources / "codes" / "2026-04-03").glob("LEGITEXT00000607*.md"),
    ]
    known = {run for question in known_questions() for run in runs(words_of(question.text))}
    copied = {
        run for file in files for run in runs(words_of(file.read_text(encoding="utf-8"))) if run in known
    }
    assert copied == set()
