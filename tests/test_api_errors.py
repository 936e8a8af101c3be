"""Every error leaves as problem+json or as a page, in French, without a trace of the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.problems import MAPPINGS, problem_of
from api.http.server_faults import SAID
from kb import errors
from kb.errors import RenvoiError, UnknownProvision
from service.settings import Settings
from tests.builders import small_service

FIELDS = {
    "current",
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "errors",
    "code",
    "retryable",
    "hint",
    "error_id",
    "candidates",
}


def _subclasses(kind: type[RenvoiError]) -> Iterator[type[RenvoiError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)


ALL = sorted(set(_subclasses(RenvoiError)), key=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    app = create_app(Settings(), lambda _: service)

    @app.get("/v1/panne")
    def fails() -> None:
        raise ZeroDivisionError("secret")

    @app.get("/panne")
    def fails_too() -> None:
        raise ZeroDivisionError("secret")

    with TestClient(app, raise_server_exceptions=False) as found:
        yield found


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_class_of_error_has_its_own_line_in_the_table(kind: type[RenvoiError]) -> None:
    assert kind in MAPPINGS
    found = problem_of(kind("Le message.", hint="Quoi faire."), "/v1/x")
    assert found.status >= 400
    assert (kind in SAID) == (found.status >= 500)
    told = SAID.get(kind, ("Le message.", "Quoi faire."))
    assert all(told)
    assert (found.detail, found.hint, found.instance) == (*told, "/v1/x")


def test_the_table_names_no_class_that_is_gone_and_no_code_twice() -> None:
    assert set(MAPPINGS) == set(ALL)
    codes = [mapping.code for mapping in MAPPINGS.values()]
    assert len(set(codes)) == len(codes)


def test_an_error_of_a_class_unknown_to_the_table_is_answered_as_its_parent() -> None:
    class Narrower(errors.UnknownDocument):
        """Only for this test."""

    assert problem_of(Narrower("Rien."), "/").status == 404
    Narrower.__name__ = "gone"


def test_the_nearest_provisions_leave_with_the_problem() -> None:
    error = UnknownProvision("Rien.", candidates=("code-penal/225-4-1",))
    assert problem_of(error, "/").candidates == ["code-penal/225-4-1"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/v1/provisions?query=", 400, "question-invalide"),
        ("/v1/provisions?query=%00traite", 400, "question-invalide"),
        ("/v1/provisions?query=" + "a" * 60_000, 400, "question-invalide"),
        ("/v1/provisions?query=traite&code=code-postal", 400, "identifiant-invalide"),
        ("/v1/provisions?query=traite&page=2000&page_size=50", 416, "page-trop-loin"),
        ("/v1/provisions?query=traite&page_size=51", 400, "demande-invalide"),
        ("/v1/provisions?query=traite&page=-1", 400, "demande-invalide"),
        ("/v1/provisions?query=traite&page=" + "9" * 20, 416, "page-trop-loin"),
        ("/v1/provisions?query=traite&as_of=2024-02-30", 400, "demande-invalide"),
        ("/v1/provisions?query=traite&as_of=1700000000", 400, "demande-invalide"),
        ("/v1/provisions?query=traite&method=magie", 400, "demande-invalide"),
        ("/v1/provisions?query=traite&inconnu=1", 400, "demande-invalide"),
        ("/v1/provisions", 400, "demande-invalide"),
        ("/v1/stats?inconnu=1", 400, "demande-invalide"),
        ("/v1/provisions/code-penal/225-4-99", 404, "disposition-inconnue"),
        ("/v1/provisions/code-penal/" + "9" * 20, 404, "disposition-inconnue"),
        ("/v1/provisions/%00", 400, "identifiant-invalide"),
        ("/v1/provisions/" + "a" * 300, 400, "identifiant-invalide"),
        ("/v1/provisions/x'; DROP TABLE provision; --", 404, "disposition-inconnue"),
        ("/v1/passages/rien/1", 404, "passage-inconnu"),
        ("/v1/passages/%00", 400, "identifiant-invalide"),
        ("/v1/documents/rien", 404, "document-inconnu"),
        ("/v1/cite?reference=%00", 400, "identifiant-invalide"),
        ("/v1/rien", 404, "introuvable"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_request_is_answered_by_a_clean_problem(
    client: TestClient, address: str, status: int, code: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert set(found) == FIELDS
    assert (found["status"], found["code"]) == (status, code)
    assert found["type"] == f"urn:renvoi:erreur:{code}"
    assert found["detail"]
    assert "Traceback" not in answer.text


def test_a_fault_of_a_parameter_is_told_in_french_with_its_value(client: TestClient) -> None:
    found = client.get("/v1/provisions?page_size=99&inconnu=1").json()
    told = {fault["param"]: (fault["value"], fault["msg"], fault["location"]) for fault in found["errors"]}
    assert told["page_size"] == ("99", "Au plus 50.", "query")
    assert told["query"] == ("", "Paramètre obligatoire.", "query")
    assert told["inconnu"] == ("1", "Paramètre inconnu.", "query")


@pytest.mark.parametrize("address", ["/v1/panne", "/panne"])
def test_an_unexpected_error_shows_nothing_of_the_program(
    client: TestClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(address)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    logged = caplog.records[-1].getMessage().split()[2]
    assert logged in answer.text


def test_a_method_that_is_not_accepted_says_which_are(client: TestClient) -> None:
    answer = client.post("/v1/stats")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rien", 404),
        ("/recherche?q=", 400),
        ("/recherche?q=%00", 400),
        ("/recherche?q=traite&date=demain", 400),
        ("/recherche?q=traite&page=-1", 400),
        ("/recherche?q=traite&page=5000", 416),
        ("/dispositions/code-penal/225-4-99", 404),
        ("/reponses/rien/1", 404),
        ("/reponses/rien/" + "9" * 20, 400),
        ("/reponses/%00/1", 400),
        ("/sources/rien", 404),
    ],
)
def test_an_error_on_a_page_is_a_page(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="fr">' in answer.text
    assert f"Erreur {status}" in answer.text


def test_an_unknown_number_proposes_links_to_the_nearest(client: TestClient) -> None:
    answer = client.get("/dispositions/code-penal/225-4-99")
    assert 'href="/dispositions/code-penal/225-4-3"' in answer.text


def test_script_in_an_address_or_a_question_comes_out_inert(client: TestClient) -> None:
    hostile = "<script>alert(1)</script>"
    for answer in (
        client.get("/recherche", params={"q": hostile}),
        client.get("/recherche", params={"q": "traite", "date": hostile}),
        client.get("/dispositions/" + hostile),
        client.get("/sources/" + hostile),
    ):
        assert "<script>" not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_without_a_base_the_service_lives_but_is_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(home=tmp_path))) as bare:
        assert bare.get("/healthz").json()["status"] == "ok"
        ready = bare.get("/readyz")
        assert (ready.status_code, ready.json()["code"], ready.json()["retryable"]) == (
            503,
            "base-absente",
            True,
        )
        page = bare.get("/")
        assert page.status_code == 503
        assert "renvoi build" in page.text


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/v1/dossiers", "GET, HEAD, POST"),
        ("/v1/dossiers/import", "POST"),
        ("/verifier", "GET, HEAD, POST"),
        ("/v1/provisions", "GET, HEAD"),
    ],
)
def test_a_method_refused_is_told_all_those_of_the_address(
    client: TestClient, address: str, methods: str
) -> None:
    answer = client.put(address)
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


@pytest.mark.parametrize(
    "address", ["/", "/v1/stats", "/healthz", "/flux/codes/code-penal", "/rien", "/v1/rien"]
)
def test_a_head_request_is_answered_as_its_get_is_without_a_body(client: TestClient, address: str) -> None:
    bare, full = client.head(address), client.get(address)
    assert bare.content == b""
    assert bare.status_code == full.status_code
    assert bare.headers["content-type"] == full.headers["content-type"]
    assert bare.headers.get("etag") == full.headers.get("etag")


@pytest.mark.parametrize(
    ("content", "media", "said"),
    [
        (b"{", "application/json", "body : Ce n'est pas du JSON"),
        (b"\xff\xfe{}", "application/json", "body : Ce n'est pas du JSON"),
        (b"text=a", "text/plain", "body : Un objet JSON est attendu"),
        (b"[1]", "application/json", "body : Un objet JSON est attendu"),
        (b'{"text": 1}', "application/json", "text : Un texte est attendu."),
        (b"[" * 100_000, "application/json", "Le corps de la demande ne peut pas être lu."),
    ],
)
def test_a_body_that_is_not_what_is_expected_is_told_what_is(
    client: TestClient, content: bytes, media: str, said: str
) -> None:
    answer = client.post("/v1/citations/check", content=content, headers={"Content-Type": media})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith(said)
