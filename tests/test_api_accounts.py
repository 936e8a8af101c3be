"""Signing in and out through a real server: cookies, forms, guesses, redirections."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin, urlsplit

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.pages.accounts import local_address
from kb.errors import BadCredentials, InvalidAccount, LockedOut
from service.settings import Settings
from tests.builders import small_service
from tests.serving import post_form, served, signed_in, token_of
from workplace.model import Account
from workplace.passwords import hash_password, verify_password
from workplace.signing_in import checked_name, make_account, sign_in
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account

PASSWORD = "quatre mots sans suite"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NAME = "Anne <script>alert(1)</script>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("base")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A server over a small base."""
    service = small_service(home)
    with served(create_app(Settings(home=home), lambda _: service)) as found:
        yield found


@pytest.fixture
def database(home: Path) -> Iterator[WorkplaceDatabase]:
    found = WorkplaceDatabase.open(home, None)
    with found.writing() as connection:
        for table in ("attempt", "session", "api_key", "account"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    yield found
    found.close()


@pytest.fixture
def anne(database: WorkplaceDatabase) -> Account:
    account = new_account("anne.dupont@justice.fr", NAME, datetime.now(UTC))
    return Accounts(database).add(account, _hashed())


@cache
def _hashed() -> str:
    """Hashing takes a while, on purpose: once is enough."""
    return hash_password(PASSWORD)


@pytest.fixture
def browser(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address) as found:
        yield found


def test_one_signs_in_and_is_led_where_one_wanted_to_go(browser: httpx2.Client, anne: Account) -> None:
    assert browser.get("/compte").headers["location"] == "/connexion?next=%2Fcompte"
    answer = signed_in(browser, " ANNE.dupont@justice.fr", PASSWORD, "/compte")
    assert (answer.status_code, answer.headers["location"]) == (303, "/compte")
    page = browser.get("/compte")
    assert page.status_code == 200
    assert "anne.dupont@justice.fr" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_name_is_shown_as_text(browser: httpx2.Client, anne: Account) -> None:
    signed_in(browser, anne.login, PASSWORD)
    page = browser.get("/compte").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(
    browser: httpx2.Client, anne: Account
) -> None:
    cookie = signed_in(browser, anne.login, PASSWORD).headers["set-cookie"]
    assert cookie.startswith("renvoi_session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host_and_to_https(home: Path, anne: Account) -> None:
    settings = Settings(home=home, public_url="https://renvoi.example.fr")
    with served(create_app(settings)) as address:
        page = httpx2.get(f"{address}/connexion")
        visit = page.headers["set-cookie"]
        assert visit.startswith("__Host-renvoi_visite=")
        assert "Secure" in visit
        answer = httpx2.post(
            f"{address}/connexion",
            data={"csrf": token_of(page), "login": anne.login, "password": PASSWORD},
            headers={"cookie": visit.partition(";")[0]},
        )
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-renvoi_session=")
        assert "Secure" in cookie


def test_accounts_work_without_a_knowledge_base(tmp_path: Path) -> None:
    database = WorkplaceDatabase.open(tmp_path, None)
    make_account(database, " Anne ", "", PASSWORD)
    database.close()
    with served(create_app(Settings(home=tmp_path))) as address, httpx2.Client(base_url=address) as browser:
        assert browser.get("/readyz").status_code == 503
        assert signed_in(browser, "anne", PASSWORD).status_code == 303
        assert browser.get("/compte").status_code == 200


def test_signing_in_makes_a_new_session_and_ends_the_one_that_was_there(
    browser: httpx2.Client, anne: Account, address: str
) -> None:
    """A session that somebody else planted in this browser is not the one that signs in."""
    signed_in(browser, anne.login, PASSWORD)
    planted = browser.cookies["renvoi_session"]
    signed_in(browser, anne.login, PASSWORD)
    assert browser.cookies["renvoi_session"] != planted
    other = httpx2.get(f"{address}/compte", headers={"cookie": f"renvoi_session={planted}"})
    assert other.status_code == 303


def test_a_cookie_that_we_did_not_make_is_nobodys(
    address: str, browser: httpx2.Client, anne: Account
) -> None:
    signed_in(browser, anne.login, PASSWORD)
    ours = browser.cookies["renvoi_session"]
    for forged in ("x", ours[:-1] + ("A" if ours[-1] != "A" else "B"), "%00", "a.b.c", ours.swapcase()):
        answer = httpx2.get(f"{address}/compte", headers={"cookie": f"renvoi_session={forged}"})
        assert answer.status_code == 303


def test_signing_out_ends_the_session_on_the_server(
    browser: httpx2.Client, anne: Account, address: str
) -> None:
    signed_in(browser, anne.login, PASSWORD)
    copied = browser.cookies["renvoi_session"]
    answer = post_form(browser, "/compte", "/deconnexion")
    assert answer.status_code == 303
    assert "renvoi_session" not in browser.cookies
    again = httpx2.get(f"{address}/compte", headers={"cookie": f"renvoi_session={copied}"})
    assert again.status_code == 303


def test_disabling_an_account_closes_what_it_had_open(
    browser: httpx2.Client, anne: Account, database: WorkplaceDatabase
) -> None:
    signed_in(browser, anne.login, PASSWORD)
    assert browser.get("/compte").status_code == 200
    Accounts(database).disable(anne.id, datetime.now(UTC))
    assert browser.get("/compte").status_code == 303
    browser.cookies.clear()
    refused = signed_in(browser, anne.login, PASSWORD)
    assert refused.status_code == 401
    assert "incorrect" in refused.text


@pytest.mark.parametrize("action", ["/connexion", "/deconnexion", "/compte/mot-de-passe"])
def test_a_form_from_elsewhere_changes_nothing(browser: httpx2.Client, anne: Account, action: str) -> None:
    signed_in(browser, anne.login, PASSWORD)
    with httpx2.Client(base_url=browser.base_url) as attacker:
        foreign = token_of(attacker.get("/connexion"))
    fields = {
        "login": anne.login,
        "password": PASSWORD,
        "former": PASSWORD,
        "new": "x" * 20,
        "again": "x" * 20,
    }
    for token in ("", "x", foreign):
        answer = browser.post(action, data={"csrf": token, **fields})
        assert answer.status_code == 403
        assert "n'a pas été envoyé depuis une page ouverte par vous" in answer.text.replace("&#39;", "'")
    assert browser.get("/compte").status_code == 200


def test_a_token_of_before_signing_in_is_of_no_use_after(browser: httpx2.Client, anne: Account) -> None:
    former = token_of(browser.get("/connexion"))
    signed_in(browser, anne.login, PASSWORD)
    assert browser.post("/deconnexion", data={"csrf": former}).status_code == 403


def test_guesses_are_stopped_and_told_so_in_french(browser: httpx2.Client, anne: Account) -> None:
    for _ in range(5):
        answer = signed_in(browser, anne.login, "mauvais mot de passe")
        assert answer.status_code == 401
        assert "Identifiant ou mot de passe incorrect." in answer.text
    locked = signed_in(browser, anne.login, PASSWORD)
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= 901
    assert "la connexion est suspendue pendant 15 minutes" in locked.text
    assert browser.get("/compte").status_code == 303


def test_a_hundred_guesses_at_once_are_not_a_hundred_tries(
    database: WorkplaceDatabase, anne: Account
) -> None:
    outcomes: list[type[Exception]] = []

    def guess(rank: int) -> None:
        try:
            sign_in(database, anne.login, f"essai {rank}", "192.0.2.1")
        except Exception as error:
            outcomes.append(type(error))

    threads = [Thread(target=guess, args=(rank,)) for rank in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count(BadCredentials), outcomes.count(LockedOut)) == (5, 19)


def guesses_until_locked(database: WorkplaceDatabase, attempts: list[tuple[str, str]]) -> int:
    """How many (login, address) are tried before one is refused without being tried."""
    for count, (login, address) in enumerate(attempts):
        try:
            sign_in(database, login, "mauvais", address, NOW)
        except LockedOut:
            return count
        except BadCredentials:
            continue
    return len(attempts)


def test_guesses_are_counted_by_account_and_by_address(
    database: WorkplaceDatabase, anne: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the counting is tried here: verifying 80 passwords would take seconds."""
    monkeypatch.setattr("workplace.signing_in.verify_password", lambda hashed, password: False)
    many = [(anne.login, f"192.0.2.{rank}") for rank in range(80)]
    assert guesses_until_locked(database, many) == 50
    spread = [(f"compte{rank}", "198.51.100.7") for rank in range(80)]
    assert guesses_until_locked(database, spread) == 30
    neighbours = [(f"compte{rank}", f"2001:db8::{rank:x}") for rank in range(80)]
    assert guesses_until_locked(database, neighbours) == 30


def test_the_owner_of_a_guessed_account_still_gets_in_from_elsewhere(
    database: WorkplaceDatabase, anne: Account
) -> None:
    assert guesses_until_locked(database, [(anne.login, "192.0.2.1")] * 8) == 5
    assert sign_in(database, anne.login, PASSWORD, "198.51.100.7", NOW).id == anne.id
    with pytest.raises(LockedOut):
        sign_in(database, anne.login, PASSWORD, "192.0.2.1", NOW + timedelta(minutes=14))
    assert sign_in(database, anne.login, PASSWORD, "192.0.2.1", NOW + timedelta(minutes=15)).id == anne.id


def test_an_account_that_does_not_exist_is_answered_alike_and_as_slowly(
    database: WorkplaceDatabase, anne: Account
) -> None:
    def refused(login: str, rank: int) -> tuple[str, float]:
        started = time.perf_counter()
        with pytest.raises(BadCredentials) as error:
            sign_in(database, login, "mauvais mot de passe", f"192.0.2.{rank}")
        return f"{error.value.message} {error.value.hint}", time.perf_counter() - started

    known = [refused(anne.login, rank) for rank in range(3)]
    unknown = [refused(f"personne{rank}", rank) for rank in range(3)]
    assert {message for message, _ in known} == {message for message, _ in unknown}
    slow, fast = (statistics.median(seconds for _, seconds in answers) for answers in (known, unknown))
    # Without the verification of a hash of nobody, the second would be a hundred times shorter.
    assert 0.2 < fast / slow < 5


def test_a_password_typed_where_the_login_goes_is_kept_nowhere(
    database: WorkplaceDatabase, home: Path, browser: httpx2.Client, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Mon-mot-de-passe-tapé-trop-tôt"
    signed_in(browser, secret, secret)
    database.close()
    kept = b"".join(path.read_bytes() for path in home.glob("workplace.sqlite*"))
    assert secret.casefold().encode() not in kept
    assert secret.encode() not in kept
    assert secret not in caplog.text


def test_one_changes_ones_own_password_and_the_other_sessions_end(
    browser: httpx2.Client, anne: Account, address: str
) -> None:
    new = "une autre suite de mots"
    with httpx2.Client(base_url=address) as elsewhere:
        signed_in(elsewhere, anne.login, PASSWORD)
        signed_in(browser, anne.login, PASSWORD)
        send = {"former": PASSWORD, "new": new, "again": new}
        wrong = post_form(browser, "/compte", "/compte/mot-de-passe", **{**send, "former": "x"})
        assert (wrong.status_code, "incorrect" in wrong.text) == (401, True)
        apart = post_form(browser, "/compte", "/compte/mot-de-passe", **{**send, "again": "x"})
        assert (apart.status_code, "diffèrent" in apart.text) == (400, True)
        done = post_form(browser, "/compte", "/compte/mot-de-passe", **send)
        assert done.headers["location"] == "/compte?fait=mot-de-passe"
        assert "Le mot de passe est changé" in browser.get(done.headers["location"]).text
        assert elsewhere.get("/compte").status_code == 303
    browser.cookies.clear()
    assert signed_in(browser, anne.login, PASSWORD).status_code == 401
    assert signed_in(browser, anne.login, new).status_code == 303


@pytest.mark.parametrize(
    "then",
    [
        "https://ailleurs.example/",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "/\t/ailleurs.example",
        "javascript:alert(1)",
    ],
)
def test_signing_in_leads_nowhere_else(browser: httpx2.Client, anne: Account, then: str) -> None:
    assert signed_in(browser, anne.login, PASSWORD, then).headers["location"] == "/"


@given(st.text(alphabet=st.sampled_from("/\\:?#@.ahtps \t\r\n\x00%éx"), max_size=30))
def test_no_address_leads_out_of_this_server(then: str) -> None:
    """Browsers drop tabs and line ends, and read a backslash as a slash."""
    read = local_address(then).translate({ord(c): None for c in "\t\r\n"}).strip().replace("\\", "/")
    assert urlsplit(urljoin("https://renvoi.example/connexion", read)).netloc == "renvoi.example"
    assert not set(local_address(then)) & set("\r\n\x00")


def test_a_header_cannot_be_added_by_an_address(browser: httpx2.Client, anne: Account) -> None:
    answer = signed_in(browser, anne.login, PASSWORD, "/compte\r\nSet-Cookie: volé=1")
    assert answer.headers["location"] == "/"
    assert "volé" not in str(answer.headers)
    page = browser.get("/connexion", params={"next": '/x"><script>'})
    assert "<script>" not in page.text


@pytest.mark.parametrize("password", ["", "court", "a" * 11, "a" * 1001, "aaaaaaaaaaaaaaaa"])
def test_a_password_too_short_too_long_or_too_plain_is_refused(password: str) -> None:
    with pytest.raises(InvalidAccount, match="mot de passe"):
        hash_password(password)


def test_a_password_is_kept_as_argon2id_with_its_own_salt() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert verify_password(first, PASSWORD)
    assert not verify_password(first, PASSWORD + " ")
    assert not verify_password(None, "personne")


@pytest.mark.parametrize("login", ["", "a", "oidc:abc", "anne dupont", "é" * 3, "../x", "a" * 101, "<b>"])
def test_a_login_that_could_be_taken_for_another_is_refused(database: WorkplaceDatabase, login: str) -> None:
    with pytest.raises(InvalidAccount):
        make_account(database, login, "Nom", PASSWORD)


@pytest.mark.parametrize("name", ["", "a\x00b", "a\x1b[31mb", "‮gnirts", "a" * 201])
def test_a_name_holds_nothing_that_is_not_shown(name: str) -> None:
    with pytest.raises(InvalidAccount):
        checked_name(name)


def test_no_password_is_hashed_by_loading_the_commands() -> None:
    """A hash takes 64 MiB and a quarter of a second: `renvoi --help` has no use for one."""
    script = """
import argon2
def refuse(*_, **__): raise SystemExit("hashed at import")
argon2.PasswordHasher.hash = refuse
import api.cli
"""
    subprocess.run([sys.executable, "-c", script], check=True)
