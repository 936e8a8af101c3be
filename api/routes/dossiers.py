"""/v1/dossiers: the dossiers of whoever asks, and their items."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from api.addresses import dossier_url
from api.http.dependencies import No
from api.http.dossier_dependencies import DeskDep, DossierDep, WritingDeskDep
from api.http.dossier_versions import VersionDep, tagged
from api.http.problems import CONTENT_TYPE, Problem
from api.http.uploads import body_within
from api.presenters.dossiers import present_dossier, present_summary
from api.schemas.dossiers import DossierList, DossierOut, DossierPatch, ItemPatch, NewDossier, NewItem
from service.dossier_edits import (
    DossierChange,
    ItemChange,
    QuotedPart,
    add_item,
    patch_dossier,
    patch_item,
    remove_item,
)
from service.dossier_edits import NewItem as ItemToAdd
from service.dossiers import AccountDossiers
from workplace.dossiers.limits import MAX_FILE
from workplace.dossiers.model import Content, Dossier

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {CONTENT_TYPE: {}}} for status in (401, 403, 404, 412, 428)
}
router = APIRouter(prefix="/v1/dossiers", tags=["Dossiers"], responses=REFUSALS)

ItemDep = Annotated[str, Path(description="Identifiant de l'élément", max_length=64)]
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DossierFile"}}},
    }
}


@router.get("", summary="Vos dossiers")
def dossiers(desk: DeskDep, _: No) -> DossierList:
    """Le dernier modifié d'abord, puis ceux qui sont supprimés et peuvent encore être rétablis."""
    summaries = [present_summary(s) for s in desk.store.all(desk.account.id)]
    deleted = [present_summary(s) for s in desk.store.deleted(desk.account.id, desk.now)]
    return DossierList(total=len(summaries), results=summaries, deleted=deleted)


@router.post("", status_code=201, summary="Créer un dossier")
def create(desk: WritingDeskDep, wanted: NewDossier, response: Response, _: No) -> DossierOut:
    """Vide, avec son titre et sa note."""
    return _made(desk, desk.create(Content(wanted.title, wanted.note)), response)


@router.post("/import", status_code=201, summary="Importer un dossier", openapi_extra=_FILE)
async def import_file(desk: WritingDeskDep, request: Request, response: Response, _: No) -> DossierOut:
    """Un fichier écrit par `export?format=json`. Refusé en entier, avec la raison, s'il a le moindre défaut."""
    return _made(desk, desk.imported(await body_within(request, MAX_FILE)), response)


@router.get("/{dossier}", summary="Un dossier, et ce que ses textes sont devenus")
def dossier(desk: DeskDep, dossier: DossierDep, response: Response, _: No) -> DossierOut:
    """Chaque texte gardé est comparé à la base d'aujourd'hui. L'ETag est à rendre dans If-Match pour modifier."""
    return tagged(response, present_dossier(desk.judged(desk.get(dossier))))


@router.patch("/{dossier}", summary="Modifier le titre, la note ou l'ordre")
def patch(
    desk: WritingDeskDep,
    dossier: DossierDep,
    changes: DossierPatch,
    version: VersionDep,
    response: Response,
    _: No,
) -> DossierOut:
    """D'une copie plus ancienne : refusé (412), avec la plus récente dans `current`."""
    return tagged(
        response,
        present_dossier(
            desk.judged(patch_dossier(desk, dossier, DossierChange(**changes.model_dump()), version))
        ),
    )


@router.delete("/{dossier}", summary="Supprimer un dossier")
def delete(
    desk: WritingDeskDep, dossier: DossierDep, version: VersionDep, response: Response, _: No
) -> DossierOut:
    """Peut être annulé pendant 30 jours."""
    return tagged(
        response, present_dossier(desk.judged(desk.store.delete(dossier, desk.edit("Supprimé", version))))
    )


@router.post("/{dossier}/restore", summary="Rétablir un dossier supprimé")
def restore(desk: WritingDeskDep, dossier: DossierDep, response: Response, _: No) -> DossierOut:
    """Pendant 30 jours ; un dossier qui n'est pas supprimé reste comme il est."""
    return tagged(response, present_dossier(desk.judged(desk.store.undelete(dossier, desk.edit("Rétabli")))))


@router.post("/{dossier}/duplicate", status_code=201, summary="Dupliquer un dossier")
def duplicate(desk: WritingDeskDep, dossier: DossierDep, response: Response, _: No) -> DossierOut:
    """La copie a son propre historique et aucun lien de partage."""
    return _made(desk, desk.duplicate(dossier), response)


@router.post("/{dossier}/items", status_code=201, summary="Ajouter un élément")
def add(
    desk: WritingDeskDep, dossier: DossierDep, new_item: NewItem, response: Response, _: No
) -> DossierOut:
    """Ne demande pas de version : un ajout n'efface rien."""
    return tagged(
        response, present_dossier(desk.judged(add_item(desk, dossier, ItemToAdd(**new_item.model_dump()))))
    )


@router.patch("/{dossier}/items/{item}", summary="Annoter, citer, déplacer ou mettre à jour un élément")
def patch_one(
    desk: WritingDeskDep,
    dossier: DossierDep,
    item: ItemDep,
    changes: ItemPatch,
    version: VersionDep,
    response: Response,
    _: No,
) -> DossierOut:
    """Une citation est cherchée mot pour mot dans le texte gardé ; si elle n'y est pas, elle est refusée."""
    return tagged(
        response, present_dossier(desk.judged(patch_item(desk, dossier, item, _change_of(changes), version)))
    )


@router.delete("/{dossier}/items/{item}", summary="Retirer un élément")
def remove(
    desk: WritingDeskDep, dossier: DossierDep, item: ItemDep, version: VersionDep, response: Response, _: No
) -> DossierOut:
    """L'historique en garde la trace : un état passé peut être rétabli."""
    return tagged(response, present_dossier(desk.judged(remove_item(desk, dossier, item, version))))


def _change_of(patch: ItemPatch) -> ItemChange:
    quotation = QuotedPart(**patch.quotation.model_dump()) if patch.quotation else None
    return ItemChange(patch.note, patch.title, quotation, patch.place, patch.renew)


def _made(desk: AccountDossiers, dossier: Dossier, response: Response) -> DossierOut:
    response.headers["Location"] = f"/v1{dossier_url(dossier.id)}"
    return tagged(response, present_dossier(desk.judged(dossier)))
