"""Signing in and out, and one's own account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.http.authentication import SESSION, SESSION_COOKIE, CallerDep, SignedInDep, address_of, get_caller
from api.http.cookies import forget_cookie, keep_cookie
from api.http.forms import FormDep, field
from api.http.problems import problem_of
from api.http.public_address import settings_of
from api.http.workplace import WorkplaceDep, get_workplace
from api.pages.rendering import page
from kb.errors import InvalidAccount, RenvoiError, TooManyRequests
from service.settings import Reading
from workplace.model import Account
from workplace.passwords import MIN_LENGTH
from workplace.signing_in import change_password, sign_in
from workplace.store.sessions import LIFETIME, Sessions

router = APIRouter()
_MAX_ADDRESS = 2000


def local_address(then: str) -> str:
    """Where to go after signing in: an address of this server, or the home page in place of any other.

    >>> [local_address(then) for then in ("/dossiers?page=2", "//ailleurs.example", "https://ailleurs.example", "")]
    ['/dossiers?page=2', '/', '/', '/']
    """
    # What a browser drops or reads as a slash before it reads the address: controls, blanks, backslashes.
    plain = then.isprintable() and not set(then) & set("\\ ") and len(then) <= _MAX_ADDRESS
    return then if plain and then.startswith("/") and not then.startswith("//") else "/"


@router.get("/connexion")
def form(request: Request, caller: CallerDep, next: str = "/") -> HTMLResponse:
    """Where one signs in."""
    return _form(request, local_address(next))


@router.post("/connexion", response_model=None)
def signing_in(request: Request, workplace: WorkplaceDep, form: FormDep) -> Response:
    """To where one wanted to go, with a session of its own; or the form again, with what was wrong."""
    then, login = local_address(field(form, "next")), field(form, "login")
    try:
        account = sign_in(workplace.database, login, field(form, "password"), address_of(request))
    except RenvoiError as error:
        return _form(request, then, login=login[:100], error=error)
    return start_session(request, account, then)


@router.post("/deconnexion", response_model=None)
def signing_out(request: Request, workplace: WorkplaceDep, caller: CallerDep, form: FormDep) -> Response:
    """The session ends on the server, whatever keeps a copy of the cookie."""
    if caller.session:
        Sessions(workplace.database).end(caller.session)
    response = RedirectResponse("/", 303)
    forget_cookie(request, response, SESSION_COOKIE)
    return response


@router.get("/compte")
def account(request: Request, user: SignedInDep, fait: str = "") -> HTMLResponse:
    """Who one is here, and the form for another password."""
    return _account(request, user, done=fait == "mot-de-passe")


@router.post("/compte/mot-de-passe", response_model=None)
def another_password(request: Request, workplace: WorkplaceDep, user: SignedInDep, form: FormDep) -> Response:
    """Every session of the account ends, and one begins here."""
    try:
        if field(form, "new") != field(form, "again"):
            raise InvalidAccount("Les deux saisies du nouveau mot de passe diffèrent.")
        former, new = field(form, "former"), field(form, "new")
        change_password(workplace.database, user, former, new, address_of(request))
    except RenvoiError as error:
        return _account(request, user, error=error)
    return start_session(request, user, "/compte?fait=mot-de-passe")


def start_session(request: Request, account: Account, then: str) -> Response:
    """A new session for this browser, whose former one ends, and the page where it goes."""
    workplace, caller = get_workplace(request), get_caller(request)
    token = Sessions(workplace.database).start(account.id, datetime.now(UTC), caller.session)
    response = RedirectResponse(then, 303)
    seconds = int(LIFETIME.total_seconds())
    keep_cookie(request, response, SESSION_COOKIE, workplace.signer.sign(SESSION, token), seconds)
    return response


def _form(request: Request, then: str, *, login: str = "", error: RenvoiError | None = None) -> HTMLResponse:
    settings = settings_of(request)
    context = {
        "next": then,
        "login": login,
        "openid": settings.oidc_name if settings.oidc_issuer else "",
        "open_reading": settings.reading is Reading.OPEN,
    }
    return _page(request, "sign_in.html", context, error)


def _account(
    request: Request, user: Account, *, done: bool = False, error: RenvoiError | None = None
) -> HTMLResponse:
    context = {"account": user, "done": done, "min_length": MIN_LENGTH}
    return _page(request, "account.html", context, error)


def _page(request: Request, name: str, context: dict[str, Any], error: RenvoiError | None) -> HTMLResponse:
    """A form, with what was wrong in what it sent."""
    problem = problem_of(error, request.url.path) if error else None
    response = page(request, name, {**context, "problem": problem}, problem.status if problem else 200)
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response
