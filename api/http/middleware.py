"""What every request goes through before a route, and every answer after it, in this order."""

from __future__ import annotations

from ipaddress import ip_network

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.http.access import Access
from api.http.conditional import Conditional
from api.http.cross_origin import CrossOrigin, origins_of
from api.http.envelope import BodyLimit, HeadRequests, SecurityHeaders
from api.http.leasing import Leasing
from api.http.metrics import Measured
from api.http.rate_limits import Limiter
from kb.errors import InvalidInput
from service.settings import Settings


def install_middleware(app: FastAPI, settings: Settings) -> None:
    """Added from the inside out. Raises InvalidInput for a setting that cannot be read."""
    app.add_middleware(BodyLimit)
    app.add_middleware(Access, workplace=app.state.workplace, limiter=Limiter(settings.rate_limit))
    app.add_middleware(Conditional)
    # Level 4 takes half a millisecond for a page of results. A token in a page is safe from being guessed through the
    # size of answers: it is signed anew every second.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    origins = origins_of(settings.cors_origins, "RENVOI_CORS_ORIGINS")
    if origins:
        app.add_middleware(CrossOrigin, origins=origins)
    proxies = _proxies(settings.trusted_proxies)
    if proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)
    embedders = origins_of(settings.embed_origins, "RENVOI_EMBED_ORIGINS")
    app.add_middleware(SecurityHeaders, embedders=embedders)
    app.add_middleware(HeadRequests)
    app.add_middleware(Leasing, holder=app.state.base)
    app.add_middleware(Measured, metrics=app.state.metrics)


def _proxies(setting: str) -> list[str]:
    """The addresses whose word is taken for where a request comes from. Everybody's never is."""
    addresses = [part.strip() for part in setting.split(",") if part.strip()]
    try:
        return [str(ip_network(part)) if "/" in part else part for part in addresses if ip_network(part)]
    except ValueError as error:
        raise InvalidInput(
            f"RENVOI_TRUSTED_PROXIES : « {setting} » ne se lit pas.",
            hint="Donnez des adresses ou des réseaux séparés par des virgules : 127.0.0.1,10.0.0.0/8.",
        ) from error
