"""The forms of a dossier's page: each says which version it was shown, and is refused when there is a newer one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from api.addresses import dossier_url, place_in_dossier
from api.http.dossier_dependencies import DossierDep, FormDeskDep, VersionPath
from api.http.forms import FormDep, field
from api.pages.dossier_refusals import refused
from kb.errors import InvalidDossier, RenvoiError, StaleEdit, VersionRequired
from service.dossier_edits import (
    DossierChange,
    ItemChange,
    NewItem,
    QuotedPart,
    add_item,
    patch_dossier,
    patch_item,
    raise_item,
    remove_item,
)
from service.dossiers import AccountDossiers
from workplace.dossiers import changes
from workplace.dossiers.model import Dossier, Revision
from workplace.dossiers.quotation import alineas

router = APIRouter()
Answer = HTMLResponse | RedirectResponse


@router.post("/dossiers/{dossier}/modifier", response_model=None)
def retitle(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> Answer:
    """Another title and note."""
    title, note = field(form, "title"), field(form, "note")
    patch = DossierChange(title=title, note=note)
    return _edited(
        request,
        desk,
        dossier,
        lambda: patch_dossier(desk, dossier, patch, _version(form)),
        {"Titre": title, "Note": note},
    )


@router.post("/dossiers/{dossier}/elements", response_model=None)
def add(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> Answer:
    """A heading, or a note of one's own, at the end."""
    title, note = field(form, "title"), field(form, "note")
    new_item = NewItem(title=title or None, note=note)
    written = {"Titre": title, "Note": note}
    return _edited(request, desk, dossier, lambda: add_item(desk, dossier, new_item), written)


@router.post("/dossiers/{dossier}/elements/{item}", response_model=None)
def edit(request: Request, desk: FormDeskDep, dossier: DossierDep, item: str, form: FormDep) -> Answer:
    """What the button pressed says."""
    written = {
        "Note": field(form, "note"),
        "Mots à citer": field(form, "words"),
        "Titre": field(form, "title"),
    }
    return _edited(request, desk, dossier, lambda: _item_edit(desk, dossier, item, form), written, item)


@router.post("/dossiers/{dossier}/dupliquer", response_model=None)
def duplicate(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> Answer:
    """A copy, which is shown."""
    try:
        return RedirectResponse(dossier_url(desk.duplicate(dossier).id), 303)
    except RenvoiError as error:
        return refused(request, error, dossier_url(dossier), {})


@router.post("/dossiers/{dossier}/supprimer", response_model=None)
def delete(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> Answer:
    """It can be taken back for thirty days."""
    return _edited(
        request,
        desk,
        dossier,
        lambda: desk.store.delete(dossier, desk.edit("Supprimé", _version(form))),
        {},
    )


@router.post("/dossiers/{dossier}/retablir", response_model=None)
def restore(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> Answer:
    """A deleted dossier, taken back."""
    return _edited(request, desk, dossier, lambda: desk.store.undelete(dossier, desk.edit("Rétabli")), {})


@router.post("/dossiers/{dossier}/historique/{version}/retablir", response_model=None)
def restore_state(
    request: Request, desk: FormDeskDep, dossier: DossierDep, version: VersionPath, form: FormDep
) -> Answer:
    """A past state, as a new one."""
    return _edited(request, desk, dossier, lambda: desk.restore(dossier, version, _version(form)), {})


def _item_edit(desk: AccountDossiers, dossier: str, item: str, form: FormData) -> Dossier:
    version, action = _version(form), field(form, "action")
    if action in ("monter", "descendre"):
        return raise_item(desk, dossier, item, 1 if action == "monter" else -1, version)
    if action == "retirer":
        return remove_item(desk, dossier, item, version)
    fields = {
        "annoter": ItemChange(note=field(form, "note")),
        "renommer": ItemChange(title=field(form, "title"), note=field(form, "note")),
        "tout-citer": ItemChange(quotation=QuotedPart()),
        "renouveler": ItemChange(renew=True),
    }.get(action)
    if action == "citer":
        fields = ItemChange(quotation=_quotation(desk, dossier, item, form))
    if fields is None:
        raise InvalidDossier("Le formulaire ne dit pas ce qu'il faut faire.", hint="Renvoyez-le.")
    return patch_item(desk, dossier, item, fields, version)


def _quotation(desk: AccountDossiers, dossier: str, item: str, form: FormData) -> QuotedPart:
    """The words written, or else the alinéas chosen."""
    words = field(form, "words")
    if words.strip():
        return QuotedPart(words=words)
    source = changes.find(desk.get(dossier).content, item).source
    spans = alineas(source.text if source else "")
    first, last = (field(form, name) for name in ("first", "last"))
    if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= len(spans)):
        raise InvalidDossier(
            "Rien n'est choisi.",
            hint="Collez les mots à citer, ou choisissez un premier et un dernier alinéa.",
        )
    return QuotedPart(start=spans[int(first) - 1].start, end=spans[int(last) - 1].end)


def _edited(
    request: Request,
    desk: AccountDossiers,
    dossier: str,
    edit: Callable[[], Dossier],
    written: Mapping[str, str],
    item: str = "",
) -> Answer:
    """Back to the dossier where it was edited, or the reason why it was not."""
    try:
        edited = edit()
    except RenvoiError as error:
        return refused(request, error, dossier_url(dossier), written, _meanwhile(desk, dossier, error))
    there = any(one.id == item for one in edited.content.items)
    return RedirectResponse(place_in_dossier(dossier, item) if there else dossier_url(dossier), 303)


def _meanwhile(desk: AccountDossiers, dossier: str, error: RenvoiError) -> tuple[Revision, ...]:
    """The edits made since the form was shown."""
    if not isinstance(error, StaleEdit):
        return ()
    return desk.store.history(desk.account.id, dossier)[:10]


def _version(form: FormData) -> int:
    """The version that the form was shown. Raises VersionRequired."""
    value = field(form, "version")
    if not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise VersionRequired(
            "Le formulaire ne dit pas de quelle version il part.", hint="Rouvrez le dossier."
        )
    return int(value)
