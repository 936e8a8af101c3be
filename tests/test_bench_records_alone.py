"""A fresh machine, with no official text: what our records alone answer, and that they are told apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bench.sections.records_alone import bare, by_style, described, newest
from bench.sections.retrieval import HALVES
from bench.tools.judging import TRAFFICKING, Judged, judge, mean, of_styles
from bench.tools.questions import load_questions
from bench.tools.search_system import our_ranker
from bench.tools.subject import OTHER_HAND, QUESTIONS
from kb.progress import silent
from service.base import Service, open_service
from service.build import build
from service.settings import Settings

# What the project asks of a machine without sources: a right answer among the first three, four times out of five.
LEAST = 0.80
# Over both halves: 0.96 with 829 records.
NEARLY = 0.95


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = bare(Settings(), tmp_path_factory.mktemp("fiches"))
    assert not build(settings, (), silent).official
    opened = open_service(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judged(service: Service) -> tuple[Judged, ...]:
    every = load_questions(QUESTIONS) + load_questions(OTHER_HAND)
    asked = [q for q in every if q.style in TRAFFICKING]
    return judge(our_ranker(service.searcher, newest(service)), asked)


def test_the_base_holds_our_records_and_no_text(service: Service) -> None:
    counts = service.reader.counts()
    assert counts["version"] == 0
    assert counts["provision"] >= 160
    assert f"{counts['provision']} de dispositions" in described(service)


@pytest.mark.parametrize("half", list(HALVES))
def test_our_records_alone_answer_the_questions_on_trafficking(judged: tuple[Judged, ...], half: str) -> None:
    found = mean([one for one in judged if one.question.split == half], "succès@3")
    assert found is not None
    assert found >= LEAST


def test_our_records_alone_find_nearly_every_one_among_the_first_three(judged: tuple[Judged, ...]) -> None:
    found = mean(list(judged), "succès@3")
    assert found is not None
    assert found >= NEARLY


@pytest.mark.parametrize("style", ["lay", "english", "misspelt", "expert"])
def test_no_way_of_asking_is_left_behind(judged: tuple[Judged, ...], style: str) -> None:
    found = mean(of_styles(judged, [style]), "succès@3")
    assert found is not None
    assert found >= LEAST


def test_a_table_has_one_row_a_style_and_one_for_all_of_its_half(judged: tuple[Judged, ...]) -> None:
    table = by_style(judged, "test")
    assert len(table.rows) == len(TRAFFICKING) + 1
    counts = [row[1] for row in table.rows]
    assert counts[-1] == sum(count for count in counts[:-1] if isinstance(count, int))
    assert {len(row) for row in table.rows} == {len(table.columns)}
