"""The application: the API, the pages and everything around them."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.http.errors import install_errors
from api.http.metrics import Metrics
from api.http.middleware import install_middleware
from api.http.openapi_description import install_description
from api.http.openid import openid_of
from api.http.problems import CONTENT_TYPE, Problem
from api.http.workplace import Workplace
from api.pages import (
    accounts,
    answers,
    checks,
    comparison,
    dossier_past,
    embeds,
    feeds,
    neighbourhood,
    provider,
    provisions,
    records,
    reference,
    search,
    sections,
    sources,
    themes,
)
from api.pages import concordance as concordance_pages
from api.pages import dossier_edits as dossier_forms
from api.pages import dossiers as dossier_pages
from api.pages import reports as report_pages
from api.pages import statistics as statistics_pages
from api.routes import (
    base,
    checking,
    concordance,
    documents,
    dossier_history,
    dossiers,
    oembed,
    passages,
    reports,
    shared,
    state,
    statistics,
)
from api.routes import provisions as provision_routes
from api.routes import records as record_routes
from api.routes import sections as section_routes
from service.base import Service, open_service
from service.catalogue import catalogue_of
from service.holder import BaseHolder, Opener
from service.settings import Settings
from service.suggestions import suggester_of

log = logging.getLogger("renvoi")
_DESCRIPTION = (
    "Les dispositions françaises sur la traite des êtres humains : quelles dispositions couvrent une question, avec "
    "leurs preuves, leurs renvois et leurs dates. Les erreurs suivent la RFC 9457, en français."
)
# One a line: the order is that in which an address is looked for.
ROUTES = (
    provision_routes,
    passages,
    documents,
    section_routes,
    concordance,
    record_routes,
    statistics,
    checking,
    base,
    oembed,
    state,
    dossiers,
    dossier_history,
    reports,
    shared,
)
PAGES = (
    search,
    comparison,
    neighbourhood,
    provisions,
    answers,
    records,
    themes,
    sections,
    concordance_pages,
    statistics_pages,
    checks,
    sources,
    accounts,
    provider,
    dossier_pages,
    dossier_past,
    dossier_forms,
    report_pages,
    embeds,
    feeds,
    reference,
)
_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings, opener: Opener = open_service) -> FastAPI:
    """The application over the generation in service, and over each that takes its place while it runs.

    Without a base, or with one that does not fit, it starts all the same and says so (503) on everything but /healthz,
    until one is built.
    Raises InvalidInput for a setting that cannot be read.
    """
    app = FastAPI(
        title="Renvoi",
        version=version("renvoi"),
        description=_DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        responses={
            status: {"model": Problem, "content": {CONTENT_TYPE: {}}}
            for status in (400, 401, 403, 404, 413, 416, 429, 500, 503)
        },
    )
    app.state.base = BaseHolder(settings, opener, _warm)
    app.state.settings = settings
    app.state.metrics = Metrics()
    app.state.workplace = Workplace(settings)
    app.state.openid = openid_of(settings)
    install_middleware(app, settings)
    install_errors(app)
    for routes in ROUTES:
        app.include_router(routes.router)
    for pages in PAGES:
        app.include_router(pages.router, include_in_schema=False)
    install_description(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app


def _warm(service: Service) -> None:
    """Read before its first request what every base is asked for."""
    catalogue_of(service.reader)
    suggester_of(service.reader, service.articles)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.base.start()
    yield
    app.state.base.close()
    app.state.workplace.close()
