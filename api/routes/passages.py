"""/v1/passages: passages on their own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.answering import answer_passages
from api.http.dependencies import NameDep, No, PassageParameters, ServiceDep
from api.presenters.passages import present_passage_detail
from api.schemas.answers import PassageDetail, PassageSearchResponse

router = APIRouter(prefix="/v1/passages", tags=["Passages"])


@router.get("", summary="Quels passages répondent à cette question ?")
def search(service: ServiceDep, asked: Annotated[PassageParameters, Query()]) -> PassageSearchResponse:
    """Sans `kind` : les réponses, fiches et autres documents ; `kind=article` : les codes."""
    return answer_passages(service, asked)


@router.get("/{name:path}", summary="Un passage et ce qu'il cite")
def passage(service: ServiceDep, name: NameDep, _: No) -> PassageDetail:
    """Avec sa place dans la source brute."""
    return present_passage_detail(service, name)
