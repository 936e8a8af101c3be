"""Which other sites may call the API from a browser: the list of a setting, for the API alone, without cookies."""

from __future__ import annotations

import re

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from kb.errors import InvalidInput

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SENT = ("Authorization", "X-API-Key", "Content-Type", "If-Match", "If-None-Match")
_SEEN = (
    "ETag",
    "Location",
    "Link",
    "Retry-After",
    *(f"RateLimit-{n}" for n in ("Limit", "Remaining", "Reset", "Policy")),
)
_PATHS = ("/v1/", "/openapi.json")


def origins_of(setting: str, name: str) -> tuple[str, ...]:
    """The origins of a setting, separated by commas. Raises InvalidInput for what is none.

    >>> origins_of("https://enm.example.fr, http://localhost:3000", "RENVOI_CORS_ORIGINS")
    ('https://enm.example.fr', 'http://localhost:3000')
    """
    origins = tuple(part.strip().rstrip("/").lower() for part in setting.split(",") if part.strip())
    wrong = [origin for origin in origins if not _ORIGIN.fullmatch(origin)]
    if wrong:
        raise InvalidInput(
            f"{name} : « {wrong[0]} » n'est pas l'origine d'un site.",
            hint="Par exemple : https://enm.example.fr, sans chemin ; plusieurs sont séparées par des virgules.",
        )
    return origins


class CrossOrigin:
    """Lets these origins call the API, and no page."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._api = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_SEEN,
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Through the rules for the API, past them for pages."""
        api = scope["type"] == "http" and scope["path"].startswith(_PATHS)
        await (self._api if api else self._app)(scope, receive, send)
