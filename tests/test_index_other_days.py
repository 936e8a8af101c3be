"""A question asked at a past day: today's knowledge reaches the numbers of the day, and gone articles answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.retrieval.model import Question
from index.retrieval.recodifications import carried, carried_column, counterparts, recodifications
from index.retrieval.search import Searcher
from kb.model import PassageKind
from tests.builders import Article, reply
from tests.test_index_build import TODAY, built, ceseda, penal, searcher, store

ROWS = {
    "ceseda/L316-1": 0,
    "ceseda/L425-1": 1,
    "ceseda/L425-3": 2,
    "ceseda/L611-1": 3,
    "code-penal/225-4-1": 4,
}
BEFORE, AFTER = date(2021, 4, 30), date(2021, 5, 1)


def test_before_the_recodification_a_number_of_today_stands_for_the_one_whose_place_it_took() -> None:
    to = counterparts(recodifications(ROWS), BEFORE)
    assert carried({1: 0.4, 2: 0.9, 4: 0.5}, to) == {0: 0.9, 4: 0.5}


def test_after_it_the_number_that_is_no_more_stands_for_the_one_that_took_its_place() -> None:
    to = counterparts(recodifications(ROWS), AFTER)
    assert carried({0: 0.4, 4: 0.5}, to) == {1: 0.4, 4: 0.5}


def test_what_is_known_of_a_number_given_anew_reaches_no_other_article() -> None:
    """L. 611-1 is the obligation to leave since 2021; in 2019 it was identity checks."""
    assert carried({3: 0.7}, counterparts(recodifications(ROWS), BEFORE)) == {}
    assert carried({3: 0.7}, counterparts(recodifications(ROWS), AFTER)) == {3: 0.7}


def test_a_column_of_today_reaches_the_former_articles_and_leaves_the_others() -> None:
    values = np.array([0.1, 0.8, 0.3, 0.6, 0.5], dtype=np.float32)
    turns = recodifications(ROWS)
    assert carried_column(values, turns, BEFORE).tolist() == pytest.approx([0.8, 0.8, 0.3, 0.6, 0.5])
    assert carried_column(values, turns, AFTER).tolist() == pytest.approx(values.tolist())
    assert values[0] == np.float32(0.1)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """A reply that cites L. 425-1 alone; the old article holds the same words."""
    folder: Path = tmp_path_factory.mktemp("base")
    answer = (21, PassageKind.ANSWER, "Le récépissé rouge est remis (article L425-1 du CESEDA).")
    codes = (
        penal(Article("225-4-1", "La traite est punie.", "Le racolage passif est puni.")),
        ceseda(
            Article("L316-1", "L'étranger qui dépose plainte."), Article("L425-1", "L'étranger plaignant.")
        ),
    )
    reader = store(folder / "kb.sqlite", *codes, reply(answer))
    built(reader, folder / "index")
    return searcher(reader, folder / "index")


@pytest.mark.parametrize(("day", "best"), [(date(2019, 6, 1), "ceseda/L316-1"), (TODAY, "ceseda/L425-1")])
def test_evidence_speaks_for_the_number_of_the_day(opened: Searcher, day: date, best: str) -> None:
    hits = {hit.provision: hit for hit in opened.rank(Question("récépissé rouge", day)).hits}
    speaking = [name for name, hit in hits.items() if hit.parts.evidence > 0]
    assert speaking == [best]
