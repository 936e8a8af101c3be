"""/v1/citations: the check of a text."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api.http.dependencies import No, Parameters, ServiceDep
from api.http.dossier_files import file_answer
from api.presenters.checking import present_check
from api.schemas.checking import CheckRequest, CheckResponse
from service.check import check_text
from service.check_report import check_report
from workplace.exports.formats import MEDIA_TYPES, Format, export

router = APIRouter(prefix="/v1/citations", tags=["Citations"])
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Le fichier, à enregistrer",
        "content": {MEDIA_TYPES[f].partition(";")[0]: {} for f in (Format.DOCX, Format.CSV)},
    }
}


class ReportParameters(Parameters):
    """En quel format."""

    format: Literal["docx", "csv"] = Field(
        "docx", description="Word ou tableau ; le JSON est celui de /check"
    )


@router.post("/check", summary="Vérifier les citations d'un texte")
def check(service: ServiceDep, draft: CheckRequest, _: No) -> CheckResponse:
    """Chaque citation, son statut à la date, et les mots entre guillemets comparés à l'article cité."""
    return present_check(check_text(service, draft.text, draft.as_of))


@router.post(
    "/check/report", summary="Le rapport d'une vérification", response_class=Response, responses=_FILES
)
def report(
    service: ServiceDep, draft: CheckRequest, parameters: Annotated[ReportParameters, Query()]
) -> Response:
    """Ce qui est à corriger d'abord, puis ce qui est douteux, ce qui n'a pas pu être comparé, ce qui est vérifié."""
    checked = check_text(service, draft.text, draft.as_of)
    return file_answer(export(check_report(checked), Format(parameters.format)))
