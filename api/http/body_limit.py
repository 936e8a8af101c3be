"""No request is read beyond a size: what a route reads into memory has a bound, whatever the route."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Twice the largest questionnaire of GRETA as a PDF; a route may have a smaller limit of its own.
MAX_BYTES = 25_000_000


class BodyLimit:
    """Answers 413 in place of what reads further."""

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
