"""/v1/codes: the plan of a code."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from api.http.dependencies import LAST_RANK, MAX_PAGE_SIZE, Parameters, ServiceDep, check_page
from api.presenters.sections import present_section
from api.schemas.sections import SectionDetail

router = APIRouter(prefix="/v1/codes", tags=["Codes"])
Code = Annotated[str, Path(description="Identifiant du code", examples=["code-penal"])]


class SectionParameters(Parameters):
    """Which page of articles."""

    page: int = Field(0, ge=0, le=LAST_RANK, description="La première est 0")
    page_size: int = Field(50, ge=1, le=MAX_PAGE_SIZE)


@router.get("/{code}/plan", summary="Le plan d'un code")
def plan(service: ServiceDep, code: Code, parameters: Annotated[SectionParameters, Query()]) -> SectionDetail:
    """Ses parties et leurs divisions, avec leurs nombres d'articles."""
    check_page(parameters.page, parameters.page_size)
    return present_section(service, code, "", parameters.page, parameters.page_size)


@router.get("/{code}/plan/{path:path}", summary="Une division d'un code")
def section(
    service: ServiceDep,
    code: Code,
    path: Annotated[str, Path(description="Chemin de la division, donné par le plan")],
    parameters: Annotated[SectionParameters, Query()],
) -> SectionDetail:
    """Ses divisions et ses articles."""
    check_page(parameters.page, parameters.page_size)
    return present_section(service, code, path, parameters.page, parameters.page_size)
