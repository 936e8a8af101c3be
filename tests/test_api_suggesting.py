"""/v1/suggest: what it proposes of a small base, its conventions, and that nothing typed can break it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.app import create_app
from api.http.dependencies import MAX_TYPED
from tests.builders import CESEDA, PENAL, code, small_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(service.settings, lambda _: service)) as found:
        yield found


def labels(client: TestClient, query: str, **more: str) -> list[str]:
    answer = client.get("/v1/suggest", params={"query": query, **more})
    assert answer.status_code == 200, answer.text
    return [found["label"] for found in answer.json()["results"]]


@pytest.mark.parametrize(
    "query", ["225-4-", "225.4.1", "art. 225-4-1 cp", "article 225-4-1 du code pénal", "cp 225"]
)
def test_an_article_is_proposed_in_any_spelling(client: TestClient, query: str) -> None:
    assert labels(client, query)[0] == "Code pénal, art. 225-4-1"


def test_a_suggestion_says_what_it_is_where_it_leads_and_what_it_replaces(client: TestClient) -> None:
    answer = client.get("/v1/suggest", params={"query": "voir l 425-1"}).json()
    first = answer["results"][0]
    assert (first["kind"], first["label"], first["state"]) == (
        "disposition",
        "CESEDA, art. L. 425-1",
        "en vigueur",
    )
    assert answer["query"][first["span"]["start"] : first["span"]["end"]] == "l 425-1"
    assert client.get(first["url"]).status_code == 200
    assert answer["total"] == len(answer["results"])


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("ceseda", "code"),
        ("code pen", "code"),
        ("delai de refl", "theme"),
        ("question 21", "question"),
        ("exploitatoin", "requete"),
    ],
)
def test_codes_themes_questions_and_mended_words_are_proposed(
    client: TestClient, query: str, kind: str
) -> None:
    found = client.get("/v1/suggest", params={"query": query}).json()["results"]
    assert found[0]["kind"] == kind
    assert client.get(found[0]["url"]).status_code == 200


def test_a_number_that_the_base_has_not_is_never_proposed(client: TestClient) -> None:
    assert labels(client, "225-4-99 cp") == []
    assert labels(client, "225-4-", as_of="2000-01-01") == []


def test_the_limit_is_kept_and_the_order_is_always_the_same(client: TestClient) -> None:
    assert len(labels(client, "225-4-", limit="2")) == 2
    assert labels(client, "traite") == labels(client, "traite")


@pytest.mark.parametrize(
    "params",
    [
        {"query": ""},
        {"query": "?!"},
        {"query": "x" * (MAX_TYPED + 1)},
        {"query": "a\x00b"},
        {"query": "traite", "limit": "0"},
        {"query": "traite", "limit": "21"},
        {"query": "traite", "kind": "theme"},
        {"query": "traite", "as_of": "2026-02-30"},
        {},
    ],
)
def test_what_cannot_be_answered_is_refused_in_french(client: TestClient, params: dict[str, str]) -> None:
    answer = client.get("/v1/suggest", params=params)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"]


def test_who_has_the_answer_is_not_sent_it_again(client: TestClient) -> None:
    first = client.get("/v1/suggest", params={"query": "225-4-"})
    again = client.get(
        "/v1/suggest", params={"query": "225-4-"}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304


@given(st.text(max_size=80))
def test_anything_typed_is_answered_or_refused(client: TestClient, query: str) -> None:
    try:
        query.encode()
    except UnicodeEncodeError:
        return
    answer = client.get("/v1/suggest", params={"query": query})
    assert answer.status_code in (200, 400)
    for found in answer.json().get("results", ()):
        assert found["url"].startswith("/")
        assert 0 <= found["span"]["start"] < found["span"]["end"] <= len(answer.json()["query"])
        if found["kind"] == "disposition":
            assert client.get(found["url"]).status_code == 200


def test_script_in_a_heading_is_given_as_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    base = (
        code("code-penal", "LEGITEXT000006070719", PENAL, hostile),
        code("ceseda", "LEGITEXT000006070158", CESEDA),
    )
    service = small_service(tmp_path_factory.mktemp("hostile"), *base)
    with TestClient(create_app(service.settings, lambda _: service)) as client:
        answer = client.get("/v1/suggest", params={"query": "225-4-1"})
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
