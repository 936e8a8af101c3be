"""/v1/provisions: which provisions cover a question, and everything about one of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.answering import answer
from api.deps import DayParameters, LinkParameters, No, ProvisionDep, SearchParameters, ServiceDep
from api.presenting_provisions import (
    present_cited_by,
    present_cites,
    present_provision,
    present_related,
    present_versions,
)
from api.schemas import LinkList, ProvisionDetail, RelatedList, SearchResponse, VersionList

router = APIRouter(prefix="/v1/provisions", tags=["Dispositions"])


@router.get("", summary="Quelles dispositions couvrent cette question ?")
def search(service: ServiceDep, asked: Annotated[SearchParameters, Query()]) -> SearchResponse:
    """La meilleure d'abord, avec ses preuves et les parts de son score."""
    return answer(service, asked)


# The routes below end with a fixed word: they come before the one that takes the rest of the address.
@router.get("/{reference:path}/versions", summary="Les rédactions successives")
def versions(provision: ProvisionDep, _: No) -> VersionList:
    """De la plus ancienne à la plus récente."""
    return present_versions(provision)


@router.get("/{reference:path}/cited-by", summary="Ce qui cite cette disposition")
def cited_by(
    service: ServiceDep, provision: ProvisionDep, asked: Annotated[LinkParameters, Query()]
) -> LinkList:
    """Les réponses d'abord, puis les articles."""
    return present_cited_by(service, provision, asked.limit)


@router.get("/{reference:path}/cites", summary="Ce que cette disposition cite")
def cites(service: ServiceDep, provision: ProvisionDep, asked: Annotated[DayParameters, Query()]) -> LinkList:
    """Dans l'ordre de son texte."""
    return present_cites(service, provision, asked.as_of)


@router.get("/{reference:path}/related", summary="Les dispositions voisines ou liées")
def related(service: ServiceDep, provision: ProvisionDep, _: No) -> RelatedList:
    """Les voisines de la même section, puis celles que des renvois lient dans les deux sens."""
    return present_related(service, provision)


@router.get("/{reference:path}", summary="Une disposition, par toute graphie de sa référence")
def provision(
    service: ServiceDep, provision: ProvisionDep, asked: Annotated[DayParameters, Query()]
) -> ProvisionDetail:
    """`code-penal/225-4-1`, `ceseda/L. 425-1`, `art. L. 425-1 du CESEDA`. Inconnue : 404 et les plus proches."""
    return present_provision(service, provision, asked.as_of)
