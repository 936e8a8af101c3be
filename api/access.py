"""The middleware that knows who asks, before any route does."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.callers import Caller, identify
from api.errors import answer_error
from api.workplaces import Workplace
from kb.errors import RenvoiError

# A request without any of these is nobody's: no database is asked.
_CREDENTIALS = (b"cookie", b"authorization", b"x-api-key")


class Access:
    """Puts the caller in `request.state.caller`."""

    def __init__(self, app: ASGIApp, workplace: Workplace) -> None:
        self._app = app
        self._workplace = workplace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the caller, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            request.state.caller = await self._caller(request)
        except RenvoiError as error:
            await answer_error(request, error)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _caller(self, request: Request) -> Caller:
        if any(name in _CREDENTIALS for name, _ in request.scope["headers"]):
            return await to_thread.run_sync(identify, self._workplace, request)
        return Caller(request.client.host if request.client else "")
