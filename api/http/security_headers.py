"""The headers that keep a browser from doing anything the pages do not need."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
HEADERS = {
    "Content-Security-Policy": _POLICY + "'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The only pages that another site may show inside its own, where a setting names it.
EMBEDDED = "/embed/"


class SecurityHeaders:
    """Adds the headers to every answer; `embedders` are the origins that may show an embedded card."""

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
