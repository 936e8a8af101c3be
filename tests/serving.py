"""A real server, over a real socket, for the tests of what a browser and a program send."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import httpx2
import uvicorn


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of a server of this application, stopped at the end."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", proxy_headers=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the server stopped"
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def token_of(page: httpx2.Response) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found, page.text
    return unescape(found[1])


def post_form(browser: httpx2.Client, address: str, action: str, **fields: str) -> httpx2.Response:
    """Open the page that has the form, and send its action as a browser would."""
    page = browser.get(address)
    assert page.status_code == 200, page.text
    return browser.post(action, data={"csrf": token_of(page), **fields})


def signed_in(browser: httpx2.Client, login: str, password: str, then: str = "/") -> httpx2.Response:
    """Sign in by the page."""
    return post_form(browser, "/connexion", "/connexion", login=login, password=password, next=then)
