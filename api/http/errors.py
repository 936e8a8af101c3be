"""Every exception as an answer: problem+json for the API, a page for people; never a stack trace."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from api.addresses import sign_in_url
from api.http.envelope import HEADERS
from api.http.problems import (
    CONTENT_TYPE,
    HTTP_MAPPINGS,
    MAPPINGS,
    Mapping,
    ParameterError,
    Problem,
    problem,
    problem_of,
)
from api.pages.rendering import error_page
from kb.errors import BadCredentials, InvalidInput, RenvoiError, SignInRequired, TooManyRequests

log = logging.getLogger("renvoi")

API_PATHS = ("/v1", "/healthz", "/readyz", "/metrics", "/openapi.json")
_NO_OBJECT = "Un objet JSON est attendu, avec « Content-Type: application/json »."
_UNREADABLE = "json_invalid"
# French for the faults that pydantic finds in parameters, by its own names.
_FAULTS = {
    "extra_forbidden": "Paramètre inconnu.",
    "missing": "Paramètre obligatoire.",
    "date_from_datetime_parsing": "Ce n'est pas une date AAAA-MM-JJ.",
    "date_parsing": "Ce n'est pas une date AAAA-MM-JJ.",
    "date_from_datetime_inexact": "Ce n'est pas une date AAAA-MM-JJ.",
    "value_error": "Ce n'est pas une date AAAA-MM-JJ.",
    "int_parsing": "Ce n'est pas un nombre entier.",
    "int_parsing_size": "Nombre trop grand.",
    "bool_parsing": "Donnez true ou false.",
    "enum": "Valeur inconnue ; valeurs possibles : {expected}.",
    "greater_than_equal": "Au moins {ge}.",
    "less_than_equal": "Au plus {le}.",
    "too_long": "Au plus {max_length} valeurs.",
    "string_too_long": "Au plus {max_length} caractères.",
    "string_too_short": "Au moins {min_length} caractère.",
    "string_type": "Un texte est attendu.",
    "string_unicode": "Ce texte a un caractère qui n'en est pas un.",
    "int_type": "Un nombre entier est attendu.",
    "int_from_float": "Ce n'est pas un nombre entier.",
    "bool_type": "Donnez true ou false.",
    "list_type": "Une liste est attendue.",
    "literal_error": "Valeur inconnue ; valeurs possibles : {expected}.",
    "model_attributes_type": _NO_OBJECT,
    "model_type": _NO_OBJECT,
    "dict_type": _NO_OBJECT,
    _UNREADABLE: "Ce n'est pas du JSON en UTF-8 qui se lise.",
}
_SHOWN = 100
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def install_errors(app: FastAPI) -> None:
    """Have every exception answered by this module."""
    app.add_exception_handler(RenvoiError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, RenvoiError)
    return answer_error(request, error)


def answer_error(request: Request, error: RenvoiError) -> Response:
    """One of our errors; a page that asks to be signed in leads to where one does, and back."""
    if isinstance(error, SignInRequired) and request.method == "GET" and not _is_api(request):
        return RedirectResponse(sign_in_url(_asked(request)), 303)
    response = _answer(request, problem_of(error, request.url.path))
    if isinstance(error, SignInRequired | BadCredentials) and _is_api(request):
        response.headers["WWW-Authenticate"] = 'Bearer realm="Renvoi"'
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _asked(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [_fault(fault) for fault in error.errors()]
    detail = " ".join(f"{fault.param} : {fault.msg}" for fault in faults)
    return _answer(request, problem(MAPPINGS[InvalidInput], detail, request.url.path, faults=faults))


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    mapping = HTTP_MAPPINGS.get(error.status_code, Mapping(error.status_code, "http", "Demande refusée"))
    details = {
        400: "Le corps de la demande ne peut pas être lu.",
        404: "Rien ne se trouve à cette adresse.",
        405: f"{request.method} n'est pas accepté à cette adresse.",
    }
    detail = details.get(error.status_code, mapping.title + ".")
    response = _answer(request, problem(mapping, detail, request.url.path))
    response.headers.update(error.headers or {})
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """The methods of an address: starlette only tells those of the first route that has it.

    An address that is a route of its own, `/dossiers/import`, has only its own, not those of `/dossiers/{dossier}`.
    """
    routes = [
        (route.path.count("{"), method)
        for method in _METHODS
        for route in _routes(request.app)
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    ]
    nearest = min((parameters for parameters, _ in routes), default=0)
    methods = dict.fromkeys(method for parameters, method in routes if parameters == nearest)
    return [one for method in methods for one in ([method, "HEAD"] if method == "GET" else [method])]


def _routes(app: FastAPI) -> list[Route]:
    """The routes of the application, those of its routers too."""
    routers = [getattr(route, "original_router", None) for route in app.routes]
    routes = [*app.routes, *(route for router in routers if router is not None for route in router.routes)]
    return [route for route in routes if isinstance(route, Route)]


def _on_unexpected(request: Request, error: Exception) -> Response:
    fault = problem(
        HTTP_MAPPINGS[500],
        "Une erreur inattendue s'est produite.",
        request.url.path,
        hint="Réessayez ; si elle persiste, signalez-la avec son identifiant.",
    )
    log.error("unexpected error %s on %s", fault.error_id, request.url.path, exc_info=error)
    response = _answer(request, fault)
    response.headers.update(HEADERS)  # this answer is made outside of the middleware that adds them
    return response


def _is_api(request: Request) -> bool:
    return request.url.path.startswith(API_PATHS)


def _answer(request: Request, refusal: Problem) -> Response:
    if _is_api(request):
        return JSONResponse(refusal.model_dump(), refusal.status, media_type=CONTENT_TYPE)
    return error_page(request, refusal)


def _fault(fault: Any) -> ParameterError:
    """One fault of pydantic, in French."""
    location, *path = [str(part) for part in fault["loc"]]
    template = _FAULTS.get(fault["type"], "Valeur invalide.")
    value = "" if fault["type"] == "missing" else str(fault.get("input", ""))
    return ParameterError(
        value=value[:_SHOWN],
        msg=template.format_map(fault.get("ctx", {})),
        param=path[0] if path and fault["type"] != _UNREADABLE else location,
        location=location,
    )
