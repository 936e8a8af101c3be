"""Our development questions: their loader, their balance, and that every provision they name exists."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.tools.questions import load_questions
from index.artefacts.known_questions import known_questions
from kb.errors import UnreadableSource
from kb.ids import parse_id, provision_id
from tests.truth import articles

GOLDEN = Path(__file__).parent / "golden" / "questions.jsonl"
FILES = (GOLDEN, GOLDEN.with_name("other_hand.jsonl"), GOLDEN.with_name("set_aside.jsonl"))
MINIMUM = {
    "expert": 35,
    "lay": 35,
    "english": 25,
    "misspelt": 15,
    "citation": 15,
    "multi": 10,
    "public": 25,
    "none": 25,
}
GOOD = {
    "id": "q1",
    "q": "Que risque un passeur ?",
    "style": "lay",
    "topic": "passeurs",
    "split": "train",
    "relevant": {"ceseda/L823-1": 2},
}


def write(folder: Path, *records: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_question_is_read_with_its_grades(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path, GOOD))
    assert (question.id, question.text, question.split) == ("q1", "Que risque un passeur ?", "train")
    assert dict(question.relevant) == {"ceseda/L823-1": 2}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"style": "poetic"}, "poetic"),
        ({"split": "dev"}, "dev"),
        ({"q": " "}, "« q »"),
        ({"topic": 3}, "« topic »"),
        ({"extra": 1}, "champs attendus"),
        ({"relevant": {}}, "none"),
        ({"style": "none"}, "none"),
        ({"relevant": {"ceseda/L823-1": 3}}, "note"),
        ({"relevant": {"ceseda/L823-1": True}}, "note"),
        ({"relevant": {"ceseda/L823-1": 1}}, "note 2"),
        ({"relevant": {"ceseda": 2}}, "n'est pas un article"),
        ({"relevant": {"ceseda/L823-1..L823-3": 2}}, "n'est pas un article"),
        ({"relevant": {"ceseda/L. 823-1": 2}}, "ligne 1"),
    ],
)
def test_a_faulty_question_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        load_questions(write(tmp_path, GOOD | change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q": "Autre ?"}, "Identifiant"),
        ({"id": "q2", "q": "QUE RISQUE UN PASSEUR ?"}, "Question en double"),
        ({"id": "q2", "q": "Autre ?", "split": "test"}, "deux moitiés"),
    ],
)
def test_questions_that_contradict_each_other_are_refused(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(UnreadableSource, match=message):
        load_questions(write(tmp_path, GOOD, GOOD | change))


def test_a_provision_graded_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    line = path.read_text(encoding="utf-8")
    path.write_text(
        line.replace('"ceseda/L823-1": 2', '"ceseda/L823-1": 2, "ceseda/L823-1": 1'), encoding="utf-8"
    )
    with pytest.raises(UnreadableSource, match="clé en double"):
        load_questions(path)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(GOOD) + "\n{oops\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="ligne 2"):
        load_questions(path)


def test_a_missing_file_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="illisible"):
        load_questions(tmp_path / "absent.jsonl")


def test_every_style_has_enough_questions() -> None:
    counts = Counter(question.style for question in load_questions(GOLDEN))
    assert {style: counts[style] for style in MINIMUM if counts[style] < MINIMUM[style]} == {}
    assert counts.total() >= 170


def test_the_two_halves_are_balanced_in_every_style() -> None:
    questions = load_questions(GOLDEN)
    for style in MINIMUM:
        halves = Counter(question.split for question in questions if question.style == style)
        assert min(halves[split] for split in ("train", "test")) >= 0.4 * halves.total(), style


def test_each_file_has_questions_of_its_own_and_none_is_known_to_the_search() -> None:
    splits = [{question.split for question in load_questions(file)} for file in FILES]
    assert splits == [{"train", "test"}, {"other"}, {"aside"}]
    asked = [question.text.casefold() for file in FILES for question in load_questions(file)]
    assert len(asked) == len(set(asked))
    assert not {question.text.casefold() for question in known_questions()} & set(asked)


def test_identifiers_are_in_their_one_spelling() -> None:
    named = {
        provision for file in FILES for question in load_questions(file) for provision in question.relevant
    }
    for provision in named:
        identifier = parse_id(provision)
        assert provision == provision_id(identifier.text, identifier.number or "")


@pytest.mark.sources
def test_every_provision_named_is_an_article_of_the_texts(sources: Path) -> None:
    named = {
        provision for file in FILES for question in load_questions(file) for provision in question.relevant
    }
    assert named - set(articles(sources / "codes" / "2026-04-03")) == set()
