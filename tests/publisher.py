"""A server over a real socket that publishes files and speaks as PISTE, Légifrance and Judilibre document it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LEGIFRANCE, JUDILIBRE = "/dila/legifrance/lf-engine-app", "/cassation/judilibre/v1.0"
ID, SECRET = "application", "secret-de-l-application"


@dataclass
class Publisher:
    """What it publishes, the faults it shows (each once, in order), and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)
    articles: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    cut_after: dict[str, int] = field(default_factory=dict)
    tokens: int = 0
    lifetime: int = 3600
    asked: Counter[str] = field(default_factory=Counter)
    ranges: list[str] = field(default_factory=list)
    base: str = ""


@contextmanager
def publishing(publisher: Publisher) -> Iterator[str]:
    """The address of the server, stopped at the end."""
    handler = type("Handler", (_Handler,), {"publisher": publisher})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    publisher.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield publisher.base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    publisher: Publisher

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if self._faulty(path):
            return
        if path in self.publisher.files:
            self._file(path)
        elif path.startswith(JUDILIBRE) and self._known():
            self._judilibre(path.removeprefix(JUDILIBRE), {key: values[0] for key, values in query.items()})
        elif not path.startswith(JUDILIBRE):
            self._answer(404, {})

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self._faulty(path):
            return
        if path == "/api/oauth/token":
            self._token({key: values[0] for key, values in parse_qs(body).items()})
        elif path.startswith(LEGIFRANCE) and self._known():
            self._legifrance(path.removeprefix(LEGIFRANCE), json.loads(body))

    def _faulty(self, path: str) -> bool:
        self.publisher.asked[path] += 1
        faults = self.publisher.faults.get(path)
        if not faults:
            return False
        status, headers = faults.pop(0)
        self._answer(status, {"error": "essai"}, headers)
        return True

    def _known(self) -> bool:
        known = self.headers.get("Authorization") == f"Bearer jeton-{self.publisher.tokens}"
        if not known:
            self._answer(401, {"error": "invalid_token"})
        return known

    def _token(self, form: dict[str, str]) -> None:
        expected = {
            "grant_type": "client_credentials",
            "client_id": ID,
            "client_secret": SECRET,
            "scope": "openid",
        }
        if form != expected:
            self._answer(400, {"error": "invalid_client"})
            return
        self.publisher.tokens += 1
        token = {"access_token": f"jeton-{self.publisher.tokens}", "token_type": "Bearer"}
        self._answer(200, {**token, "expires_in": self.publisher.lifetime, "scope": "openid"})

    def _legifrance(self, path: str, body: dict[str, Any]) -> None:
        if path == "/consult/legi/tableMatieres":
            self._answer(200, self.publisher.contents.get(body["textId"], {}))
        elif path == "/consult/getArticle":
            self._answer(200, {"article": self.publisher.articles.get(body["id"])})
        else:
            self._answer(404, {})

    def _judilibre(self, path: str, query: dict[str, str]) -> None:
        if path == "/decision":
            found = self.publisher.decisions.get(query["id"])
            self._answer(200 if found else 404, found or {})
            return
        page, size = int(query["page"]), int(query["page_size"])
        names = list(self.publisher.decisions)
        results = [{"id": name} for name in names[page * size : (page + 1) * size]]
        more = f"page={page + 1}" if (page + 1) * size < len(names) else None
        self._answer(200, {"results": results, "next_page": more, "total": len(names)})

    def _file(self, path: str) -> None:
        data = self.publisher.files[path]
        tag = f'"{len(data)}-{hash(data)}"'
        wanted = self.headers.get("Range")
        start = 0
        if wanted:
            self.publisher.ranges.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if self.headers["If-Range"] == tag else 0
        self.send_response(206 if start else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        cut = self.publisher.cut_after.pop(path, None)
        self.wfile.write(data[start:] if cut is None else data[start : start + cut])

    def _answer(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, written in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, written)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
