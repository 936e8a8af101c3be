"""The API described for people, from its own OpenAPI document: its routes, and the shapes of its answers."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.http.openapi_description import operations, shapes
from api.pages.rendering import page

router = APIRouter()


@router.get("/docs")
def routes(request: Request) -> HTMLResponse:
    """Route by route."""
    document = request.app.openapi()
    return page(request, "reference.html", {"families": operations(document), "info": document["info"]})


@router.get("/docs/formes")
def forms(request: Request) -> HTMLResponse:
    """What bodies and answers are made of."""
    return page(request, "shapes.html", {"shapes": shapes(request.app.openapi())})
