"""The guard of every form that changes something: a token that only our own page, shown to this browser, holds.

A template puts `{{ csrf_field() }}` in the form; the route asks for `FormDep`, which gives the form once the token is
right. A route of the API that changes something asks for `WriterDep`: a key that may write, or a signed-in browser
that sends the token in the header X-CSRF-Token.
"""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from api.http.authentication import Caller, check_writes, get_caller
from api.http.cookies import keep_cookie, read_cookie
from api.http.workplace import get_workplace
from kb.errors import SignInRequired, StaleForm
from workplace.model import Account
from workplace.store.sessions import LIFETIME, hashed

FIELD, HEADER = "csrf", "x-csrf-token"
_COOKIE, _FORM, _VISITOR = "renvoi_visite", "form", "visitor"
# As long as a session: a form left open over lunch still works.
_MAX_AGE = int(LIFETIME.total_seconds())


def form_token(request: Request) -> str:
    """The token of the forms of this browser; a visitor who has no cookie yet is given one with the page."""
    signer = get_workplace(request).signer
    request.state.gave_token = True
    browser = _browser(request)
    if not browser:
        browser = request.state.new_visitor = secrets.token_urlsafe(16)
    return signer.sign(_FORM, hashed(browser))


def csrf_field(request: Request) -> Markup:
    """The hidden field of a form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, form_token(request))


def gave_token(request: Request) -> bool:
    """Whether the page holds a form of this browser alone."""
    return getattr(request.state, "gave_token", False)


def keep_visitor(request: Request, response: Response) -> None:
    """Give the cookie that goes with a token made on this page."""
    visitor = getattr(request.state, "new_visitor", "")
    if visitor:
        keep_cookie(request, response, _COOKIE, get_workplace(request).signer.sign(_VISITOR, visitor))


def check_token(request: Request, token: str) -> None:
    """Raises StaleForm unless this token was made for this browser."""
    browser = _browser(request)
    made_for = get_workplace(request).signer.read(_FORM, token, _MAX_AGE) or ""
    if not browser or not compare_digest(made_for, hashed(browser)):
        raise StaleForm(
            "Ce formulaire n'a pas été envoyé depuis une page ouverte par vous, ou elle est trop ancienne.",
            hint="Revenez à la page, rechargez-la et recommencez. Les cookies doivent être acceptés.",
        )


def _browser(request: Request) -> str:
    """What tells this browser from others: its session, or the cookie of a visitor."""
    caller = get_caller(request)
    if caller.session:
        return caller.session
    cookie = read_cookie(request, _COOKIE)
    return get_workplace(request).signer.read(_VISITOR, cookie, _MAX_AGE) or "" if cookie else ""


async def posted_form(request: Request) -> FormData:
    """The form, once its token is seen to be right. Raises StaleForm."""
    form = await request.form()
    token = request.headers.get(HEADER) or form.get(FIELD) or ""
    check_token(request, token if isinstance(token, str) else "")
    return form


def get_writer(request: Request, caller: Annotated[Caller, Depends(get_caller)]) -> Account:
    """Whose data a route of the API changes. Raises SignInRequired, NotAllowed or StaleForm."""
    if caller.key is not None:
        check_writes(caller.key)
    if caller.account is None:
        raise SignInRequired("Il faut une clef d'API qui permette d'écrire, ou être connecté.")
    if caller.key is None:
        check_token(request, request.headers.get(HEADER, ""))
    return caller.account


def field(form: FormData, name: str) -> str:
    """The text of a field, empty when it is missing or is a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


FormDep = Annotated[FormData, Depends(posted_form)]
WriterDep = Annotated[Account, Depends(get_writer)]
