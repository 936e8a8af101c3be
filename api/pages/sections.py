"""Browsing: every code, and the plan of each down to its articles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.dependencies import ServiceDep
from api.pages.rendering import page
from api.presenters.sections import present_section
from service.catalogue import catalogue_of

router = APIRouter()

PAGE_SIZE = 50


@router.get("/codes")
def codes(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every code of the base with its counts, and those that it cites and lacks."""
    catalogue = catalogue_of(service.reader)
    context = {
        "codes": sorted(catalogue.codes, key=lambda code: code.title),
        "missing": catalogue.missing,
        "api_url": "/v1/taxonomy",
    }
    return page(request, "codes.html", context)


@router.get("/codes/{code}")
@router.get("/codes/{code}/{path:path}")
def section(
    request: Request,
    service: ServiceDep,
    code: str,
    path: str = "",
    numero: Annotated[int, Query(alias="page", ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """A place of the plan: the divisions below, then its own articles."""
    detail = present_section(service, code, path, numero, PAGE_SIZE)
    context = {
        "shown": detail,
        "here": detail.trail[-1],
        "api_url": f"/v1/codes/{code}/plan"
        + (f"/{path}" if path else "")
        + (f"?page={numero}" if numero else ""),
    }
    return page(request, "section.html", context)
