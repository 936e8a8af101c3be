"""The pages of who is signed in, and those that a secret link opens: valid, light, accessible, no foreign script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import html5lib
import pytest
from playwright.sync_api import Browser

from api.http.authentication import SESSION_COOKIE
from tests.builders import REPLY
from tests.chromium import browser, served
from tests.dossier_server import Server, dossier_server
from tests.examining import MAX_BYTES, Traffic, faults

pytestmark = pytest.mark.browser
__all__ = ["browser"]

SCRIPT = '"><script>alert(1)</script>'
OUR_SCRIPT = '<script type="module" src="/static/suggestions.js"></script>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("base")) as found:
        yield found


@pytest.fixture(scope="module")
def addresses(server: Server) -> list[str]:
    """Of every page that Anne may open once she has one of everything, named as badly as can be."""
    anne = server.browser("anne")
    dossier = anne.dossier(SCRIPT, note=SCRIPT)
    asked = {"disposition": "code-penal/225-4-1", "date": "2012-01-01"}
    name = dossier.rpartition("/")[2]
    for one in (asked, {"passage": f"{REPLY}/21/1"}):
        query = "&".join(f"{key}={value}" for key, value in one.items())
        anne.post(f"/dossiers/ajouter?{query}", "/dossiers/ajouter", dossier=name, note=SCRIPT, **one)
    anne.post(dossier, f"{dossier}/elements", title=SCRIPT, note=SCRIPT)
    shared = anne.post(dossier, f"{dossier}/partages", label=SCRIPT).text
    items = re.findall(r'id="e-(\w+)"', anne.get(dossier).text)
    link = re.search(r"/partages/[\w-]+", unescape(shared))
    assert link
    return [
        "/compte",
        "/dossiers",
        "/dossiers/ajouter?disposition=code-penal/225-4-1",
        dossier,
        *(f"{dossier}/elements/{item}" for item in items),
        f"{dossier}/historique",
        f"{dossier}/historique/2",
        link[0],
        "/rapport",
        "/docs/formes",
        "/rien",
    ]


def test_they_are_valid_light_and_run_no_script_but_ours(server: Server, addresses: list[str]) -> None:
    anne = server.browser("anne")
    for address in addresses:
        answer = anne.get(address)
        assert answer.status_code == (404 if address == "/rien" else 200), address
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert len(answer.content) <= MAX_BYTES, address
        assert answer.text.count(OUR_SCRIPT) == 1, address
        foreign = r"<script|<style|<[^>]+ (?:style|on\w+)="
        assert not re.search(foreign, answer.text.replace(OUR_SCRIPT, "")), address
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe" not in policy, address


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_they_break_no_rule_and_fit_their_window(
    browser: Browser, server: Server, addresses: list[str], width: int, scheme: str
) -> None:
    cookie = server.browser("anne").client.cookies[SESSION_COOKIE]
    for home in served(server.app):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": home}])
        page = context.new_page()
        traffic, found = Traffic(page), []
        for address in addresses:
            page.goto(home + address)
            found += [f"{address} {fault}" for fault in faults(page)]
        context.close()
        assert found == []
        assert traffic.hosts == {urlsplit(home).netloc}
