"""The themes: well formed, without a word twice, and mapped only to what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.errors import ArtefactError
from kb.ids import canonical_number, format_id, parse_id
from kb.store import Reader
from kb.taxonomy import REPLY, Theme, load_themes, themes_of_answer, themes_of_provision
from service.base import open_service
from service.settings import Settings

THEMES = tuple(load_themes().values())
LAST_QUESTION = 42


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The base that is built, or a skip that says why there is none."""
    try:
        return open_service(Settings()).reader
    except ArtefactError as error:
        pytest.skip(f"no base to read: {error.message} {error.hint}")


def test_there_are_at_least_sixty_themes_in_every_group() -> None:
    assert len(THEMES) >= 60
    assert len({theme.group.id for theme in THEMES}) >= 10


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_a_theme_is_complete(theme: Theme) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", theme.id)
    assert all((theme.fr, theme.en, theme.note.endswith("."), theme.examples, theme.examples_en))
    assert theme.provisions
    named = (*theme.provisions, *theme.decisions, *theme.answers)
    assert len(set(named)) == len(named)
    assert all(1 <= question <= LAST_QUESTION for question in theme.answers)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.id)
def test_identifiers_are_written_in_their_one_spelling(theme: Theme) -> None:
    for value in (*theme.provisions, *theme.decisions):
        parsed = parse_id(value)
        assert format_id(parsed) == value
        assert (
            parsed.number is None
            or parsed.text.startswith("eu/")
            or canonical_number(parsed.number) == parsed.number
        )


def test_no_two_themes_bear_the_same_name() -> None:
    for names in ([t.fr for t in THEMES], [t.en for t in THEMES]):
        assert len({name.casefold() for name in names}) == len(names)


def test_every_provision_has_a_record_or_a_text_to_read(reader: Reader) -> None:
    wanted = {provision for theme in THEMES for provision in theme.provisions}
    assert wanted - set(reader.provisions(wanted)) == set()


@pytest.mark.sources
def test_every_answer_is_in_the_reply(sources: Path, reader: Reader) -> None:
    questions = set(reader.questions(REPLY))
    assert {q for theme in THEMES for q in theme.answers} <= questions


@pytest.mark.sources
def test_every_decision_is_one_that_the_base_speaks_of(sources: Path, reader: Reader) -> None:
    spoken_of = reader.cited_targets("cass/")
    assert {d for theme in THEMES for d in theme.decisions} <= spoken_of


def test_a_provision_and_an_answer_tell_their_themes() -> None:
    assert "definition-traite" in [t.id for t in themes_of_provision("code-penal/225-4-1")]
    assert themes_of_provision("code-penal/999") == ()
    assert themes_of_answer("autre", 21) == ()
    assert "delai-reflexion" in [t.id for t in themes_of_answer(REPLY, 21)]
