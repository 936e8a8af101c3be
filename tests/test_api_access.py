"""Who may do what, how often and from where, through a real server: keys, closed reading, limits, other sites."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app as cli
from api.http.envelope import MAX_BYTES
from api.http.forms import WriterDep
from kb.errors import InvalidInput
from service.settings import Settings
from tests.builders import small_service
from tests.serving import served, signed_in, token_of
from workplace.model import ApiKey, Scope
from workplace.passwords import hash_password
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account
from workplace.store.keys import Keys, new_prefix

PROVISION = "/v1/provisions/code-penal/225-4-1"
PASSWORD = "quatre mots sans suite"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def database(home: Path) -> Iterator[WorkplaceDatabase]:
    found = WorkplaceDatabase.open(home, None)
    yield found
    found.close()


@pytest.fixture
def start(home: Path) -> Iterator[Any]:
    """Starts a server with these settings; one route of it writes."""
    with ExitStack() as stack:

        def run(**settings: str) -> str:
            service = small_service(home)
            app = create_app(Settings(home=home, **settings), lambda _: service)  # type: ignore[arg-type]
            _add_writing_route(app)
            return stack.enter_context(served(app))

        yield run


def _add_writing_route(app: FastAPI) -> None:
    @app.post("/v1/ecrit")
    def write(writer: WriterDep) -> dict[str, str]:
        return {"login": writer.login}


def make_key(database: WorkplaceDatabase, scope: Scope = Scope.READ, **fields: Any) -> str:
    return Keys(database).create(
        ApiKey(new_prefix(), "Plateforme", scope, **{"account": None, "created": datetime.now(UTC), **fields})
    )


def make_user(database: WorkplaceDatabase, login: str = "anne") -> str:
    account = new_account(login, "Anne", datetime.now(UTC))
    return Accounts(database).add(account, hash_password(PASSWORD)).id


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def test_a_key_is_taken_in_either_header_and_its_use_is_noted(
    start: Any, database: WorkplaceDatabase
) -> None:
    address, key = start(reading="signed-in"), make_key(database)
    for headers in (bearer(key), {"authorization": f"bearer  {key}"}, {"x-api-key": key}):
        assert httpx2.get(f"{address}{PROVISION}", headers=headers).status_code == 200
    (kept,) = Keys(database).all()
    assert kept.last_used is not None
    assert datetime.now(UTC) - kept.last_used < timedelta(minutes=1)


def test_a_bad_key_is_refused_in_french_even_where_reading_is_open(
    start: Any, database: WorkplaceDatabase
) -> None:
    address, good = start(), make_key(database)
    expired = make_key(database, expires=datetime.now(UTC) - timedelta(seconds=1))
    revoked = make_key(database)
    Keys(database).revoke(revoked.split("_")[1], datetime.now(UTC))
    another = f"{good.rpartition('_')[0]}_{make_key(database).rpartition('_')[2]}"
    for bad in (
        "",
        "x",
        "rvo__",
        "rvo_é_é",
        good[:-1],
        good + "a",
        another,
        expired,
        revoked,
        "rvo_' OR 1=1--_x",
    ):
        answer = httpx2.get(f"{address}{PROVISION}", headers={"x-api-key": bad.encode()})
        assert answer.status_code == 401, bad
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        found = answer.json()
        assert found["code"] == "identification-refusee"
        assert "n'est pas valable" in found["detail"]
        assert bad == "" or len(bad) < 5 or bad not in answer.text


def test_a_key_of_a_disabled_account_opens_nothing(start: Any, database: WorkplaceDatabase) -> None:
    address, owner = start(), make_user(database)
    key = make_key(database, Scope.WRITE, account=owner)
    assert httpx2.post(f"{address}/v1/ecrit", headers=bearer(key)).json() == {"login": "anne"}
    Accounts(database).disable(owner, datetime.now(UTC))
    assert httpx2.post(f"{address}/v1/ecrit", headers=bearer(key)).status_code == 401


def test_only_a_key_that_may_write_writes(start: Any, database: WorkplaceDatabase) -> None:
    address, owner = start(), make_user(database)
    nobody = httpx2.post(f"{address}/v1/ecrit")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "connexion-requise")
    reads = httpx2.post(f"{address}/v1/ecrit", headers=bearer(make_key(database, account=owner)))
    assert (reads.status_code, reads.json()["code"]) == (403, "droit-insuffisant")
    assert "ne permet que de lire" in reads.json()["detail"]


def test_a_signed_in_browser_writes_by_the_api_only_with_the_token_of_a_form(
    start: Any, database: WorkplaceDatabase
) -> None:
    make_user(database)
    with httpx2.Client(base_url=start()) as browser:
        signed_in(browser, "anne", PASSWORD)
        assert browser.post("/v1/ecrit").status_code == 403
        token = token_of(browser.get("/compte"))
        assert browser.post("/v1/ecrit", headers={"x-csrf-token": token}).json() == {"login": "anne"}


def test_closed_reading_leads_people_to_sign_in_and_answers_programs(
    start: Any, database: WorkplaceDatabase
) -> None:
    address = start(reading="signed-in")
    make_user(database)
    with httpx2.Client(base_url=address) as browser:
        page = browser.get("/recherche", params={"q": "traite"})
        assert (page.status_code, page.headers["location"]) == (
            303,
            "/connexion?next=%2Frecherche%3Fq%3Dtraite",
        )
        for path in ("/v1/stats", "/openapi.json", "/metrics"):
            answer = browser.get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "connexion-requise"), path
        assert browser.post("/verifier", data={"text": "x"}).status_code == 401
        for path in ("/healthz", "/readyz", "/static/style.css", "/connexion"):
            assert browser.get(path).status_code == 200, path
        signed_in(browser, "anne", PASSWORD)
        assert browser.get("/recherche", params={"q": "traite"}).status_code == 200
        assert browser.get("/v1/stats").status_code == 200


@pytest.mark.parametrize(
    "path", ["//v1/stats", "/connexionx", "/v1/../connexion/../v1/stats", "/static/../v1/stats"]
)
def test_closed_reading_has_no_way_around(start: Any, path: str) -> None:
    address = start(reading="signed-in")
    host, _, port = address.removeprefix("http://").partition(":")
    import http.client

    connection = http.client.HTTPConnection(host, int(port))
    connection.request("GET", path)  # sent as it is: a client library would resolve the dots
    assert connection.getresponse().status in (303, 401, 404)
    connection.close()


def test_a_limit_is_counted_and_told(start: Any, database: WorkplaceDatabase) -> None:
    address, key = start(rate_limit="3/minute; 100/day"), make_key(database)
    left = [httpx2.get(f"{address}{PROVISION}") for _ in range(3)]
    assert [answer.headers["ratelimit-remaining"] for answer in left] == ["2", "1", "0"]
    assert {answer.headers["ratelimit-policy"] for answer in left} == {"3;w=60"}
    refused = httpx2.get(f"{address}{PROVISION}")
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["ratelimit-remaining"] == "0"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] == refused.headers["ratelimit-reset"]
    assert "3 en 60 secondes" in refused.json()["detail"]
    assert httpx2.get(f"{address}/recherche?q=traite").status_code == 429
    assert httpx2.get(f"{address}/healthz").status_code == 200
    assert httpx2.get(f"{address}{PROVISION}", headers=bearer(key)).headers["ratelimit-remaining"] == "2"


def test_wrong_keys_spend_the_limit_of_their_address(start: Any) -> None:
    address = start(rate_limit="3/minute")
    found = [httpx2.get(f"{address}{PROVISION}", headers=bearer(f"rvo_a_{n}")).status_code for n in range(5)]
    assert found == [401, 401, 401, 429, 429]


def test_where_a_request_comes_from_is_told_by_a_trusted_proxy_alone(start: Any) -> None:
    def left(address: str, forwarded: str) -> str:
        return httpx2.get(f"{address}{PROVISION}", headers={"x-forwarded-for": forwarded}).headers[
            "ratelimit-remaining"
        ]

    open_address = start(rate_limit="9/minute")
    assert [left(open_address, f"192.0.2.{n}") for n in range(3)] == ["8", "7", "6"]
    behind = start(rate_limit="9/minute", trusted_proxies="127.0.0.0/8")
    assert [left(behind, f"192.0.2.{n}") for n in range(3)] == ["8", "8", "8"]
    assert left(behind, "203.0.113.9, 192.0.2.0") == "7", (
        "what the client itself wrote before is not believed"
    )


def test_only_the_sites_of_the_setting_call_the_api_and_none_reads_pages(start: Any) -> None:
    address = start(cors_origins="https://enm.example.fr, http://localhost:3000", reading="signed-in")
    ours, other = {"origin": "https://enm.example.fr"}, {"origin": "https://ailleurs.example"}
    asked = {"access-control-request-method": "GET", "access-control-request-headers": "authorization"}
    allowed = httpx2.options(f"{address}{PROVISION}", headers={**ours, **asked})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://enm.example.fr"
    assert "access-control-allow-credentials" not in allowed.headers
    refused = httpx2.options(f"{address}{PROVISION}", headers={**other, **asked})
    assert "access-control-allow-origin" not in refused.headers
    told = httpx2.get(f"{address}{PROVISION}", headers=ours)
    assert (told.status_code, told.headers["access-control-allow-origin"]) == (401, "https://enm.example.fr")
    assert "RateLimit-Remaining" in told.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in httpx2.get(f"{address}/connexion", headers=ours).headers


@pytest.mark.parametrize(
    "settings",
    [
        {"cors_origins": "*"},
        {"cors_origins": "enm.example.fr"},
        {"cors_origins": "https://enm.example.fr/chemin"},
        {"rate_limit": "beaucoup"},
        {"trusted_proxies": "*"},
        {"trusted_proxies": "10.0.0.0/99"},
    ],
)
def test_a_setting_that_cannot_be_read_is_refused_at_the_start(settings: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="RENVOI_"):
        create_app(Settings(**settings))  # type: ignore[arg-type]


def test_no_request_is_read_beyond_its_limit(start: Any) -> None:
    address = start()
    chunks = (b"x" * 1_000_000 for _ in range(MAX_BYTES // 1_000_000 + 2))
    answer = httpx2.post(
        f"{address}/v1/citations/check", content=chunks, headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "demande-trop-grande")


def test_a_server_that_is_only_read_keeps_nothing_of_users(start: Any, home: Path) -> None:
    address = start()
    for path in ("/", "/recherche?q=traite", PROVISION, "/static/style.css"):
        answer = httpx2.get(f"{address}{path}", headers={"cookie": "autre=1"})
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    assert not list(home.glob("workplace*"))
    assert not list(home.glob("secret*"))


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command of `renvoi` on this folder."""
    monkeypatch.setenv("RENVOI_HOME", str(home))
    return lambda *words, **given: CliRunner().invoke(cli, list(words), **given)


def test_accounts_are_kept_from_the_command_line(run: Any, database: WorkplaceDatabase) -> None:
    assert "trop" not in run("users", "add", "Anne", "--name", "Anne D.", input=f"{PASSWORD}\n").output
    assert run("users", "add", "anne", input=f"{PASSWORD}\n").exit_code == 2
    assert run("users", "add", "paul", input="court\n").exit_code == 2
    assert run("users", "add", "paul", input="").exit_code == 2
    listed = run("users", "list").output
    assert "Anne D." in listed
    assert "paul" not in listed
    former = Accounts(database).by_login("anne")
    assert former is not None
    hashed = Accounts(database).password_of(former.id)
    assert run("users", "password", "anne", input="une autre suite de mots\n").exit_code == 0
    assert Accounts(database).password_of(former.id) != hashed
    assert run("users", "disable", "anne").exit_code == 0
    assert "fermé" in run("users", "list").output
    assert run("users", "disable", "anne", "--undo").exit_code == 0
    assert "fermé" not in run("users", "list").output
    assert run("users", "disable", "personne").exit_code == 1


def test_a_key_is_shown_once_and_never_again(
    run: Any, start: Any, database: WorkplaceDatabase, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = run("keys", "create", "Plateforme <ENM>")
    key = made.stdout.strip()
    prefix, secret = key.split("_", 2)[1:]
    assert len(secret) >= 43
    assert secret not in made.stderr
    address = start(reading="signed-in")
    assert httpx2.get(f"{address}{PROVISION}", headers=bearer(key)).status_code == 200
    listed = run("keys", "list").output
    assert "Plateforme <ENM>" in listed
    assert prefix in listed
    assert f"{datetime.now(UTC):%Y-%m-%d}" in listed
    kept = b"".join(path.read_bytes() for path in home.glob("workplace.sqlite*"))
    assert secret.encode() not in kept
    assert not any(secret in text for text in (listed, caplog.text))
    assert run("keys", "revoke", prefix).exit_code == 0
    assert "révoquée" in run("keys", "list").output
    assert httpx2.get(f"{address}{PROVISION}", headers=bearer(key)).status_code == 401
    assert run("keys", "revoke", "inconnue").exit_code == 1


def test_a_key_that_writes_has_an_owner_and_no_key_ends_before_it_begins(run: Any) -> None:
    assert run("keys", "create", "x", "--scope", "write").exit_code == 2
    assert run("keys", "create", "x", "--scope", "write", "--user", "personne").exit_code == 1
    assert run("keys", "create", "x", "--expires", "2020-01-01").exit_code == 2
    assert run("keys", "create", "x", "--expires", "demain").exit_code == 2
    assert run("keys", "create", "x", "--scope", "tout").exit_code == 2
    assert run("keys", "list").output.count("│") < 12


def test_a_secret_that_is_too_short_is_refused_without_being_shown(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENVOI_SECRET_KEY", "trop-court")
    found = run("users", "list")
    assert found.exit_code == 2
    assert "RENVOI_SECRET_KEY" in found.output
    assert "trop-court" not in found.output
