"""The pages over a small base: what they show, that they are sound HTML, and that they need nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kb.model import PassageKind
from service.settings import Settings
from tests.builders import CESEDA, PENAL, REPLY, Article, code, reply, small_service
from tests.page_addresses import PAGES

VOID = {"meta", "link", "input", "br", "hr", "img"}
MAX_BYTES = 150_000


class Page(HTMLParser):
    """Reads a page and notes what the tests ask of it; an unbalanced tag fails at once."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(service.settings, lambda _: service)) as found:
        yield found


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_sound_accessible_and_light(client: TestClient, address: str) -> None:
    answer = client.get(address)
    page = Page(answer.text)
    assert page.all("html")[0]["lang"] == "fr"
    assert page.all("a")[0]["href"] == "#contenu"
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "h1", "title")] == [1] * 5
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    fields = {a.get("id") for t in ("input", "select") for a in page.all(t) if a.get("type") != "hidden"}
    assert fields <= {label["for"] for label in page.all("label")}
    assert len(answer.content) <= MAX_BYTES


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_script_of_our_own_and_nothing_from_another_host(
    client: TestClient, address: str
) -> None:
    """None is written in a page; what the tests of browsers do without JavaScript tells that none is needed."""
    page = Page(client.get(address).text)
    assert page.all("script") == [{"type": "module", "src": "/static/suggestions.js"}]
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]
    needed = [a.get("href") or "" for a in page.all("link")] + [
        a.get("src") or "" for t in ("img", "script") for a in page.all(t)
    ]
    assert all(urlsplit(address).netloc == "" for address in needed)
    assert all(client.get(address).status_code == 200 for address in needed)


@pytest.mark.parametrize("address", PAGES)
def test_every_internal_link_of_a_page_leads_somewhere(client: TestClient, address: str) -> None:
    links = {a["href"] or "" for a in Page(client.get(address).text).all("a")}
    internal = {link for link in links if link.startswith("/")}
    assert internal
    for link in internal - {"/docs"}:
        # The reference of the API gives the address of one's dossiers too, which asks who one is.
        assert client.get(link).status_code == (401 if link == "/v1/dossiers" else 200), link


def test_no_style_of_the_sheet_asks_another_host_for_anything() -> None:
    sheet = (Path(__file__).parent.parent / "api" / "static" / "style.css").read_text(encoding="utf-8")
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_every_block_of_the_sheet_is_closed() -> None:
    """One left open in `@media print` would keep what follows from the screen."""
    sheet = (Path(__file__).parent.parent / "api" / "static" / "style.css").read_text(encoding="utf-8")
    assert sheet.count("{") == sheet.count("}")


def test_results_show_the_words_found_the_evidence_and_the_address_of_the_api(client: TestClient) -> None:
    text = client.get("/recherche?q=plainte").text
    assert "<mark>plainte</mark>" in text
    assert f'href="/reponses/{REPLY}/21#p1"' in text
    assert "/v1/provisions?query=plainte" in text
    assert '<meter min="0" max="1" value="0.5"' in text


def test_results_can_be_asked_again_by_the_address_shown(client: TestClient) -> None:
    page = Page(client.get("/recherche?q=traite&code=code-penal&date=2015-01-01").text)
    address = next(a["href"] for a in page.all("a") if (a["href"] or "").startswith("/v1/provisions"))
    found = client.get(str(address)).json()
    assert [r["citation"] for r in found["results"]]
    assert all(r["citation"] in page.text for r in found["results"])
    assert found["coverage"]["as_of"] == "2015-01-01"


def test_a_number_that_no_article_bears_is_told_with_links_to_the_nearest(client: TestClient) -> None:
    text = client.get("/recherche?q=article+225-4-99+du+code+p%C3%A9nal").text
    assert "aucun article ne porte ce numéro" in text
    assert 'href="/dispositions/code-penal/225-4-3"' in text


def test_the_text_of_a_provision_has_numbered_anchored_alineas(client: TestClient) -> None:
    page = Page(client.get("/dispositions/code-penal/225-4-3").text)
    assert [a["id"] for a in page.all("p") if a.get("class") == "alinea"] == ["al1", "al2"]


def test_citations_inside_a_provision_are_links(client: TestClient) -> None:
    text = client.get("/dispositions/ceseda/L425-1").text
    found = re.search(
        r'<a href="/dispositions/code-penal/225-4-1" aria-describedby="([^"]+)">article 225-4-1 du code pénal</a>',
        text,
    )
    assert found
    assert f'<span class="preview" role="tooltip" id="{found[1]}">Code pénal, art. 225-4-1. La traite' in text


def test_any_spelling_of_a_provision_leads_to_its_one_address(client: TestClient) -> None:
    answer = client.get("/dispositions/art. L. 425-1 du CESEDA", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/dispositions/ceseda/L425-1")


def test_a_former_wording_is_shown_at_the_day_on_which_it_was_seen(client: TestClient) -> None:
    text = client.get("/dispositions/code-penal/225-4-1?date=2010-08-11").text
    assert "La traite est punie." in text
    assert "jusqu&#39;au 11 août 2010 au moins" in text


def test_an_answer_shows_its_question_tables_notes_and_citations(client: TestClient) -> None:
    text = client.get(f"/reponses/{REPLY}/21").text
    page = Page(text)
    assert len(page.all("table")) == 1
    assert '<th scope="col">2021</th>' in text
    assert text.index("article L425-1 du CESEDA") < text.index("<aside") < text.index("<table")
    assert '<a href="/dispositions/ceseda/L425-1"' in text
    assert "aucun article ne porte ce numéro" in text
    assert "hors de la base" in text
    assert f'rel="next" href="/reponses/{REPLY}/26"' in text


def test_script_in_a_title_a_heading_or_a_text_comes_out_inert(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    service = small_service(
        tmp_path,
        code(
            "code-penal", "LEGITEXT000006070719", (Article("1", hostile, heading=(hostile,)), *PENAL), hostile
        ),
        code("ceseda", "LEGITEXT000006070158", CESEDA),
        reply((1, PassageKind.ANSWER, f"{hostile} article 225-4-1 du code pénal"), title=hostile),
    )
    with TestClient(create_app(Settings(), lambda _: service)) as client:
        for address in (
            "/recherche?q=alert",
            "/recherche?q=225-4-1",
            "/dispositions/code-penal/1",
            "/dispositions/code-penal/225-4-1",
            f"/reponses/{REPLY}/1",
            "/sources",
            f"/sources/{REPLY}",
        ):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "<script>" not in answer.text


def test_the_sources_are_listed_and_our_records_are_counted_with_a_way_to_them(client: TestClient) -> None:
    page = Page(client.get("/sources").text)
    links = {a["href"] or "" for a in page.all("a")}
    assert f"/sources/{REPLY}" in links
    assert "/fiches" in links
    assert not any(link.startswith("/sources/fiche") for link in links)


def test_the_same_words_quoted_twice_are_shown_once(tmp_path: Path) -> None:
    text = "La victime obtient un titre (article L425-1 du CESEDA)."
    service = small_service(
        tmp_path,
        code("ceseda", "LEGITEXT000006070158", CESEDA),
        reply((1, PassageKind.ANSWER, text), (2, PassageKind.ANSWER, text)),
    )
    with TestClient(create_app(Settings(), lambda _: service)) as client:
        page = client.get("/recherche?q=L425-1+du+CESEDA").text
    assert page.count("<blockquote>") == 1
    assert "Même texte" in page
    assert f'href="/reponses/{REPLY}/2#p1"' in page
