"""When nothing covers a question: what its words are about, and what the search found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieval.answerability import BIAS, LEAST, WEIGHTS, decision
from index.retrieval.law_classifier import Scope, about, laws
from index.retrieval.model import AnswerabilityFeatures
from index.tokens import terms

STRONG = AnswerabilityFeatures(
    held=4.0, words=0.8, strength=0.7, agreement=0.6, evidence=0.5, rare=0.0, said=1.0, known=0.9, abroad=0.0
)
WEAK = AnswerabilityFeatures(
    held=-4.0, words=0.2, strength=0.2, agreement=0.1, evidence=0.0, rare=0.6, said=0.0, known=0.1, abroad=0.0
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("licenciement économique, préavis du salarié", "du Code du travail"),
        ("pension de retraite du régime général, nombre de trimestres", "du Code de la sécurité sociale"),
        ("code pénal belge", "d'un droit étranger"),
    ],
)
def test_the_law_that_the_base_has_not_is_named(text: str, name: str) -> None:
    assert about(terms(text), ()).elsewhere == name


@pytest.mark.parametrize(
    "text", ["proxénétisme aggravé", "titre de séjour de la victime de traite", "forced begging of children"]
)
def test_the_words_of_the_field_are_about_law_of_the_base(text: str) -> None:
    found = about(terms(text), ())
    assert found.held > 0.5
    assert found.elsewhere == ""


def test_a_code_that_the_base_holds_after_all_is_nowhere_else() -> None:
    words = terms("licenciement économique, préavis du salarié")
    assert about(words, ("code-travail",)).held > about(words, ()).held
    assert "travail" not in about(words, ("code-travail",)).elsewhere


def test_every_law_of_the_model_is_known() -> None:
    assert {law.key for law in laws()} == set(Scope.load().laws)


def test_the_law_of_other_codes_is_not_held_by_a_search_of_the_two_of_the_field() -> None:
    words = terms("partage des biens après un divorce")
    assert (
        about(words, ("code-penal", "ceseda")).held
        < about(words, ("code-penal", "ceseda", "code-civil")).held
    )


@given(st.lists(st.text(max_size=12), max_size=20))
def test_probabilities_add_up_to_one_whatever_the_words(words: list[str]) -> None:
    assert sum(Scope.load().probabilities(words).values()) == pytest.approx(1.0, abs=1e-4)


def test_strong_signs_cover_and_weak_ones_do_not() -> None:
    assert decision(STRONG, "du Code du travail").covered
    assert decision(STRONG, "du Code du travail").elsewhere == ""
    refused = decision(WEAK, "du Code du travail")
    assert (refused.covered, refused.elsewhere) == (False, "du Code du travail")
    assert refused.probability < LEAST


@pytest.mark.parametrize("name", ["held", "strength", "said"])
def test_more_of_a_good_sign_makes_covered_likelier(name: str) -> None:
    more = replace(WEAK, **{name: getattr(WEAK, name) + 0.5})
    assert decision(more, "").probability > decision(WEAK, "").probability


def test_the_weights_are_those_of_a_fit() -> None:
    assert WEIGHTS.held > 0 > WEIGHTS.rare
    assert BIAS != 0


def test_a_question_that_names_another_country_s_law_is_not_covered() -> None:
    signs = STRONG
    assert decision(signs, "").covered
    assert not decision(replace(signs, abroad=1.0), "").covered
