"""An application over a small base, with accounts that are signed in, for the tests of dossiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.http.authentication import SESSION, SESSION_COOKIE
from service.settings import Settings
from tests.builders import small_service
from workplace.model import Account, ApiKey, Scope
from workplace.store.accounts import Accounts, new_account
from workplace.store.keys import Keys, new_prefix
from workplace.store.sessions import Sessions


class Server:
    """The application and its users."""

    def __init__(self, client: TestClient, app: Any) -> None:
        self.client, self.app = client, app

    @property
    def database(self) -> Any:
        return self.app.state.workplace.database

    def account(self, login: str) -> Account:
        known = Accounts(self.database).by_login(login)
        return known or Accounts(self.database).add(
            new_account(login, login.title(), datetime.now(UTC)), None
        )

    def key(self, login: str, scope: Scope = Scope.WRITE) -> dict[str, str]:
        """The header of a program that writes what is this account's."""
        prefix, now = new_prefix(), datetime.now(UTC)
        text = Keys(self.database).create(ApiKey(prefix, "essai", scope, self.account(login).id, now))
        return {"Authorization": f"Bearer {text}"}

    def browser(self, login: str) -> Browser:
        """Someone signed in."""
        token = Sessions(self.database).start(self.account(login).id, datetime.now(UTC))
        client = TestClient(self.app, follow_redirects=False)
        client.cookies.set(SESSION_COOKIE, self.app.state.workplace.signer.sign(SESSION, token))
        return Browser(client)


class Browser:
    """Reads pages and sends their forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str) -> Any:
        return self.client.get(address)

    def post(self, page: str, action: str, /, **fields: str) -> Any:
        """Send a form of a page, with its token and the version that the page shows."""
        text = self.client.get(page).text
        hidden = {
            name: unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="(csrf|version)" value="([^"]*)">', text
            )
        }
        return self.client.post(action, data={**hidden, **fields})

    def dossier(self, title: str = "Traite", **fields: str) -> str:
        """The address of a new dossier."""
        answer = self.post("/dossiers", "/dossiers", title=title, **fields)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


@contextmanager
def dossier_server(folder: Path) -> Iterator[Server]:
    """Over a small base in this folder."""
    service = small_service(folder)
    app = create_app(Settings(home=folder), lambda _: service)
    with TestClient(app, follow_redirects=False) as client:
        yield Server(client, app)
