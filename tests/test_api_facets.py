"""Facets: every count is the total of the answer that keeps the value, and nothing that narrows changes a score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from starlette.testclient import TestClient

from api.app import create_app
from kb.model import PassageKind
from kb.taxonomy import load_themes
from kb.validity import Standing
from service.facet_filter import Facet
from service.settings import Settings
from tests.builders import CESEDA, PENAL, Article, code, reply, small_service

FORMER = Article("225-4-9", "La traite était autrement punie.", "La traite d'autrefois.")
LETTERED = Article("R610-5", "La peine de la traite est une amende.")
ANSWER = (21, PassageKind.ANSWER, "La traite : articles 225-4-1 et 225-4-2 du code pénal, L425-1 du CESEDA.")
QUESTIONS = (
    "la traite est punie",
    "article 225-4-1 du code pénal",
    "peine étranger",
    "L425-1 plainte",
    "un décret",
    "zzz",
)
DAYS = ("2026-04-03", "2015-01-01", "1990-01-01")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(
        tmp_path_factory.mktemp("base"),
        code("code-penal", "LEGITEXT000006070719", (*PENAL, FORMER, LETTERED)),
        code("ceseda", "LEGITEXT000006070158", CESEDA, "Code de l'entrée et du séjour"),
        reply(ANSWER),
    )
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def ask(client: TestClient, **asked: Any) -> Any:
    answer = client.get("/v1/provisions", params={"page_size": 50, "facets": "true", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(found: Any) -> dict[str, dict[str, int]]:
    return {f["name"]: {v["value"]: v["count"] for v in f["values"]} for f in found["facets"]}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("query", QUESTIONS)
def test_a_count_is_the_total_of_the_answer_that_its_address_gives(
    client: TestClient, query: str, day: str
) -> None:
    found = ask(client, query=query, as_of=day)
    for facet in found["facets"]:
        for value in facet["values"]:
            kept = client.get(value["url"]).json()
            assert (kept["total"], len(kept["results"])) == (value["count"], value["count"]), value
            assert not value["selected"]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_counts_stay_true_whatever_is_kept_and_scores_never_move(client: TestClient, data: Any) -> None:
    query = data.draw(st.sampled_from(QUESTIONS))
    every = ask(client, query=query)
    scores = {result["id"]: (result["score"], result["parts"]) for result in every["results"]}
    offered = counts(every)
    kept = {
        name: data.draw(st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True), label=name)
        for name, values in offered.items()
    }
    found = ask(client, query=query, **kept)
    assert found["total"] == len(found["results"])
    assert found["candidates"] == every["candidates"] == every["total"]
    assert {r["id"]: (r["score"], r["parts"]) for r in found["results"]}.items() <= scores.items()
    for name, values in counts(found).items():
        for value, count in values.items():
            alone = ask(client, query=query, **{**kept, name: value})
            assert alone["total"] == count, (name, value)


def test_the_count_of_a_facet_ignores_its_own_choice_and_heeds_the_others(client: TestClient) -> None:
    every = counts(ask(client, query="la traite est punie"))
    one = counts(ask(client, query="la traite est punie", in_code="ceseda"))
    assert one["in_code"] == every["in_code"]
    assert sum(one["kind"].values()) == every["in_code"]["ceseda"]
    none = ask(client, query="la traite est punie", in_code="ceseda", kind="R")
    assert (none["total"], none["results"]) == (0, [])
    chosen = [v["value"] for f in none["facets"] for v in f["values"] if v["selected"]]
    assert chosen == ["ceseda", "R"]


def test_values_of_one_facet_add_up_and_facets_narrow_together(client: TestClient) -> None:
    both = ask(client, query="la traite est punie", kind=["R", "L"])
    assert {result["number"][0] for result in both["results"]} == {"R", "L"}
    one = ask(client, query="la traite est punie", kind=["R", "L"], in_code="code-penal")
    assert [result["number"] for result in one["results"]] == ["R610-5"]


def test_the_states_are_those_of_the_day(client: TestClient) -> None:
    now, then, before = (counts(ask(client, query="traite", as_of=day))["state"] for day in DAYS)
    assert set(now) == {Standing.IN_FORCE}
    assert Standing.UNDETERMINED in then, (
        "an article of two wordings, between the days on which they were seen"
    )
    assert set(before) == {Standing.UNKNOWN}


def test_the_sources_are_the_kinds_of_documents_that_speak_for_a_provision(client: TestClient) -> None:
    found = ask(client, query="la traite est punie", source="questionnaire")
    assert {result["id"] for result in found["results"]} <= {
        "code-penal/225-4-1",
        "code-penal/225-4-2",
        "ceseda/L425-1",
    }
    assert found["results"]
    assert all(result["evidence"] for result in found["results"])


def test_a_theme_keeps_the_provisions_that_the_taxonomy_gives_it(client: TestClient) -> None:
    found = ask(client, query="la traite est punie", theme="definition-traite")
    assert found["results"]
    assert {r["id"] for r in found["results"]} <= set(load_themes()["definition-traite"].provisions)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_answers_are_sorted_by_number_within_each_code(client: TestClient, order: str) -> None:
    found = [r["id"] for r in ask(client, query="la traite est de un", sort="number", order=order)["results"]]
    ids = [f"ceseda/{a.number}" for a in CESEDA] + [
        f"code-penal/{a.number}" for a in (*PENAL, FORMER, LETTERED)
    ]
    expected = [identifier for identifier in ids if identifier in found]
    assert len(found) > 4
    assert found == (expected if order == "asc" else expected[::-1])


def test_answers_are_sorted_by_the_date_of_their_wording_the_newest_first(client: TestClient) -> None:
    days = [r["valid_from"] for r in ask(client, query="la traite est punie", sort="date")["results"]]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) == 2
    oldest = ask(client, query="la traite est punie", sort="date", order="asc")
    assert [r["valid_from"] for r in oldest["results"]] == sorted(days)
    assert (oldest["sort"], oldest["order"]) == ("date", "asc")


def test_pages_of_a_narrowed_and_sorted_answer_follow_each_other(client: TestClient) -> None:
    asked = {"query": "la traite est de un", "kind": ["sans-lettre", "L"], "sort": "number"}
    whole = [result["id"] for result in ask(client, **asked)["results"]]
    seen, address = [], f"/v1/provisions?{urlencode({**asked, 'page_size': 2}, doseq=True)}"
    while address:
        found = client.get(address).json()
        seen += [result["id"] for result in found["results"]]
        address = found["next_page"]
    assert seen == whole
    assert len(whole) > 2


def test_facets_are_only_counted_when_asked_for(client: TestClient) -> None:
    assert client.get("/v1/provisions", params={"query": "traite"}).json()["facets"] is None


def test_every_facet_is_a_parameter_that_the_document_describes(client: TestClient) -> None:
    parameters = client.get("/openapi.json").json()["paths"]["/v1/provisions"]["get"]["parameters"]
    described = {p["name"]: p for p in parameters}
    assert {facet.value for facet in Facet} <= set(described)
    assert "definition-traite" in described["theme"]["schema"]["items"]["enum"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("theme", "<script>alert(1)</script>", "thème"),
        ("theme", "' OR 1=1 --", "thème"),
        ("in_code", "../../etc/passwd", "code"),
        ("in_code", "x" * 5_000, ""),
        ("period", "2016-2020", "période"),
        ("period", "9" * 20, "période"),
        ("state", "vigueur", "Valeur inconnue"),
        ("kind", "Z", "Valeur inconnue"),
        ("source", "roman", "Valeur inconnue"),
        ("sort", "scorepub", "Valeur inconnue"),
        ("order", "sideways", "Valeur inconnue"),
    ],
)
def test_a_value_that_is_none_is_refused_in_french_and_stays_inert(
    client: TestClient, name: str, value: str, told: str
) -> None:
    refused = client.get("/v1/provisions", params={"query": "traite", name: value})
    assert refused.status_code == 400
    assert told in refused.json()["detail"]
    page = client.get("/recherche", params={"q": "traite", name: value})
    assert page.status_code == 400
    assert "<script>" not in page.text


def _page(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return etree.HTML(answer.text)


def test_the_page_says_each_count_and_keeps_what_is_checked(client: TestClient) -> None:
    page = _page(client, "/recherche?q=la+traite+est+punie&date=2026-04-03&sort=number")
    (form,) = page.xpath("//form[@aria-labelledby='affiner']")
    hidden = dict(
        zip(
            form.xpath(".//input[@type='hidden']/@name"),
            form.xpath(".//input[@type='hidden']/@value"),
            strict=True,
        )
    )
    assert hidden == {"q": "la traite est punie", "date": "2026-04-03", "sort": "number"}
    boxes = form.xpath(".//input[@type='checkbox']")
    assert boxes
    for box in boxes:
        (label,) = form.xpath(f".//label[@for='{box.get('id')}']")
        count = int("".join(label.xpath("./span/text()")).strip("()"))
        kept = _page(client, f"/recherche?{urlencode({**hidden, box.get('name'): box.get('value')})}")
        (told,) = kept.xpath("//p[@class='count']/text()")
        assert told.split()[0] == str(count)
        assert kept.xpath("//input[@checked]/@value") == [box.get("value")]


def test_each_filter_can_be_taken_off_and_all_of_them(client: TestClient) -> None:
    address = "/recherche?q=la+traite+est+punie&in_code=ceseda&state=abrogee"
    page = _page(client, address)
    assert "Aucune des" in page.xpath("//p[@class='count']/text()")[0]
    links = {
        " ".join("".join(a.itertext()).split()): a.get("href")
        for a in page.xpath("//main//a[@rel='nofollow']")
    }
    last = next(url for text, url in links.items() if text.startswith("Retirer le dernier filtre"))
    assert parse_qs(urlsplit(last).query) == {"q": ["la traite est punie"], "in_code": ["ceseda"]}
    assert parse_qs(urlsplit(links["Tout retirer"]).query) == {"q": ["la traite est punie"]}
    assert [text for text in links if text.startswith("retirer ce filtre")] == [
        "retirer ce filtre : Code ou texte, CESEDA",
        "retirer ce filtre : État à la date du droit, abrogée",
    ]


def test_the_page_shows_the_call_of_the_api_that_answers_the_same(client: TestClient) -> None:
    page = _page(client, "/recherche?q=la+traite+est+punie&kind=R&kind=sans-lettre&sort=number&order=desc")
    (address,) = page.xpath("//footer//a/@href")
    same = client.get(address).json()
    assert [r["citation"] for r in same["results"]] == [
        "".join(a.itertext()) for a in page.xpath("//article/h2/a")
    ]
    assert (same["sort"], same["order"]) == ("number", "desc")
    assert page.xpath("//nav[@class='orders']//a[@aria-current='true']/text()") == ["code et numéro"]


def test_one_code_kept_alone_leads_to_a_search_in_that_code(client: TestClient) -> None:
    page = _page(client, "/recherche?q=la+traite+est+punie&in_code=ceseda")
    (address,) = page.xpath("//a[text()='chercher dans ce seul code']/@href")
    assert parse_qs(urlsplit(address).query) == {"q": ["la traite est punie"], "code": ["ceseda"]}


def test_nothing_is_offered_to_narrow_where_nothing_was_found(client: TestClient) -> None:
    page = _page(client, "/recherche?q=zzz")
    assert not page.xpath("//form[@aria-labelledby='affiner']")
