"""/v1/citations: the check of a text."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.dependencies import No, ServiceDep
from api.presenters.checking import present_check
from api.schemas.checking import CheckRequest, CheckResponse
from service.check import check_text

router = APIRouter(prefix="/v1/citations", tags=["Citations"])


@router.post("/check", summary="Vérifier les citations d'un texte")
def check(service: ServiceDep, draft: CheckRequest, _: No) -> CheckResponse:
    """Chaque citation, son statut à la date, et les mots entre guillemets comparés à l'article cité."""
    return present_check(check_text(service, draft.text, draft.as_of))
