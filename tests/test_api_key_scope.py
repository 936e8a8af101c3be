"""A key does no more than its scope, on every route there is: those that exist today and those to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select
from starlette.routing import Route

from api.app import create_app
from api.http.access import ASKING
from service.settings import Settings
from tests.dossier_server import Browser, Server, dossier_server
from workplace.model import Scope
from workplace.store.columns import WorkplaceTable

_READS = {"GET", "HEAD", "OPTIONS"}


def _routes() -> Iterator[Route]:
    """Every route of the application, those of its routers too."""
    app = create_app(Settings())
    routers = [getattr(route, "original_router", None) for route in app.routes]
    for route in [*app.routes, *(r for router in routers if router is not None for r in router.routes)]:
        if isinstance(route, Route):
            yield route


CHANGES = sorted({(method, r.path) for r in _routes() for method in (r.methods or set()) - _READS})
FORMS = [path for method, path in CHANGES if not path.startswith("/v1/")]
API = [(method, path) for method, path in CHANGES if path.startswith("/v1/")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("base")) as found:
        yield found


@pytest.fixture(scope="module")
def names(server: Server) -> dict[str, str]:
    """What stands in the addresses: a dossier of Anne's, one of its items, its link."""
    anne = server.browser("anne")
    dossier = anne.dossier("Traite").rpartition("/")[2]
    anne.post(f"/dossiers/{dossier}", f"/dossiers/{dossier}/elements", note="À revoir")
    anne.post(f"/dossiers/{dossier}", f"/dossiers/{dossier}/partages", label="Paul")
    found = server.client.get(f"/v1/dossiers/{dossier}", headers=server.key("anne")).json()
    shares = server.client.get(f"/v1/dossiers/{dossier}/share", headers=server.key("anne")).json()
    return {
        "dossier": dossier,
        "item": found["items"][0]["id"],
        "share": shares["results"][0]["id"],
        "version": "1",
        "extension": "csv",
    }


def _kept(server: Server) -> dict[str, list[Any]]:
    """All that the users' database holds, but the keys and when they were used."""
    with server.database.reading() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in WorkplaceTable.metadata.tables.items()
            if name != "api_key"
        }


def _address(path: str, names: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)(:path)?\}", lambda found: names[found[1]], path)


def _fields(server: Server) -> tuple[Browser, dict[str, str]]:
    """A visitor with the token of a form of its own, and all the fields that a form may ask for."""
    visitor = Browser(server.client)
    token = re.search(r'name="csrf" value="([^"]+)"', visitor.get("/connexion").text)
    assert token
    fields = {"csrf": token[1], "version": "3", "title": "Pris", "note": "Pris", "action": "retirer"}
    passwords = {"login": "anne", "former": "x", "new": "quatre mots sans suite"}
    return visitor, {**fields, **passwords, "disposition": "code-penal/225-4-1", "draft": "[]"}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("scope", Scope)
def test_no_form_is_sent_with_a_key(server: Server, names: dict[str, str], path: str, scope: Scope) -> None:
    visitor, fields = _fields(server)
    key, before = server.key("anne", scope), _kept(server)
    answer = visitor.client.post(_address(path, names), data=fields, headers=key)
    assert answer.status_code == 403
    assert "clef" in answer.text
    assert _kept(server) == before


@pytest.mark.parametrize(("method", "path"), [one for one in API if one[1] not in ASKING])
def test_a_key_that_reads_changes_nothing_by_the_api(
    server: Server, names: dict[str, str], method: str, path: str
) -> None:
    key, before = server.key("anne", Scope.READ), _kept(server)
    answer = server.client.request(
        method, _address(path, names), json={"title": "Pris"}, headers={**key, "If-Match": '"3"'}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "droit-insuffisant")
    assert "ne permet que de lire" in answer.json()["detail"]
    assert _kept(server) == before


@pytest.mark.parametrize("path", sorted(ASKING))
def test_what_asks_without_changing_anything_is_open_to_a_key_that_reads(server: Server, path: str) -> None:
    assert ("POST", path) in API
    before = _kept(server)
    answer = server.client.post(path, json={"text": "Texte."}, headers=server.key("anne", Scope.READ))
    assert answer.status_code in (200, 400)
    assert _kept(server) == before


def test_a_route_that_does_not_exist_yet_is_closed_to_a_key_that_reads(server: Server) -> None:
    for path in ("/v1/a-venir", "/a-venir"):
        answer = server.client.post(path, headers=server.key("anne", Scope.READ))
        assert answer.status_code == 403
