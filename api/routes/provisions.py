"""/v1/provisions: which provisions cover a question, and everything about one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.http.dependencies import (
    CiteParameters,
    CompareParameters,
    DayParameters,
    LinkParameters,
    No,
    ProvisionDep,
    SearchParameters,
    ServiceDep,
)
from api.presenters.answers import present_answer
from api.presenters.bibliographic_reference import reference_of
from api.presenters.bibliography import MEDIA, write
from api.presenters.citing import CitingFilter, present_cited_by
from api.presenters.comparison import present_comparison
from api.presenters.neighbourhood import neighbourhood_of
from api.presenters.provisions import (
    present_cites,
    present_provision,
    present_related,
    present_timeline,
    present_versions,
)
from api.schemas.answers import LinkList, ProvisionDetail, RelatedList, SearchResponse, VersionList
from api.schemas.reading import CitedByList, ComparisonOut, NeighbourhoodOut
from api.schemas.versions import TimelineOut
from service.comparison import compare_days
from service.reference_lookup import checked_code
from service.search import search as search_provisions

router = APIRouter(prefix="/v1/provisions", tags=["Dispositions"])


@router.get("", summary="Quelles dispositions couvrent cette question ?")
def search(service: ServiceDep, parameters: Annotated[SearchParameters, Query()]) -> SearchResponse:
    """La meilleure d'abord, avec ses preuves et les parts de son score."""
    return present_answer(search_provisions(service, parameters.request(service)), explain=parameters.explain)


# The routes below end with a fixed word: they come before the one that takes the rest of the address.
@router.get("/{reference:path}/versions", summary="Les rédactions successives")
def versions(provision: ProvisionDep, _: No) -> VersionList:
    """De la plus ancienne à la plus récente."""
    return present_versions(provision)


@router.get("/{reference:path}/timeline", summary="Ce que l'on sait d'elle, période par période")
def timeline(provision: ProvisionDep, _: No) -> TimelineOut:
    """De la plus ancienne à la plus récente ; une période dont la rédaction n'est pas connue est une lacune."""
    return present_timeline(provision)


@router.get("/{reference:path}/cited-by", summary="Ce qui cite cette disposition")
def cited_by(
    service: ServiceDep, provision: ProvisionDep, parameters: Annotated[LinkParameters, Query()]
) -> CitedByList:
    """Les réponses d'abord, puis les articles ; `groups` compte les sources de chaque sorte."""
    code = checked_code(parameters.code) if parameters.code else None
    return present_cited_by(
        service, provision, CitingFilter(parameters.kind, code, parameters.page, parameters.limit)
    )


@router.get("/{reference:path}/compare", summary="Deux rédactions comparées mot à mot")
def compare(
    service: ServiceDep, provision: ProvisionDep, parameters: Annotated[CompareParameters, Query()]
) -> ComparisonOut:
    """Celles de deux dates, même si l'article a changé de numéro entre-temps. 404 si une date n'en a aucune."""
    return present_comparison(compare_days(service, provision, parameters.from_, parameters.to))


@router.get(
    "/{reference:path}/cite",
    summary="Sa référence, pour une bibliographie",
    response_class=Response,
    responses={200: {"content": {media.partition(";")[0]: {} for media, _ in MEDIA.values()}}},
)
def cite(
    request: Request, provision: ProvisionDep, parameters: Annotated[CiteParameters, Query()]
) -> Response:
    """En texte, BibTeX, RIS ou CSL-JSON (Zotero)."""
    media, extension = MEDIA[parameters.format]
    name = provision.id.replace("/", "-")
    return Response(
        write([reference_of(provision, str(request.base_url), parameters.as_of)], parameters.format),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}.{extension}"'},
    )


@router.get("/{reference:path}/cites", summary="Ce que cette disposition cite")
def cites(
    service: ServiceDep, provision: ProvisionDep, parameters: Annotated[DayParameters, Query()]
) -> LinkList:
    """Dans l'ordre de son texte."""
    return present_cites(service, provision, parameters.as_of)


@router.get("/{reference:path}/neighbourhood", summary="Ce qui l'entoure")
def neighbourhood(service: ServiceDep, provision: ProvisionDep, _: No) -> NeighbourhoodOut:
    """Ce qui la cite, ce qu'elle cite, ses thèmes : ce que montre son image."""
    return neighbourhood_of(service, provision)


@router.get("/{reference:path}/related", summary="Les dispositions voisines ou liées")
def related(service: ServiceDep, provision: ProvisionDep, _: No) -> RelatedList:
    """Les voisines de la même section, puis celles que des renvois lient dans les deux sens."""
    return present_related(service, provision)


@router.get("/{reference:path}", summary="Une disposition, par toute graphie de sa référence")
def provision(
    service: ServiceDep, provision: ProvisionDep, parameters: Annotated[DayParameters, Query()]
) -> ProvisionDetail:
    """`code-penal/225-4-1`, `ceseda/L. 425-1`, `art. L. 425-1 du CESEDA`. Inconnue : 404 et les plus proches."""
    return present_provision(service, provision, parameters.as_of)
