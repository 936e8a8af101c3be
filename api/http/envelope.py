"""What wraps every request and every answer, whatever the route: a bound on what is read, HEAD, the safety headers."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Twice the largest questionnaire of GRETA as a PDF; a route may have a smaller limit of its own.
MAX_BYTES = 25_000_000
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
HEADERS = {
    "Content-Security-Policy": _POLICY + "'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The only pages that another site may show inside its own, where a setting names it.
EMBEDDED = "/embed/"


class BodyLimit:
    """Answers 413 in place of what reads further: what a route reads into memory has a bound, whatever the route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting what is read."""
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MAX_BYTES:
                raise HTTPException(413)
            return message

        await self._app(scope, counting if scope["type"] == "http" else receive, send)


class HeadRequests:
    """Answers HEAD as GET, without what follows the headers: link checkers and proxies ask so first."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on everything else as it is."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, bare)


class SecurityHeaders:
    """Keeps a browser from doing anything the pages do not need: adds the headers to every answer.

    `embedders` are the origins that may show an embedded card.
    """

    def __init__(self, app: ASGIApp, embedders: tuple[str, ...] = ()) -> None:
        self._app = app
        self._embedded = {**HEADERS, "Content-Security-Policy": _POLICY + (" ".join(embedders) or "'none'")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                embedded = scope["path"].startswith(EMBEDDED)
                MutableHeaders(scope=message).update(self._embedded if embedded else HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
