"""Signing in by an identity provider: a real provider of the tests, a real server, a browser between them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.app import create_app
from kb.errors import InvalidInput
from service.settings import Settings
from tests.provider import CLIENT, SECRET, Provider
from tests.serving import served
from workplace.signing_in import make_account
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts


@dataclass
class Site:
    """Renvoi, its provider, and what is kept of users."""

    address: str
    provider: Provider
    database: WorkplaceDatabase
    stack: ExitStack

    def browser(self) -> httpx2.Client:
        """A browser without any cookie."""
        return self.stack.enter_context(httpx2.Client(base_url=self.address))

    def sign_in(self, then: str = "/compte") -> tuple[httpx2.Client, httpx2.Response]:
        """A browser that goes to the provider and comes back; the answer to its coming back."""
        browser = self.browser()
        leaving = browser.get("/connexion/openid", params={"next": then})
        if leaving.status_code != 303:
            return browser, leaving
        sent = browser.get(leaving.headers["location"])
        assert sent.status_code == 302, sent.text
        # The public address of this server stands for the one that it listens on.
        return browser, browser.get(sent.headers["location"])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    provider = Provider()
    with ExitStack() as stack:
        provider.issuer = stack.enter_context(served(provider.app()))
        holder: list[Any] = []
        address = stack.enter_context(served(_late(holder)))
        provider.redirect = f"{address}/connexion/openid/retour"
        holder.append(create_app(_settings(tmp_path, provider, address)))
        database = WorkplaceDatabase.open(tmp_path, None)
        stack.callback(database.close)
        yield Site(address, provider, database, stack)


def _settings(home: Path, provider: Provider, address: str, **others: Any) -> Settings:
    return Settings(
        home=home,
        public_url=address,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        **{"oidc_client_secret": SECRET, "oidc_name": "Justice <b>", **others},
    )


def _late(holder: list[Any]) -> Any:
    """An application made once the address that it listens on is known."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        await holder[0](scope, receive, send)

    return run


def test_who_the_provider_recognises_has_an_account_and_a_session(site: Site) -> None:
    assert "Se connecter avec Justice &lt;b&gt;" in httpx2.get(f"{site.address}/connexion").text
    browser, answer = site.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/compte")
    page = browser.get("/compte")
    assert "Anne Dupont" in page.text
    assert "Changer de mot de passe" not in page.text
    (account,) = Accounts(site.database).all()
    assert (account.issuer, account.subject) == (site.provider.issuer, "agent-7")
    assert Accounts(site.database).password_of(account.id) is None
    site.sign_in()
    assert len(Accounts(site.database).all()) == 1


def test_the_same_name_at_the_provider_never_opens_an_account_that_has_a_password(site: Site) -> None:
    local = make_account(site.database, "anne@justice.fr", "Anne Dupont", "quatre mots sans suite")
    site.provider.person |= {
        "email": "anne@justice.fr",
        "email_verified": True,
        "preferred_username": local.login,
    }
    site.sign_in()
    assert len(Accounts(site.database).all()) == 2


def test_the_provider_may_change_its_keys(site: Site) -> None:
    assert site.sign_in()[1].status_code == 303
    site.provider.turn_keys()
    assert site.sign_in()[1].status_code == 303


def test_a_disabled_account_does_not_come_back(site: Site) -> None:
    site.sign_in()
    (account,) = Accounts(site.database).all()
    Accounts(site.database).disable(account.id, datetime.now(UTC))
    browser, answer = site.sign_in()
    assert (answer.status_code, "Ce compte est fermé." in answer.text) == (401, True)
    assert browser.get("/compte").status_code == 303


@pytest.mark.parametrize("then", ["https://ailleurs.example/", "//ailleurs.example"])
def test_coming_back_leads_nowhere_else(site: Site, then: str) -> None:
    assert site.sign_in(then)[1].headers["location"] == "/"


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "un autre"},
        {"nonce": None},
        {"aud": "un-autre-client"},
        {"aud": ["un-autre", "encore-un"]},
        {"aud": None},
        {"iss": "https://ailleurs.example"},
        {"iss": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"azp": "un-autre-client"},
        {"nbf": int(time.time()) + 3600},
    ],
    # By position: a time in an identifier would give each worker tests of its own.
    ids=[f"claims {n}" for n in range(15)],
)
def test_a_token_that_is_not_for_us_now_is_refused(site: Site, claims: dict[str, Any]) -> None:
    site.provider.claims = claims
    browser, answer = site.sign_in()
    assert answer.status_code == 401, answer.text
    assert "pas acceptée" in answer.text
    assert "renvoi_session" not in browser.cookies
    assert not Accounts(site.database).all()


@pytest.mark.parametrize(
    "lie", ["another key", "our secret", "no signature", "no id token", "another state", "refused"]
)
def test_an_answer_that_cannot_be_verified_is_refused(site: Site, lie: str) -> None:
    site.provider.lie = lie
    browser, answer = site.sign_in()
    assert answer.status_code == 401, answer.text
    assert "<script>" not in answer.text
    assert "renvoi_session" not in browser.cookies
    assert not Accounts(site.database).all()


@pytest.mark.parametrize("lie", ["another issuer", "not json"])
def test_a_provider_that_is_not_what_it_says_is_said_so_and_tried_again(site: Site, lie: str) -> None:
    site.provider.lie = lie
    _, answer = site.sign_in()
    assert answer.status_code == 503
    assert "ne répond pas comme il devrait" in answer.text
    site.provider.lie = ""
    assert site.sign_in()[1].status_code == 303


def test_a_provider_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    provider = Provider()
    with served(provider.app()) as gone:
        provider.issuer = gone
    with served(create_app(_settings(tmp_path, provider, "http://127.0.0.1:1"))) as address:
        answer = httpx2.get(f"{address}/connexion/openid")
    assert (answer.status_code, "ne répond pas" in answer.text) == (503, True)


def test_an_answer_is_of_no_use_in_another_browser_nor_twice(site: Site) -> None:
    victim, attacker = site.browser(), site.browser()
    sent = attacker.get(attacker.get("/connexion/openid").headers["location"])
    back = sent.headers["location"]
    assert victim.get(back).status_code == 403
    victim.get("/connexion/openid")
    assert victim.get(back).status_code == 401
    assert attacker.get(back).status_code == 303
    assert attacker.get(back).status_code == 403


def test_a_wrong_secret_is_refused_by_the_provider(tmp_path: Path) -> None:
    provider, holder = Provider(), list[Any]()
    with ExitStack() as stack:
        provider.issuer = stack.enter_context(served(provider.app()))
        address = stack.enter_context(served(_late(holder)))
        provider.redirect = f"{address}/connexion/openid/retour"
        holder.append(create_app(_settings(tmp_path, provider, address, oidc_client_secret="faux")))
        database = WorkplaceDatabase.open(tmp_path, None)
        stack.callback(database.close)
        assert Site(address, provider, database, stack).sign_in()[1].status_code == 401


def test_without_a_provider_there_is_nothing_there(tmp_path: Path) -> None:
    with served(create_app(Settings(home=tmp_path))) as address:
        for path in ("/connexion/openid", "/connexion/openid/retour?code=x&state=y"):
            assert httpx2.get(f"{address}{path}").status_code == 404
        assert "openid" not in httpx2.get(f"{address}/connexion").text


@pytest.mark.parametrize(
    "settings",
    [
        {"oidc_issuer": "https://id.example"},
        {"oidc_issuer": "https://id.example", "oidc_client_id": "renvoi"},
        {
            "oidc_issuer": "http://id.example",
            "oidc_client_id": "renvoi",
            "public_url": "https://renvoi.example",
        },
    ],
)
def test_settings_that_do_not_go_together_are_refused_at_the_start(settings: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="RENVOI_OIDC_ISSUER"):
        create_app(Settings(**settings))  # type: ignore[arg-type]
