"""Conditional requests: an answer that the client already has is not sent again (RFC 9110, § 13).

The tag of an answer is that of its own bytes, of the generation in service and of nothing else: whatever the answer
depends on (the base, the day, the account), another answer has another tag. The time that a search took is left out.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.leasing import BASE

# What one sees depends on who one is.
_VARY = "Cookie, Authorization, X-API-Key"
_TAG = re.compile(rb'(?:W/)?("[^"]*")')
_TOOK = re.compile('"took":[0-9.eE+-]+|réponse en [0-9]+ ms'.encode())
_CREDENTIALS = {b"cookie", b"authorization", b"x-api-key"}
_KEPT = ("etag", "cache-control", "vary", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")


class Conditional:
    """Tags what GET answers, and answers 304 to who has it. Streams and what no cache keeps pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the head of the answer until its body is known."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        head: Message = {}

        async def held(message: Message) -> None:
            nonlocal head
            if message["type"] == "http.response.start":
                head = message
                return
            if head and message["type"] == "http.response.body":
                if not message.get("more_body", False):
                    message = _tagged(scope, head, message)
                await send(head)
                head = {}
            await send(message)

        await self._app(scope, receive, held)


def _tagged(scope: Scope, head: Message, body: Message) -> Message:
    """The body to send with this head, which is given its tag; an empty one with 304 to who has it."""
    headers = MutableHeaders(scope=head)
    if head["status"] != 200 or headers.get("cache-control") == "no-store":
        return body
    headers.setdefault("cache-control", "private, no-cache" if _personal(scope) else "no-cache")
    headers.add_vary_header(_VARY)
    content = body.get("body", b"")
    headers.setdefault("etag", f'W/"{_digest(scope, content)}"')
    if not _has(scope, headers["etag"]):
        return body
    for name in set(headers.keys()) - set(_KEPT):
        del headers[name]
    head["status"] = 304
    return {**body, "body": b""}


def _digest(scope: Scope, content: bytes) -> str:
    generation = getattr(scope.get(BASE), "generation", "")
    return blake2b(generation.encode() + b"\0" + _TOOK.sub(b"", content, count=1), digest_size=16).hexdigest()


def _personal(scope: Scope) -> bool:
    return any(name in _CREDENTIALS for name, _ in scope["headers"])


def _has(scope: Scope, tag: str) -> bool:
    tags = Headers(scope=scope).get("if-none-match", "").encode("latin-1")
    opaque = tag.removeprefix("W/").encode()
    return tags.strip() == b"*" or opaque in _TAG.findall(tags)
