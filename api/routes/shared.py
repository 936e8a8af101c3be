"""/v1/shared: a dossier, for who has its secret link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.http.dependencies import No, ServiceDep
from api.http.workplace import UsersDep
from api.presenters.dossiers import present_dossier
from api.schemas.dossiers import DossierOut
from service.dossiers import judge
from workplace.store.shares import Shares

router = APIRouter(prefix="/v1/shared", tags=["Dossiers"])


@router.get("/{token}", summary="Un dossier partagé par un lien")
def shared(
    service: ServiceDep,
    database: UsersDep,
    token: Annotated[str, Path(description="Le secret du lien", max_length=100)],
    response: Response,
    _: No,
) -> DossierOut:
    """En lecture, sans compte, tant que le lien n'est pas révoqué."""
    response.headers["Cache-Control"] = "private, no-store"
    return present_dossier(judge(service, Shares(database).opened(token), datetime.now(UTC).date()))
