"""/v1/concordance: the old and new numbers of a recodified code."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.http.dependencies import CODE_SCHEMA, LAST_RANK, Parameters, ServiceDep, check_page
from api.presenters.concordance import concordance_csv, present_concordance
from api.schemas.concordance import ConcordanceResponse
from service.reference_lookup import checked_code

router = APIRouter(prefix="/v1/concordance", tags=["Codes"])
CSV = "text/csv; charset=utf-8; header=present"
MAX_ROWS = 500
MAX_NUMBER = 60


class Form(StrEnum):
    """In what the table is written."""

    JSON = "json"
    CSV = "csv"


class ConcordanceParameters(Parameters):
    """Which code, which number, in what form."""

    code: str = Field(
        description="Identifiant ou nom du code", examples=["ceseda"], json_schema_extra=CODE_SCHEMA
    )
    number: str = Field(
        "",
        max_length=MAX_NUMBER,
        description="Ancien ou nouveau numéro, dans n'importe quelle graphie",
        json_schema_extra={"pattern": r"^$|^([A-Za-z]{1,2}\.? ?)?[0-9]{1,4}(-[0-9]{1,3})*$"},
    )
    page: int = Field(
        0,
        ge=0,
        le=LAST_RANK,
        description="La première est 0 ; sans effet sur le CSV, qui a toutes les lignes",
    )
    page_size: int = Field(100, ge=1, le=MAX_ROWS)
    format: Form = Field(Form.JSON, description="json, ou csv pour un tableur")


@router.get(
    "",
    summary="La table de correspondance d'un code",
    response_model=ConcordanceResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def concordance(
    service: ServiceDep, parameters: Annotated[ConcordanceParameters, Query()]
) -> ConcordanceResponse | Response:
    """Ce qu'est devenu chaque article d'un code renuméroté, et si son ancien numéro a été redonné."""
    code = checked_code(parameters.code)
    check_page(parameters.page, parameters.page_size)
    if parameters.format is Form.CSV:
        name = f'attachment; filename="correspondance-{code}.csv"'
        return Response(
            concordance_csv(code, parameters.number), media_type=CSV, headers={"Content-Disposition": name}
        )
    return present_concordance(
        service.articles, code, parameters.number, parameters.page, parameters.page_size
    )
