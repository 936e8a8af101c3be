"""/v1/passages: passages on their own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.http.dependencies import NameDep, No, PassageParameters, ServiceDep
from api.presenters.passages import present_passage_detail, present_passages
from api.schemas.answers import PassageDetail, PassageSearchResponse
from service.search import search_passages

router = APIRouter(prefix="/v1/passages", tags=["Passages"])


@router.get("", summary="Quels passages répondent à cette question ?")
def search(service: ServiceDep, parameters: Annotated[PassageParameters, Query()]) -> PassageSearchResponse:
    """Sans `kind` : les réponses, fiches et autres documents ; `kind=article` : les codes."""
    return present_passages(search_passages(service, parameters.request()))


@router.get("/{name:path}", summary="Un passage et ce qu'il cite")
def passage(service: ServiceDep, name: NameDep, _: No) -> PassageDetail:
    """Avec sa place dans la source brute."""
    return present_passage_detail(service, name)
