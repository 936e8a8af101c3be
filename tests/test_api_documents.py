"""Decisions and documents served: their pages, the API, what could not be read, what cites them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kb.progress import silent
from service.base import open_service
from service.build import BuildReport, build
from service.settings import Settings
from tests.office_files import pdf
from tests.source_folder import write_sources
from tests.test_corpus_judilibre import DECISION

PLAN = "# Plan\n\n## Mesure 1 : Former\n\nSelon Cass. crim., 26 novembre 2024, n° 23-85.798, l'avantage suffit.\n"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("base")
    sources = write_sources(folder / "sources")
    files = {
        "case_law/judilibre/d.json": json.dumps(DECISION).encode(),
        "case_law/judilibre/abîmé.json": b"{",
        "plans/plan.md": PLAN.encode(),
        "rapports/chiffré.pdf": pdf([[(0, "Secret.")]], password="mot"),
    }
    for name, data in files.items():
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        (sources / name).write_bytes(data)
    return Settings(home=folder / "data", sources=sources, database_url=None)


@pytest.fixture(scope="module")
def report(settings: Settings) -> BuildReport:
    return build(settings, (), silent)


@pytest.fixture(scope="module")
def client(settings: Settings, report: BuildReport) -> Iterator[TestClient]:
    service = open_service(settings)
    with TestClient(create_app(settings, lambda _: service)) as found:
        yield found


def test_the_build_names_the_files_that_it_went_without_each_time(
    settings: Settings, report: BuildReport
) -> None:
    names = ["case_law/judilibre/abîmé.json", "rapports/chiffré.pdf"]
    assert [path for path, _ in report.unread] == names
    assert "mot de passe" in report.unread[1][1]
    again = build(settings, (), silent)
    assert (again.changed, [path for path, _ in again.unread]) == ((), names)


def test_the_api_lists_them_beside_the_documents(client: TestClient) -> None:
    found = client.get("/v1/documents").json()
    assert [file["path"] for file in found["unread"]] == [
        "case_law/judilibre/abîmé.json",
        "rapports/chiffré.pdf",
    ]
    assert {"cass/23-85.798", "plan-plan"} <= {document["id"] for document in found["results"]}
    assert "chiffré.pdf" in client.get("/sources").text


def test_a_decision_gives_its_notice_what_it_applies_and_what_cites_it(client: TestClient) -> None:
    found = client.get("/v1/documents/cass/23-85.798").json()
    assert {"name": "solution", "value": "Rejet"} in found["facts"]
    assert [(link["provision"], link["kind"], link["confidence"]) for link in found["applies"]] == [
        ("code-penal/225-4-2", "visa", 1.0),
        ("code-penal/225-4-1", "sommaire", 1.0),
    ]
    assert ("plan", "Plan") in [
        (source["kind"], source["label"]) for source in found["cited_by"]
    ]  # and our records
    assert {p["place"] for p in found["other_passages"]} == {
        "sommaire", "visa", "introduction", "motivations", "dispositif",
    }  # fmt: skip


def test_its_page_says_the_same(client: TestClient) -> None:
    page = client.get("/sources/cass/23-85.798").text
    for said in (
        "Textes appliqués",
        "Motivations",
        "Dispositif",
        "Cité par",
        "Rejet",
        "/v1/documents/cass/23-85.798",
    ):
        assert said in page


def test_the_provision_that_it_applies_names_it(client: TestClient) -> None:
    page = client.get("/dispositions/code-penal/225-4-2").text
    assert "Décisions" in page
    assert 'href="/sources/cass/23-85.798"' in page


def test_a_document_that_cites_it_leads_to_it(client: TestClient) -> None:
    found = client.get("/v1/documents/plan-plan").json()
    passage = client.get(f"/v1/passages/{found['other_passages'][0]['id']}").json()
    (link,) = passage["cites"]
    assert (link["target"], link["status"], link["url"]) == (
        "cass/23-85.798",
        "resolved",
        "/sources/cass/23-85.798",
    )
    assert link["citation"].startswith("Cour de cassation, chambre criminelle, 26 novembre 2024")


def test_a_search_over_passages_finds_the_summary(client: TestClient) -> None:
    found = client.get(
        "/v1/passages", params={"query": "l'infraction suppose un avantage", "kind": "sommaire"}
    ).json()
    assert found["results"][0]["document"] == "cass/23-85.798"


def test_a_document_is_searched_by_itself_on_its_page_and_by_the_api(client: TestClient) -> None:
    documents = {d["kind"]: d["id"] for d in client.get("/v1/documents").json()["results"]}
    plan, code = documents["plan"], documents["code"]
    found = client.get("/v1/passages", params={"query": "avantage", "document": plan}).json()
    assert {result["document"] for result in found["results"]} == {plan}
    articles = client.get("/v1/passages", params={"query": "traite", "document": code}).json()
    assert {result["kind"] for result in articles["results"]} == {"article"}
    page = client.get(f"/sources/{plan}", params={"q": "avantage"})
    assert "Mesure 1 : Former" in page.text
    assert "<mark>avantage</mark>" in page.text
    assert f'href="/sources/{plan}"' in page.text


def test_a_document_that_is_not_there_is_not_searched(client: TestClient) -> None:
    answer = client.get("/v1/passages", params={"query": "traite", "document": "rien"})
    assert (answer.status_code, answer.json()["code"]) == (404, "document-inconnu")
    assert client.get("/v1/passages", params={"query": "traite", "document": "a\x00b"}).status_code == 400


def test_the_page_of_a_document_has_a_form_that_searches_it_and_of_a_code_one_that_searches_the_code(
    client: TestClient,
) -> None:
    documents = {d["kind"]: d["id"] for d in client.get("/v1/documents").json()["results"]}
    assert f'action="/sources/{documents["plan"]}"' in client.get(f"/sources/{documents['plan']}").text
    code = client.get(f"/sources/{documents['code']}").text
    assert 'action="/recherche" role="search" aria-label="Recherche dans ce document"' in code
    assert f'name="code" value="{documents["code"].partition("@")[0]}"' in code
