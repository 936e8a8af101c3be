"""The table of old and new numbers: its page, its answer, its file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kb.concordance import correspondences
from service.settings import Settings
from tests.builders import small_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("concordance")
    with TestClient(create_app(Settings(home=folder), lambda _: small_service(folder))) as client:
        yield client


def test_a_number_in_any_spelling_finds_what_it_became_and_what_it_came_from(client: TestClient) -> None:
    found = client.get("/v1/concordance", params={"code": "CESEDA", "number": ["art", "L. 316-1"][1]}).json()
    assert [(row["new"], row["succession"]) for row in found["results"]] == [
        ("L425-1", "repartie"),
        ("L425-3", "repartie"),
    ]
    (row,) = client.get("/v1/concordance?code=ceseda&number=L425-1").json()["results"]
    assert (row["old"], row["day"], row["given_anew"]) == ("L316-1", "2021-05-01", False)
    assert (row["new_url"], row["old_url"]) == ("/dispositions/ceseda/L425-1?date=2021-05-01", None)


def test_the_pages_of_the_table_hold_each_row_once(client: TestClient) -> None:
    address, rows = "/v1/concordance?code=ceseda&page_size=500", []
    while address:
        answer = client.get(address).json()
        rows += answer["results"]
        address = answer["next_page"]
    assert [(row["old"], row["new"]) for row in rows] == [(r.old, r.new) for r in correspondences("ceseda")]


def test_the_file_has_every_row_whatever_the_page(client: TestClient) -> None:
    answer = client.get("/v1/concordance?code=ceseda&format=csv&page_size=1")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "correspondance-ceseda.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(correspondences("ceseda"))
    assert next(row for row in rows if row["old"] == "L511-1")["given_anew"] == "oui"


def test_a_code_never_renumbered_has_an_empty_table_and_an_unknown_one_is_refused(client: TestClient) -> None:
    found = client.get("/v1/concordance?code=code-penal").json()
    assert (found["day"], found["total"], found["results"]) == (None, 0, [])
    assert client.get("/v1/concordance?code=zzz").status_code == 400
    assert client.get("/v1/concordance").status_code == 400
    assert client.get("/v1/concordance?code=ceseda&other=1").status_code == 400


def test_the_page_shows_rows_with_links_to_what_the_base_has_and_its_file(client: TestClient) -> None:
    text = client.get("/correspondance?numero=L.+511-1").text
    assert "redonné à un autre article" in text
    assert "format=csv" in text
    assert "/dispositions/ceseda/L425-1?date=2021-05-01" in client.get("/correspondance?numero=L425-1").text
    assert "Aucune table de correspondance" in client.get("/correspondance?code=code-penal").text


def test_the_page_leads_from_one_to_the_next_and_back(client: TestClient) -> None:
    first = client.get("/correspondance").text
    assert 'rel="next" href="/correspondance?code=ceseda&amp;page=1"' in first
    assert (
        'rel="prev" href="/correspondance?code=ceseda&amp;page=0"'
        in client.get("/correspondance?page=1").text
    )
