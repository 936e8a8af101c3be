"""Signing in by the identity provider: leaving for it, and coming back."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from api.http.cookies import forget_cookie, keep_cookie, read_cookie
from api.http.openid import RETURN, OpenId
from api.http.workplace import WorkplaceDep
from api.pages.accounts import local_address, start_session
from kb.errors import StaleForm
from workplace.signing_in import account_of_provider

router = APIRouter()
_COOKIE, _PURPOSE = "renvoi_openid", "openid"
# As long as one may take to type a password there.
_MAX_AGE = 900


def _provider(request: Request) -> OpenId:
    openid = request.app.state.openid
    if not isinstance(openid, OpenId):
        raise HTTPException(404)
    return openid


@router.get("/connexion/openid", response_model=None)
def leave(request: Request, workplace: WorkplaceDep, next: str = "/") -> Response:
    """To the provider; what it must bring back is kept by the browser, signed."""
    url, secrets = _provider(request).begin()
    response = RedirectResponse(url, 303)
    signed = workplace.signer.sign(_PURPOSE, json.dumps({**secrets, "next": local_address(next)}))
    keep_cookie(request, response, _COOKIE, signed, _MAX_AGE)
    return response


@router.get(RETURN, response_model=None)
def come_back(request: Request, workplace: WorkplaceDep) -> Response:
    """Whom the provider recognised has an account here, made the first time, and a session of its own."""
    provider = _provider(request)
    signed = workplace.signer.read(_PURPOSE, read_cookie(request, _COOKIE), _MAX_AGE)
    if signed is None:
        raise StaleForm(
            "Cette connexion n'a pas été commencée dans ce navigateur, ou depuis trop longtemps.",
            hint="Recommencez depuis la page de connexion. Les cookies doivent être acceptés.",
        )
    secrets = json.loads(signed)
    identity = provider.finish(secrets, request.query_params)
    account = account_of_provider(
        workplace.database, (identity.issuer, identity.subject), identity.name, datetime.now(UTC)
    )
    response = start_session(request, account, secrets["next"])
    forget_cookie(request, response, _COOKIE)
    return response
