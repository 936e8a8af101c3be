"""The lexicon: what people say, and the terms of the law that it brings."""

from __future__ import annotations

import pytest

from index.retrieval.expansion import expand
from index.tokens import terms


@pytest.mark.parametrize(
    ("said", "law"),
    [
        ("on m'a promis des papiers", "titre de séjour"),
        ("human trafficking", "traite êtres humains"),
        ("a victim of TRAFFICKING in persons", "traite"),
        ("forced labour", "travail forcé"),
    ],
)
def test_what_people_say_brings_the_words_of_the_law(said: str, law: str) -> None:
    words = terms(said)
    assert set(terms(law)) <= {*expand(words), *words}


def test_order_and_inflexion_do_not_matter() -> None:
    assert expand(terms("papiers")) == expand(terms("mes PAPIERS"))
    assert expand(terms("trafficking human")) == expand(terms("human trafficking"))


def test_a_pair_needs_all_its_words() -> None:
    assert "force" not in expand(terms("labour"))


def test_words_that_the_question_has_already_are_not_added() -> None:
    words = terms("papiers et titre de séjour")
    assert not set(expand(words)) & set(words)


def test_a_question_without_everyday_words_gains_nothing() -> None:
    assert expand(terms("confiscation des avoirs criminels du condamné")) == {}
    assert expand([]) == {}
