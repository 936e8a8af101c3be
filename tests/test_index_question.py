"""What is refused as a question, and what is made of the rest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.retrieval.query import MAX_CHARACTERS, checked
from kb.errors import InvalidQuery


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u00a0"])
def test_an_empty_question_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidQuery, match="vide") as refusal:
        checked(text)
    assert refusal.value.hint.startswith("Exemple")


def test_a_hundred_thousand_characters_are_refused_and_counted() -> None:
    with pytest.raises(InvalidQuery, match="100000 caractères ; la limite est de 4000") as refusal:
        checked("a" * 100_000)
    assert "renvoi citations" in refusal.value.hint


def test_the_longest_question_allowed_passes() -> None:
    assert len(checked("a" * MAX_CHARACTERS)) == MAX_CHARACTERS


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_and_broken_bytes_are_refused(character: str) -> None:
    with pytest.raises(InvalidQuery, match="caractères de contrôle"):
        checked(f"traite {character} humains")


def test_line_ends_and_tabs_of_a_pasted_question_are_no_control_characters() -> None:
    assert checked("traite\r\ndes\têtres") == "traite\r\ndes\têtres"


@pytest.mark.parametrize("text", ["?", "… !", "« »", "-"])
def test_signs_without_any_word_are_refused(text: str) -> None:
    with pytest.raises(InvalidQuery, match="aucun mot"):
        checked(text)


def test_accents_typed_apart_are_composed() -> None:
    assert checked(unicodedata.normalize("NFD", "étranger")) == "étranger"


@given(st.from_regex(r"\s*\w[\w ,?’']{0,50}\s*", fullmatch=True))
def test_a_plain_question_is_given_back_ready_and_checking_twice_changes_nothing(text: str) -> None:
    question = checked(text)
    assert question == question.strip() == checked(question) != ""
