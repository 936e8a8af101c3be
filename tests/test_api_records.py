"""Our records over HTTP: the list, one record, its page, and its place on the page of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.presenters.official_addresses import official_address
from corpus.source_reading import read_source
from corpus.sources import STARTER_KEY, discover
from service.settings import Settings
from tests.builders import ANSWERS, CESEDA, PENAL, REPLY, code, reply, small_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Our real records over two small codes and a small reply."""
    records = next(source for source in discover(Path("nowhere")) if source.key == STARTER_KEY)
    contents = (
        code("code-penal", "LEGITEXT000006070719", PENAL),
        code("ceseda", "LEGITEXT000006070158", CESEDA),
        reply(*ANSWERS, (14, ANSWERS[1][1], "Un seul cas.")),
        read_source(records),
    )
    service = small_service(tmp_path_factory.mktemp("base"), *contents)
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def get(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_records_are_listed_by_kind_question_and_provision(client: TestClient) -> None:
    assert {r["kind"] for r in get(client, "/v1/records?kind=plan")["results"]} == {"plan"}
    assert "reponse/14" in {r["id"] for r in get(client, "/v1/records?question=14")["results"]}
    about = get(client, "/v1/records?provision=code-penal/225-4-1&page_size=50")["results"]
    assert {"code-penal/225-4-1", "cass/23-85.798"} <= {r["id"] for r in about}


def test_the_pages_of_the_list_follow_each_other_with_their_filters(client: TestClient) -> None:
    first = get(client, "/v1/records?kind=disposition&page_size=50")
    second = get(client, first["next_page"])
    assert second["page"] == 1
    assert {r["kind"] for r in second["results"]} == {"disposition"}
    assert not {r["id"] for r in first["results"]} & {r["id"] for r in second["results"]}


def test_a_record_is_given_with_its_sections_fields_links_and_neighbours(client: TestClient) -> None:
    found = get(client, "/v1/records/cass/23-85.798")
    assert [s["heading"] for s in found["sections"]] == ["Faits", "Question", "Solution", "Portée"]
    assert (found["fields"]["court"], found["fields"]["date"]) == ("Cour de cassation", "2024-11-26")
    assert "code-penal/225-4-1" in {link["provision"] for link in found["cites"]}
    axis = get(client, "/v1/records/plan/teh-2024-2027/axe-2")
    assert "plan/teh-2024-2027" in {r["id"] for r in axis["related"]}
    plan = get(client, "/v1/records/plan/teh-2024-2027")
    assert "plan/teh-2024-2027/axe-2" in {r["id"] for r in plan["named_by"]}


def test_the_record_of_a_provision_gives_its_penalties_and_leads_to_its_text(client: TestClient) -> None:
    found = get(client, "/v1/records/code-penal/225-4-1")
    assert found["provision_url"] == "/dispositions/code-penal/225-4-1"
    assert found["fields"]["penalties"][0]["for"].startswith("victime majeure")
    assert found["sections"][0]["text"].startswith("C'est le texte central.")
    assert found["source_url"].endswith("searchField=NUM_ARTICLE&query=225-4-1")


def test_the_page_of_a_provision_leads_to_the_whole_record(client: TestClient) -> None:
    assert 'href="/fiches/code-penal/225-4-1"' in client.get("/dispositions/code-penal/225-4-1").text


def test_the_page_of_a_provision_says_who_acts_at_which_stage(client: TestClient) -> None:
    told = client.get("/dispositions/code-penal/225-4-1").text
    assert "Qui agit, à quelle étape" in told
    assert "<dt>Jugement</dt><dd>Tribunal correctionnel\xa0: juge le délit" in told


@pytest.mark.parametrize(
    "address", ["/v1/records?kind=chose", "/v1/records?genre=plan", "/v1/records?page=-1"]
)
def test_an_unknown_kind_or_parameter_is_refused(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_unknown_record_is_said_so(client: TestClient) -> None:
    answer = client.get("/v1/records/terme/inconnu")
    assert answer.status_code == 404
    assert "Aucune fiche « terme/inconnu »" in answer.json()["detail"]


def test_the_page_of_an_answer_shows_our_record_of_it(client: TestClient) -> None:
    page = client.get(f"/reponses/{REPLY}/14").text
    assert "Prévenir la traite dans le sport" in page
    assert 'href="/fiches/reponse/14"' in page


@pytest.mark.parametrize(
    "address",
    ["/fiches", "/fiches?kind=terme", "/fiches/plan/teh-2024-2027/axe-2", "/fiches/code-penal/225-4-1"],
)
def test_the_pages_of_records_are_served_with_their_twin_of_the_api(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "/v1/records" in answer.text


def test_a_citation_of_a_decision_leads_to_our_record_of_it(client: TestClient) -> None:
    passage = get(client, "/v1/passages?query=Un")["results"]
    assert all(p["url"] for p in passage)
    found = get(client, "/v1/records/loi/2013-711")
    assert found["url"] == "/fiches/loi/2013-711"
    cites = get(client, "/v1/records/cass/23-85.798")["cites"]
    assert "/fiches/loi/2013-711" in {link["url"] for link in cites}


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("code-travail/L5224-4", "https://www.legifrance.gouv.fr/search/code?tab_selection=code"),
        ("loi/2016-444", "https://www.legifrance.gouv.fr/search/all?"),
        ("eu/reg/2024/1348", "https://eur-lex.europa.eu/eli/reg/2024/1348/oj"),
        (
            "coe/ste-185",
            "https://www.coe.int/fr/web/conventions/full-list?module=treaty-detail&treatynum=185",
        ),
    ],
)
def test_an_official_address_is_made_of_the_number(identifier: str, address: str) -> None:
    assert str(official_address(identifier)).startswith(address)


@pytest.mark.parametrize("identifier", ["onu/geneve-1951/1", "circulaire/2023-03-28", "reponse 21"])
def test_no_official_address_is_guessed(identifier: str) -> None:
    assert official_address(identifier) is None
