"""The card of a provision that another site shows inside its own page, where RENVOI_EMBED_ORIGINS names that site."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.http.dependencies import ProvisionDep, ServiceDep, day_of
from api.http.public_address import base_url
from api.pages.rendering import page
from api.presenters.highlighting import blocks
from api.presenters.provisions import present_provision

router = APIRouter()


@router.get("/embed/dispositions/{reference:path}")
def card(request: Request, service: ServiceDep, provision: ProvisionDep, date: str = "") -> HTMLResponse:
    """Its citation, its state, its text, and the way to its whole page."""
    detail = present_provision(service, provision, day_of(date))
    context = {
        "shown": detail,
        "blocks": blocks(detail.text or "", []),
        "date": date,
        "here": base_url(request),
    }
    return page(request, "embed.html", context)
