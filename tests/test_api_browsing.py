"""Browsing over a small base: by theme and by the plan of a code, every provision reached by links alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.pages.sections import PAGE_SIZE
from kb.model import PassageKind
from service.settings import Settings
from tests.builders import ANSWERS, PENAL, REPLY, Article, code, reply, small_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def _reached(client: TestClient, start: str) -> set[str]:
    """Every page that links lead to from one page, within the codes and the provisions."""
    seen, waiting = set(), [start]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        if address.startswith("/codes"):
            text = client.get(address.replace("&amp;", "&")).text
            waiting += re.findall(r'href="(/(?:codes|dispositions)[^"#]*)"', text)
    return seen


def test_every_provision_is_reached_from_the_list_of_codes(client: TestClient) -> None:
    reached = _reached(client, "/codes")
    expected = {f"/dispositions/code-penal/{a.number}" for a in PENAL}
    assert expected | {"/dispositions/ceseda/L425-1", "/dispositions/ceseda/L425-2"} <= reached


def test_a_long_section_is_cut_into_pages(tmp_path: Path) -> None:
    articles = tuple(Article(f"{n}", f"Texte {n}.") for n in range(1, 2 * PAGE_SIZE + 11))
    service = small_service(tmp_path, code("code-penal", "LEGITEXT000006070719", articles))
    with TestClient(create_app(Settings(), lambda _: service)) as client:
        found = client.get("/v1/codes/code-penal/plan/partie-legislative/section-1").json()
        assert (found["total"], len(found["results"])) == (110, 50)
        assert client.get(found["next_page"]).json()["page"] == 1
        reached = _reached(client, "/codes")
        assert {f"/dispositions/code-penal/{a.number}" for a in articles} <= reached


def test_the_plan_tells_counts_and_the_way_back(client: TestClient) -> None:
    found = client.get("/v1/codes/code-penal/plan/partie-legislative/section-1").json()
    assert [(s["title"], s["provisions"]) for s in found["trail"]] == [
        ("Code pénal", 3),
        ("Partie législative", 3),
        ("Section 1", 3),
    ]
    assert found["results"][0]["citation"] == "Code pénal, art. 225-4-1"


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/v1/codes/rien/plan", 404, "section-inconnue"),
        ("/v1/codes/code-penal/plan/livre-x", 404, "section-inconnue"),
        ("/v1/codes/code-penal/plan?page_size=51", 400, "demande-invalide"),
        ("/v1/codes/code-penal/plan?rien=1", 400, "demande-invalide"),
        ("/v1/codes/code-penal/plan?page=9999&page_size=50", 416, "page-trop-loin"),
        ("/v1/taxonomy/rien", 404, "theme-inconnu"),
    ],
)
def test_what_does_not_exist_is_told(client: TestClient, address: str, status: int, kind: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, kind)


def test_a_theme_counts_only_what_the_base_has(client: TestClient) -> None:
    themes = {t["id"]: t for t in client.get("/v1/taxonomy").json()["themes"]}
    assert themes["peines-traite"]["provisions"] == 3  # the small base has no more of the Code pénal
    found = client.get("/v1/taxonomy/delai-reflexion").json()
    assert found["provision_list"] == []
    assert [item["url"] for item in found["answer_list"]] == [f"/reponses/{REPLY}/21"]


def test_themes_are_shown_on_what_they_are_about(client: TestClient) -> None:
    assert 'href="/themes/definition-traite"' in client.get("/dispositions/code-penal/225-4-1").text
    assert 'href="/themes/delai-reflexion"' in client.get(f"/reponses/{REPLY}/21").text
    page = client.get("/themes/peines-traite").text
    assert 'href="/dispositions/code-penal/225-4-3"' in page


def test_an_article_leads_to_its_section_and_to_its_neighbours(client: TestClient) -> None:
    text = client.get("/dispositions/code-penal/225-4-2").text
    assert 'href="/codes/code-penal/partie-legislative/section-1"' in text
    assert 'rel="prev" href="/dispositions/code-penal/225-4-1"' in text
    assert 'rel="next" href="/dispositions/code-penal/225-4-3"' in text


def test_script_in_a_heading_comes_out_inert_in_the_plan(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    service = small_service(
        tmp_path,
        code(
            "code-penal",
            "LEGITEXT000006070719",
            (Article("1", hostile, hostile, heading=(hostile,)),),
            hostile,
        ),
        reply(*ANSWERS, title=hostile),
    )
    pages = (
        "/codes",
        "/codes/code-penal",
        "/codes/code-penal/script-alert-1-script",
        "/dispositions/code-penal/1",
        "/dispositions/code-penal/1/comparer",
        "/dispositions/code-penal/1/cite-par",
        "/dispositions/code-penal/1/cite-par?sorte=%3Cscript%3E&code=%22%3E%3Cscript%3E",
        "/codes/%3Cscript%3E",
        "/themes/%3Cscript%3E",
    )
    with TestClient(create_app(Settings(), lambda _: service)) as client:
        for address in pages:
            assert "<script>" not in client.get(address).text, address
        assert client.get(pages[2]).status_code == 200


def test_the_picture_and_the_lists_of_a_neighbourhood_say_the_same(client: TestClient) -> None:
    found = client.get("/v1/provisions/code-penal/225-4-1/neighbourhood").json()
    assert [node["url"] for node in found["cited_by"]] == [
        "/dispositions/ceseda/L425-1",
        "/dispositions/code-penal/225-4-2",
    ]
    text = client.get("/dispositions/code-penal/225-4-1/carte").text
    picture, lists = text.split("</svg>")
    for node in (*found["cited_by"], *found["cites"], *found["themes"]):
        assert f'<a href="{node["url"]}" aria-label=' in picture
        assert f'<a href="{node["url"]}">' in lists


def test_a_neighbourhood_shows_every_kind_of_source_first(tmp_path: Path) -> None:
    many = tuple(Article(f"{n}", "Selon l'article 225-4-1 du code pénal.") for n in range(300, 340))
    service = small_service(
        tmp_path,
        code("code-penal", "LEGITEXT000006070719", (*PENAL, *many)),
        reply((1, PassageKind.ANSWER, "L'article 225-4-1 du code pénal.")),
    )
    with TestClient(create_app(Settings(), lambda _: service)) as client:
        found = client.get("/v1/provisions/code-penal/225-4-1/neighbourhood").json()
    assert (len(found["cited_by"]), found["cited_by_total"]) == (12, 42)
    assert found["cited_by"][0]["kind"] == "questionnaire"
