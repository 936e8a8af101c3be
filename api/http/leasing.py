"""One generation a request: the open base is held from the first byte of a request to the last of its answer."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from service.holder import BaseHolder

BASE = "renvoi.base"
"""Where the base that a request reads stands in its scope: the open base, or the error that keeps it closed."""


class Leasing:
    """Leases the base in service to each request, so that none sees two generations nor a closed one."""

    def __init__(self, app: ASGIApp, holder: BaseHolder) -> None:
        self._app, self._holder = app, holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the base for as long as the request lasts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._holder.lease() as base:
            scope[BASE] = base
            await self._app(scope, receive, send)
