"""/v1/citations: the check of a text."""

from __future__ import annotations

from fastapi import APIRouter

from api.checking import check_text
from api.http.dependencies import No, ServiceDep
from api.schemas.checking import CheckRequest, CheckResponse

router = APIRouter(prefix="/v1/citations", tags=["Citations"])


@router.post("/check", summary="Vérifier les citations d'un texte")
def check(service: ServiceDep, asked: CheckRequest, _: No) -> CheckResponse:
    """Chaque citation, son statut à la date, et les mots entre guillemets comparés à l'article cité."""
    return check_text(service, asked.text, asked.as_of)
