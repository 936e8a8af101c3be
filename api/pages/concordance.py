"""The page of the old and new numbers of a recodified code."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.dependencies import ServiceDep
from api.pages.rendering import page
from api.presenters.concordance import concordance_url, present_concordance
from kb.codes import code_by_slug
from kb.concordance import Succession, recodified_texts
from kb.french_citation import french_number
from service.reference_lookup import checked_code

router = APIRouter()

ROWS = 100
LABELS = {
    Succession.RENUMBERED: "renuméroté",
    Succession.SPLIT: "réparti",
    Succession.MERGED: "réuni à d'autres",
}


@router.get("/correspondance")
def concordance(
    request: Request,
    service: ServiceDep,
    code: str = "ceseda",
    numero: Annotated[str, Query(max_length=60)] = "",
    rang: Annotated[int, Query(alias="page", ge=0, le=100)] = 0,
) -> HTMLResponse:
    """Old numbers in their order, each with what became of it; of one number when it is given."""
    slug = checked_code(code)
    table = present_concordance(service.articles, slug, numero.strip(), rang, ROWS)
    known = code_by_slug(slug)
    parameters = {"code": slug, **({"numero": table.number} if table.number else {})}
    context = {
        "found": table,
        "title": known.title if known else slug,
        "texts": recodified_texts(),
        "labels": LABELS,
        "number": french_number,
        "here": f"/correspondance?{urlencode(parameters)}",
        "api_url": concordance_url(slug, table.number, **({"page": rang} if rang else {})),
    }
    return page(request, "concordance.html", context)
