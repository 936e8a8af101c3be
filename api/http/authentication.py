"""Who sends a request: read from its key or its cookie, before any route. Routes ask here, by dependencies.

`UserDep` is the account, or None; `SignedInDep` an account, or 401 (a page leads to /connexion instead).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from api.http.cookies import read_cookie
from api.http.workplace import Workplace
from kb.errors import BadCredentials, NotAllowed, SignInRequired
from workplace.model import Account, ApiKey, Scope
from workplace.store.keys import Keys
from workplace.store.sessions import LIFETIME, Sessions

SESSION_COOKIE, SESSION = "renvoi_session", "session"
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, from which network address. `session` is the token of a browser's session, empty without one."""

    address: str = ""
    account: Account | None = None
    session: str = ""
    key: ApiKey | None = None

    @property
    def known(self) -> bool:
        """Signed in, or with a key."""
        return self.account is not None or self.key is not None


def check_writes(key: ApiKey) -> None:
    """Raises NotAllowed for a key that may only read."""
    if key.scope is not Scope.WRITE:
        raise NotAllowed(
            "Cette clef ne permet que de lire.", hint="renvoi keys create --scope write en fait une autre."
        )


def address_of(request: Request) -> str:
    """The network address that a request comes from."""
    return request.client.host if request.client else ""


def identify(workplace: Workplace, request: Request) -> Caller:
    """The caller of a request. Raises BadCredentials for a key that opens nothing; a cookie that opens nothing is
    that of a session that ended."""
    key = _key_text(request)
    if key is not None:
        return _by_key(workplace, key, address_of(request))
    cookie = read_cookie(request, SESSION_COOKIE)
    token = workplace.signer.read(SESSION, cookie, int(LIFETIME.total_seconds())) if cookie else None
    account = Sessions(workplace.database).account(token, datetime.now(UTC)) if token else None
    return Caller(address_of(request), account, token if token and account else "")


def _key_text(request: Request) -> str | None:
    """What a program gives for its key, None when it gives none."""
    authorization = request.headers.get("authorization", "")
    if authorization[: len(_BEARER)].lower() == _BEARER:
        return authorization[len(_BEARER) :].strip()
    return request.headers.get("x-api-key")


def _by_key(workplace: Workplace, text: str, address: str) -> Caller:
    match = Keys(workplace.database).find(text, datetime.now(UTC))
    if match is None or (match[1] is not None and match[1].disabled is not None):
        raise BadCredentials(
            "Cette clef d'API n'est pas valable : inconnue, révoquée ou expirée.",
            hint="renvoi keys list montre les clefs, renvoi keys create en fait une.",
        )
    key, account = match
    return Caller(address, account, key=key)


def get_caller(request: Request) -> Caller:
    """As the middleware found it; nobody, for what is answered before it."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else Caller(address_of(request))


def get_user(caller: Annotated[Caller, Depends(get_caller)]) -> Account | None:
    """The account that asks, if any."""
    return caller.account


def get_signed_in(user: Annotated[Account | None, Depends(get_user)]) -> Account:
    """The account that asks. Raises SignInRequired."""
    if user is None:
        raise SignInRequired("Il faut être connecté.", hint="Connectez-vous, ou donnez une clef d'API.")
    return user


CallerDep = Annotated[Caller, Depends(get_caller)]
UserDep = Annotated[Account | None, Depends(get_user)]
SignedInDep = Annotated[Account, Depends(get_signed_in)]
