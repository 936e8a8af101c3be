"""The search box and its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import Field

from api.addresses import search_url
from api.http.dependencies import DayParameters, SearchParameters, ServiceDep, day_of
from api.http.filter_parameters import RefinementParameters
from api.pages.rendering import page
from api.presenters.answers import present_answer
from api.presenters.facets import LABELS, label_of
from api.presenters.search_scope import coverage_of
from kb.codes import code_by_slug
from service.catalogue import catalogue_of
from service.facet_filter import Facet, Order, Refinement, Sort, natural_order
from service.search import Question, search

router = APIRouter()

PAGE_SIZE = 10
# Values of a facet that are seen at once; the others are behind « Voir les autres ».
SEEN = 6
EXAMPLES = (
    "Quelle peine pour la traite en bande organisée ?",
    "titre de séjour pour une victime qui porte plainte",
    "art. L. 425-1 du CESEDA",
    "mineur isolé victime d'exploitation",
    "confiscation des biens du trafiquant",
    "non-sanction des victimes contraintes de commettre une infraction",
)
SORTS = {Sort.SCORE: "pertinence", Sort.NUMBER: "code et numéro", Sort.DATE: "date de la rédaction"}
SORTED = {
    (Sort.SCORE, Order.DESC): "la plus probable d'abord",
    (Sort.SCORE, Order.ASC): "la moins probable d'abord",
    (Sort.NUMBER, Order.ASC): "par code, puis par numéro",
    (Sort.NUMBER, Order.DESC): "par code, puis par numéro, en remontant",
    (Sort.DATE, Order.DESC): "la rédaction la plus récente d'abord",
    (Sort.DATE, Order.ASC): "la rédaction la plus ancienne d'abord",
}


class ResultsParameters(RefinementParameters):
    """What the address of a page of results says."""

    q: str = ""
    code: str = ""
    date: str = ""
    numero: int = Field(0, alias="page", ge=0, le=10_000)


@dataclass(frozen=True, slots=True)
class Kept:
    """A filter that was chosen, and the address of the same page without it."""

    facet: str
    label: str
    url: str


@router.get("/")
def home(request: Request, service: ServiceDep) -> HTMLResponse:
    """The search box, examples, what the base covers."""
    catalogue = catalogue_of(service.reader)
    coverage = coverage_of(catalogue, Question("", DayParameters().day))
    return page(request, "home.html", {"examples": EXAMPLES, "catalogue": catalogue, "coverage": coverage})


@router.get("/recherche")
def results(
    request: Request, service: ServiceDep, address: Annotated[ResultsParameters, Query()]
) -> HTMLResponse:
    """Ranked provisions with their evidence, and what to narrow them by."""
    parameters = _asked(address)
    wanted = parameters.request(service)
    refinement = wanted.refinement
    answer = present_answer(search(service, wanted), explain=parameters.explain)
    base = [(name, value) for name in ("q", "code", "date") if (value := getattr(address, name))]
    narrowed = replace(refinement, counted=False).parameters()
    return page(
        request,
        "results.html",
        {
            "q": address.q,
            "code": address.code,
            "date": address.date,
            "found": answer,
            "codes": catalogue_of(service.reader).codes,
            "kept": _kept(base, refinement),
            "hidden": [*base, *(pair for pair in narrowed if pair[0] in ("sort", "order"))],
            "all_url": _address(base, replace(refinement, values={})),
            "sorts": _sorts(base, refinement),
            "sorted": SORTED[refinement.sort, refinement.order],
            "seen": SEEN,
            "wider_url": _wider(base, refinement),
            "page_url": f"/recherche?{urlencode([*base, *narrowed])}",
            "api_url": search_url(
                wanted.question, parameters.page, parameters.page_size, refinement.parameters()
            ),
        },
    )


def _asked(address: ResultsParameters) -> SearchParameters:
    return SearchParameters(
        **address.model_dump(include=set(RefinementParameters.model_fields)),
        query=address.q,
        code=[address.code] if address.code else [],
        as_of=day_of(address.date),
        page=address.numero,
        page_size=PAGE_SIZE,
        explain=True,
        facets=True,
    )


def _address(base: Sequence[tuple[str, str]], refinement: Refinement) -> str:
    return f"/recherche?{urlencode([*base, *replace(refinement, counted=False).parameters()])}"


def _kept(base: Sequence[tuple[str, str]], refinement: Refinement) -> list[Kept]:
    """Every filter chosen, in the order of the facets."""
    return [
        Kept(LABELS[facet], label_of(facet, value), _address(base, _less(refinement, facet, value)))
        for facet, values in refinement.values.items()
        for value in values
    ]


def _less(refinement: Refinement, facet: Facet, value: str) -> Refinement:
    left = tuple(other for other in refinement.values[facet] if other != value)
    return replace(refinement, values=refinement.without(facet) | ({facet: left} if left else {}))


def _sorts(base: Sequence[tuple[str, str]], refinement: Refinement) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is this one) of each order."""
    return [
        (
            label,
            _address(base, replace(refinement, sort=sort, order=natural_order(sort))),
            sort is refinement.sort,
        )
        for sort, label in SORTS.items()
    ]


def _wider(base: Sequence[tuple[str, str]], refinement: Refinement) -> str:
    """The same question asked of one code alone, where more of it is looked at; empty unless it is all that is kept."""
    values = refinement.values.get(Facet.CODE, ())
    alone = len(refinement.values) == len(values) == 1 and not dict(base).get("code")
    if not alone or code_by_slug(values[0]) is None:
        return ""
    return f"/recherche?{urlencode([*base, ('code', values[0])])}"
