"""The middleware that knows who asks, before any route does: who it is, how often, and whether it may read."""

from __future__ import annotations

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.authentication import Caller, address_of, check_writes, identify
from api.http.errors import answer_error
from api.http.rate_limits import Budget, Limiter, refusal
from api.http.workplace import Workplace
from kb.errors import BadCredentials, NotAllowed, RenvoiError, SignInRequired
from service.settings import Reading

# A request without any of these is nobody's: no database is asked.
_CREDENTIALS = {b"cookie", b"authorization", b"x-api-key"}
# What a monitor, a browser and who is about to sign in need, whoever they are.
_STATE, _STATIC, _SIGN_IN = ("/healthz", "/readyz"), "/static/", "/connexion"
_READING, _API = {"GET", "HEAD", "OPTIONS"}, "/v1/"
# What a key that may only read sends, because it changes nothing; any other address is closed to it.
ASKING = {"/v1/citations/check", "/v1/reports", "/v1/reports/proposals"}


class Access:
    """Puts the caller in `request.state.caller`, and stops who asks too often or may not read."""

    def __init__(self, app: ASGIApp, workplace: Workplace, limiter: Limiter) -> None:
        self._app = app
        self._workplace = workplace
        self._limiter = limiter
        self._closed = workplace.settings.reading is Reading.SIGNED_IN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the caller, or answer why not; the answer tells what is left of the limit."""
        if scope["type"] != "http" or scope["path"] in _STATE or scope["path"].startswith(_STATIC):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        budget: Budget | None = None

        async def with_budget(message: Message) -> None:
            if message["type"] == "http.response.start" and budget is not None:
                left = Budget(budget.limit, budget.window, max(0, budget.remaining), budget.reset)
                MutableHeaders(scope=message).update(left.headers())
            await send(message)

        try:
            caller, fault = await self._caller(request)
            budget = self._limiter.take(caller)
            self._check(request, caller, budget, fault)
        except RenvoiError as error:
            await answer_error(request, error)(scope, receive, with_budget)
            return
        await self._app(scope, receive, with_budget if budget else send)

    async def _caller(self, request: Request) -> tuple[Caller, BadCredentials | None]:
        """Who asks; a wrong key is nobody's, counted with what else comes from its address."""
        caller, fault = Caller(address_of(request)), None
        if any(name in _CREDENTIALS for name, _ in request.scope["headers"]):
            try:
                caller = await to_thread.run_sync(identify, self._workplace, request)
            except BadCredentials as error:
                fault = error
        request.state.caller = caller
        return caller, fault

    def _check(
        self, request: Request, caller: Caller, budget: Budget | None, fault: BadCredentials | None
    ) -> None:
        if budget is not None and budget.remaining < 0:
            raise refusal(budget)
        if fault is not None:
            raise fault
        _check_scope(request, caller)
        path = request.url.path
        if self._closed and not caller.known and path != _SIGN_IN and not path.startswith(f"{_SIGN_IN}/"):
            raise SignInRequired(
                "Ce service ne se lit qu'une fois connecté.", hint="Connectez-vous, ou donnez une clef d'API."
            )


def _check_scope(request: Request, caller: Caller) -> None:
    """Raises NotAllowed: forms belong to browsers, and a key that may only read changes nothing, whatever the route."""
    if caller.key is None or request.method in _READING:
        return
    path = request.url.path
    if not path.startswith(_API):
        raise NotAllowed(
            "Une clef d'API n'envoie pas de formulaire.",
            hint="Servez-vous de l'API, sous /v1, ou connectez-vous.",
        )
    if path not in ASKING:
        check_writes(caller.key)
