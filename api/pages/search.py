"""The search box and its results."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.addresses import search_url
from api.answering import answer
from api.catalogue import catalogue_of
from api.coverage import coverage_of
from api.deps import DayParameters, SearchParameters, ServiceDep, day_of
from api.pages.rendering import page
from index.answer import Question

router = APIRouter()

PAGE_SIZE = 10
EXAMPLES = (
    "Quelle peine pour la traite en bande organisée ?",
    "titre de séjour pour une victime qui porte plainte",
    "art. L. 425-1 du CESEDA",
    "mineur isolé victime d'exploitation",
    "confiscation des biens du trafiquant",
    "non-sanction des victimes contraintes de commettre une infraction",
)


@router.get("/")
def home(request: Request, service: ServiceDep) -> HTMLResponse:
    """The search box, examples, what the base covers."""
    catalogue = catalogue_of(service.reader)
    coverage = coverage_of(catalogue, Question("", DayParameters().day))
    return page(request, "home.html", {"examples": EXAMPLES, "catalogue": catalogue, "coverage": coverage})


@router.get("/recherche")
def results(
    request: Request,
    service: ServiceDep,
    q: str = "",
    code: str = "",
    date: str = "",
    numero: Annotated[int, Query(alias="page", ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """Ranked provisions with their evidence."""
    asked = SearchParameters(
        query=q,
        code=[code] if code else [],
        as_of=day_of(date),
        page=numero,
        page_size=PAGE_SIZE,
        explain=True,
    )
    found = answer(service, asked)
    return page(
        request,
        "results.html",
        {
            "q": q,
            "code": code,
            "date": date,
            "found": found,
            "codes": catalogue_of(service.reader).codes,
            "api_url": search_url(asked.question(), asked.page, asked.page_size),
        },
    )
