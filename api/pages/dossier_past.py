"""The history of a dossier, its files, the links to it, and the page that a link leads to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.addresses import api_shared_url, dossier_url, share_url, shared_feed_url
from api.http.dependencies import ServiceDep
from api.http.dossier_dependencies import DeskDep, DossierDep, FormDeskDep, ShareDep, VersionPath
from api.http.dossier_files import ExportParameters, file_answer, file_of
from api.http.forms import FormDep, field
from api.http.public_address import base_url
from api.http.workplace import UsersDep
from api.pages.dossier_leaves import EXCERPT, LeafDep, leaf_of
from api.pages.dossier_refusals import refused
from api.pages.dossiers import shown
from api.pages.rendering import page
from api.presenters.dossiers import present_content, present_dossier
from kb.errors import RenvoiError
from service.dossiers import judge
from workplace.store.shares import Shares

router = APIRouter()

# A secret address is neither kept by the browser nor listed by search engines; no page learns it (no referrer).
_SECRET = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


@router.get("/dossiers/{dossier}/historique")
def history(request: Request, desk: DeskDep, dossier: DossierDep) -> HTMLResponse:
    """Who did what, and when."""
    context = {
        "dossier": desk.get(dossier),
        "revisions": desk.store.history(desk.account.id, dossier),
        "api_url": f"/v1{dossier_url(dossier)}/history",
    }
    return page(request, "dossier_history.html", context)


@router.get("/dossiers/{dossier}/historique/{version}")
def state(
    request: Request, desk: DeskDep, dossier: DossierDep, version: VersionPath, leaf: LeafDep
) -> HTMLResponse:
    """The dossier as it was."""
    past = present_content(desk.past(dossier, version))
    context = {
        "now": desk.get(dossier),
        "dossier": past,
        "leaf": leaf_of(past.items, leaf),
        "excerpt": EXCERPT,
        "api_url": f"/v1{dossier_url(dossier)}/history/{version}",
    }
    return page(request, "dossier_state.html", context)


@router.get("/dossiers/{dossier}/export")
def export(
    request: Request, desk: DeskDep, dossier: DossierDep, parameters: Annotated[ExportParameters, Query()]
) -> Response:
    """A file to be saved."""
    return file_answer(file_of(desk, desk.get(dossier).content, parameters.format, base_url(request)))


@router.post("/dossiers/{dossier}/partages", response_model=None)
def share(request: Request, desk: FormDeskDep, dossier: DossierDep, form: FormDep) -> HTMLResponse:
    """A new link. Its address is shown here once, since it is not kept."""
    label = field(form, "label")
    try:
        made, token = desk.shares.create(desk.account.id, dossier, label, desk.now)
    except RenvoiError as error:
        return refused(request, error, dossier_url(dossier), {"Pour qui": label})
    here = base_url(request)
    context = {
        "dossier": desk.get(dossier),
        "share": made,
        "address": here + share_url(token),
        "feed": here + shared_feed_url(token),
    }
    return page(request, "dossier_share.html", context)


@router.post("/dossiers/{dossier}/partages/{share}/revoquer", response_model=None)
def revoke(
    request: Request, desk: FormDeskDep, dossier: DossierDep, share: ShareDep, form: FormDep
) -> HTMLResponse | RedirectResponse:
    """The link leads nowhere any more."""
    try:
        desk.shares.revoke(desk.account.id, dossier, share, desk.now)
    except RenvoiError as error:
        return refused(request, error, dossier_url(dossier), {})
    return RedirectResponse(f"{dossier_url(dossier)}#partager", 303)


@router.get("/partages/{token}")
def shared(
    request: Request,
    service: ServiceDep,
    database: UsersDep,
    token: Annotated[str, Path(max_length=100)],
    leaf: LeafDep,
) -> HTMLResponse:
    """The dossier, to read, for who has the link."""
    contents = present_dossier(judge(service, Shares(database).opened(token), datetime.now(UTC).date()))
    context = {**shown(contents, leaf), "feed": shared_feed_url(token), "api_url": api_shared_url(token)}
    response = page(request, "dossier_shared.html", context)
    response.headers.update(_SECRET)
    return response
