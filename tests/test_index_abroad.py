"""Whether a question is about the law of another country, or of someone who comes from there."""

from __future__ import annotations

import pytest

from index.retrieval.foreign_law import LIKELY, NAMED, abroad


@pytest.mark.parametrize(
    "text",
    [
        "peine prévue par le code pénal belge",
        "Que dit la loi allemande sur la prostitution ?",
        "Swedish law on buying sex",
        "Texas penal code trafficking",
        "le tribunal correctionnel de Bruxelles est-il compétent",
    ],
)
def test_the_law_of_another_country_is_seen(text: str) -> None:
    assert abroad(text) == NAMED


@pytest.mark.parametrize(
    "text", ["âge du mariage au Sénégal", "minimum wage in Ohio", "congé parental au Luxembourg"]
)
def test_a_country_alone_makes_it_likely(text: str) -> None:
    assert abroad(text) == LIKELY


@pytest.mark.parametrize(
    "text",
    [
        "victime nigériane de traite",
        "ma fille a été recrutée en Roumanie",
        "Un Français qui abuse d'enfants en Thaïlande peut-il être jugé ?",
        "trafficked from Brazil to France",
        "usage de faux, indemnités et usufruit",
        "la loi française pour un ressortissant belge",
    ],
)
def test_someone_who_comes_from_a_country_and_words_that_begin_as_its_name_are_not(text: str) -> None:
    assert abroad(text) == 0.0
