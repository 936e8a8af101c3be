"""/v1/dossiers/…/history, share and export: the states of a dossier, the links to it, its files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.addresses import share_url
from api.http.dependencies import No
from api.http.dossier_dependencies import DeskDep, DossierDep, ShareDep, VersionPath, WritingDeskDep
from api.http.dossier_files import ExportParameters, file_answer, file_of
from api.http.dossier_versions import VersionDep, tagged
from api.http.public_address import base_url
from api.presenters.dossiers import present_content, present_dossier, present_history, present_share
from api.routes.dossiers import REFUSALS
from api.schemas.dossiers import DossierContent, DossierOut, History, NewShare, NewShareOut, ShareList
from workplace.dossiers.exchange import DossierFile
from workplace.exports.formats import MEDIA_TYPES

router = APIRouter(prefix="/v1/dossiers/{dossier}", tags=["Dossiers"], responses=REFUSALS)
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": DossierFile,
        "description": "Le fichier, à enregistrer",
        "content": {media.partition(";")[0]: {} for media in MEDIA_TYPES.values()},
    }
}


@router.get("/history", summary="L'historique d'un dossier")
def history(desk: DeskDep, dossier: DossierDep, _: No) -> History:
    """Qui a fait quoi et quand, le dernier état d'abord."""
    return present_history(dossier, desk.store.history(desk.account.id, dossier))


@router.get("/history/{version}", summary="Un état passé")
def state(desk: DeskDep, dossier: DossierDep, version: VersionPath, _: No) -> DossierContent:
    """Le dossier tel qu'il était à cette version."""
    return present_content(desk.past(dossier, version))


@router.post("/history/{version}/restore", summary="Rétablir un état passé")
def restore(
    desk: WritingDeskDep,
    dossier: DossierDep,
    version: VersionPath,
    expected: VersionDep,
    response: Response,
    _: No,
) -> DossierOut:
    """Comme une nouvelle version : l'historique garde tout."""
    return tagged(response, present_dossier(desk.judged(desk.restore(dossier, version, expected))))


@router.get("/share", summary="Les liens de partage")
def shares(desk: DeskDep, dossier: DossierDep, _: No) -> ShareList:
    """Sans leurs adresses, qui ne sont pas gardées."""
    shares_out = [present_share(share) for share in desk.shares.all(desk.account.id, dossier)]
    return ShareList(id=dossier, total=len(shares_out), results=shares_out)


@router.post("/share", status_code=201, summary="Créer un lien de partage")
def share(
    desk: WritingDeskDep, dossier: DossierDep, wanted: NewShare, request: Request, _: No
) -> NewShareOut:
    """Qui a ce lien peut lire le dossier, sans compte, jusqu'à ce qu'il soit révoqué."""
    made, token = desk.shares.create(desk.account.id, dossier, wanted.label, desk.now)
    return NewShareOut(**present_share(made).model_dump(), url=base_url(request) + share_url(token))


@router.delete("/share/{share}", status_code=204, summary="Révoquer un lien de partage")
def revoke(
    desk: WritingDeskDep,
    dossier: DossierDep,
    share: ShareDep,
    _: No,
) -> None:
    """Il ne mène plus nulle part, aussitôt."""
    desk.shares.revoke(desk.account.id, dossier, share, desk.now)


@router.get("/export", summary="Exporter un dossier", response_class=Response, responses=_FILES)
def export(
    desk: DeskDep, dossier: DossierDep, parameters: Annotated[ExportParameters, Query()], request: Request
) -> Response:
    """Le même contenu dans chaque format ; les bibliographies (csl, ris, bibtex) n'ont que les extraits."""
    content = desk.get(dossier).content
    return file_answer(file_of(desk, content, parameters.format, base_url(request)))
