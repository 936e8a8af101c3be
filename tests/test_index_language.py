"""The language of a question, by its small words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tools.questions import load_questions
from index.retrieval.language import language
from index.retrieval.references import References
from index.retrieval.relaxation import relaxed

GOLDEN = Path(__file__).parent / "golden" / "questions.jsonl"


def test_the_english_questions_are_english_and_those_of_the_field_in_french_are_french() -> None:
    questions = load_questions(GOLDEN)
    assert [q.text for q in questions if q.style == "english" and language(q.text) != "en"] == []
    french = [q for q in questions if q.style in ("expert", "lay", "misspelt", "public")]
    assert [q.text for q in french if language(q.text) != "fr"] == []


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("marchand de sommeil", "fr"),
        ("proxénétisme", "fr"),
        ("225-4-1", "fr"),
        ("forced labour", "en"),
        ("Wie kann ich ein Visum bekommen?", "de"),
        ("los derechos de las víctimas según la ley", "es"),
    ],
)
def test_short_and_foreign_questions_are_told_apart(text: str, spoken: str) -> None:
    assert language(text) == spoken


def test_a_language_that_is_not_understood_is_said_with_the_answer() -> None:
    assert "espagnol" in relaxed(References(), False, {}, "es")
    assert relaxed(References(), False, {}, "en") == ""
