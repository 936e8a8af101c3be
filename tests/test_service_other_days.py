"""A question whose answer is the law of another day: said with its act; dates that a question writes are proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from index.retrieval.model import Candidate
from kb.ids import ProvisionId
from kb.model import State
from kb.resolution.article_table import ArticleTable
from kb.text.french_dates import dates_of_facts
from kb.validity import Standing, Validity
from service.other_days import other_days
from service.settings import Settings
from tests.builders import small_service

LIFE = {
    "code-penal/225-10-1": Validity(date(2003, 3, 19), date(2016, 4, 15), State.REPEALED),
    "code-penal/225-4-1": Validity(
        date(2003, 3, 19),
        None,
        State.IN_FORCE,
        absent_from=date.min,
        absent_until=date(2003, 3, 18),
        act="loi n° 2003-239",
    ),
    "code-penal/131-1": Validity(date(1994, 3, 1), date(2016, 4, 15), State.REPEALED),
}
TABLE = ArticleTable((ProvisionId(name), [validity]) for name, validity in LIFE.items())
POOL = tuple(Candidate(ProvisionId(name), 0.5) for name in LIFE)


def test_a_repealed_article_is_told_with_the_act_that_repealed_it_and_never_without() -> None:
    (other,) = other_days(TABLE, POOL, date(2026, 1, 1))
    assert (other.provision, other.standing, other.turn) == (
        "code-penal/225-10-1",
        Standing.REPEALED,
        date(2016, 4, 15),
    )
    assert "2016-444" in other.act


def test_an_article_asked_before_it_existed_is_told_with_the_day_of_its_birth() -> None:
    found = {other.provision: other for other in other_days(TABLE, POOL, date(2000, 1, 1))}
    assert found[ProvisionId("code-penal/225-4-1")].turn == date(2003, 3, 19)
    assert "code-penal/131-1" not in found


def test_nothing_is_told_on_a_day_when_they_all_were_the_law() -> None:
    assert other_days(TABLE, POOL, date(2012, 1, 1)) == ()


@pytest.mark.parametrize(
    "text", ["la loi du 5 août 2013", "l'arrêt du 4 avril 2024", "article 2012", "le 31 juin 2019"]
)
def test_the_date_of_an_act_or_of_no_calendar_is_not_proposed(text: str) -> None:
    assert dates_of_facts(text) == ()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(Settings(), lambda _: service)) as opened:
        yield opened


def test_a_date_written_in_the_question_is_proposed_and_not_applied(client: TestClient) -> None:
    answer = client.get("/v1/provisions", params={"query": "la traite le 12 mai 2014"}).json()
    assert [(one["words"], one["as_of"]) for one in answer["dates_proposed"]] == [
        ("le 12 mai 2014", "2014-05-12")
    ]
    assert answer["coverage"]["as_of"] == date.today().isoformat()


def test_the_page_links_to_the_same_question_at_that_date(client: TestClient) -> None:
    page = client.get("/recherche", params={"q": "la traite le 12 mai 2014"}).text
    assert "date=2014-05-12" in page
    assert "Chercher à cette date" in page
    again = client.get("/recherche", params={"q": "la traite le 12 mai 2014", "date": "2014-05-12"}).text
    assert "Chercher à cette date" not in again
