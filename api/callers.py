"""Who sends a request: read from its cookie or its key, before any route. Routes ask here, by dependencies.

`UserDep` is the account, or None; `SignedInDep` an account, or 401 (a page leads to /connexion instead).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request

from api.workplaces import Workplace
from kb.errors import SignInRequired
from workplace.model import Account
from workplace.store.sessions import LIFETIME, Sessions

SESSION_COOKIE = "renvoi_session"
SESSION = "session"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, from which network address. `session` is the token of a browser's session, signed in or empty."""

    address: str = ""
    account: Account | None = None
    session: str = ""


def identify(workplace: Workplace, request: Request) -> Caller:
    """The caller of a request. A session that ended, or a cookie of our name that we did not sign, is nobody's."""
    address = request.client.host if request.client else ""
    cookie = request.cookies.get(SESSION_COOKIE)
    token = workplace.signer.read(SESSION, cookie, int(LIFETIME.total_seconds())) if cookie else None
    if not token:
        return Caller(address)
    account = Sessions(workplace.database).account(token, datetime.now(UTC))
    return Caller(address, account, token if account else "")


def get_caller(request: Request) -> Caller:
    """As the middleware found it."""
    found = request.state.caller
    assert isinstance(found, Caller)
    return found


def get_user(caller: Annotated[Caller, Depends(get_caller)]) -> Account | None:
    """The account that asks, if any."""
    return caller.account


def get_signed_in(user: Annotated[Account | None, Depends(get_user)]) -> Account:
    """The account that asks. Raises SignInRequired."""
    if user is None:
        raise SignInRequired(
            "Cette page demande d'être connecté.", hint="Connectez-vous, ou donnez une clef d'API."
        )
    return user


CallerDep = Annotated[Caller, Depends(get_caller)]
UserDep = Annotated[Account | None, Depends(get_user)]
SignedInDep = Annotated[Account, Depends(get_signed_in)]
