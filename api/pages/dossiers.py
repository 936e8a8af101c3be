"""The pages of dossiers: the list, one dossier, one of its items, and what adds to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData, UploadFile

from api.addresses import dossier_url, passage_url, place_in_dossier
from api.http.dependencies import NameDep, ServiceDep, day_of
from api.http.dossier_dependencies import DeskDep, DossierDep, FormDeskDep
from api.http.dossier_files import FILE_LABELS
from api.http.forms import FormDep, field
from api.pages.dossier_leaves import EXCERPT, AskedLeaf, LeafDep, leaf_of
from api.pages.dossier_refusals import refused
from api.pages.rendering import page
from api.presenters.dossiers import present_dossier, present_item, present_summary
from api.presenters.highlighting import short_edits
from api.schemas.dossiers import DossierOut, ItemOut
from kb.errors import RenvoiError
from service.dossier_edits import NewItem, add_item
from service.dossiers import AccountDossiers
from workplace.dossiers import changes
from workplace.dossiers.drafting import sections
from workplace.dossiers.gathering import provenance
from workplace.dossiers.limits import MAX_FILE, MAX_NOTE, MAX_TITLE
from workplace.dossiers.model import Content, Dossier, ItemKind
from workplace.dossiers.quotation import alineas
from workplace.dossiers.verdicts import verdicts
from workplace.store.dossiers import UNDO

router = APIRouter()

LIMITS = {"title": MAX_TITLE, "note": MAX_NOTE}


@router.get("/dossiers")
def dossiers(request: Request, desk: DeskDep) -> HTMLResponse:
    """One's dossiers, what makes a new one, and those that can be taken back."""
    context = {
        "dossiers": [present_summary(s) for s in desk.store.all(desk.account.id)],
        "deleted": [present_summary(s) for s in desk.store.deleted(desk.account.id, desk.now)],
        "undo": UNDO,
        "limits": LIMITS,
        "most": MAX_FILE // 1_000_000,
        "api_url": "/v1/dossiers",
    }
    return page(request, "dossiers.html", context)


@router.post("/dossiers", response_model=None)
def create(request: Request, desk: FormDeskDep, form: FormDep) -> HTMLResponse | RedirectResponse:
    """A new one."""
    title, note = field(form, "title"), field(form, "note")
    try:
        return _to(desk.create(Content(title, note)))
    except RenvoiError as error:
        return refused(request, error, "/dossiers", {"Titre": title, "Note": note})


@router.post("/dossiers/importer", response_model=None)
def import_file(request: Request, desk: FormDeskDep, form: FormDep) -> HTMLResponse | RedirectResponse:
    """A new one, from a file."""
    try:
        return _to(desk.imported(_uploaded(form)))
    except RenvoiError as error:
        return refused(request, error, "/dossiers", {})


@router.get("/dossiers/ajouter")
def adding(
    request: Request, desk: DeskDep, disposition: str = "", passage: str = "", date: str = ""
) -> HTMLResponse:
    """What is to be added, and to which dossier."""
    kind, source = desk.source(provision=disposition, passage=passage, day=day_of(date))
    context = {
        "shown": present_item(changes.new_item(kind, source=source), None),
        "asked": {"disposition": disposition, "passage": passage, "date": date},
        "dossiers": [present_summary(s) for s in desk.store.all(desk.account.id)],
        "excerpt": EXCERPT,
        "limits": LIMITS,
    }
    return page(request, "dossier_add.html", context)


@router.post("/dossiers/ajouter", response_model=None)
def add(request: Request, desk: FormDeskDep, form: FormDep) -> HTMLResponse | RedirectResponse:
    """To a dossier, or to a new one when a title is given."""
    note, title = field(form, "note"), field(form, "title").strip()
    new_item = NewItem(
        provision=field(form, "disposition") or None,
        passage=field(form, "passage") or None,
        note=note,
        as_of=day_of(field(form, "date")),
    )
    try:
        desk.source(provision=new_item.provision or "", passage=new_item.passage or "", day=new_item.as_of)
        dossier = desk.create(Content(title)).id if title else field(form, "dossier")
        changed = add_item(desk, dossier, new_item)
    except RenvoiError as error:
        return refused(request, error, "/dossiers", {"Titre": title, "Note": note})
    return _to(changed, changed.content.items[-1].id)


@router.get("/dossiers/{dossier}")
def dossier(request: Request, desk: DeskDep, dossier: DossierDep, leaf: LeafDep) -> HTMLResponse:
    """One dossier, each of its texts compared with the base of the day."""
    current = desk.get(dossier)
    return page(
        request,
        "dossier.html",
        {**shown(present_dossier(desk.judged(current)), leaf), **_around(desk, current)},
    )


@router.get("/dossiers/{dossier}/elements/{item}")
def item(request: Request, desk: DeskDep, dossier: DossierDep, item: str) -> HTMLResponse:
    """One item: the whole of its text, what became of it, what is quoted of it, what is noted beside it."""
    current = desk.get(dossier)
    one = changes.find(current.content, item)
    verdict = verdicts(Content(current.content.title, items=(one,)), desk.service.reader, desk.now.date())
    text = one.source.text if one.source else ""
    context = {
        "dossier": current,
        "shown": present_item(one, verdict.get(item)),
        "alineas": [text[slice(*span)] for span in alineas(text)],
        "provenance": provenance(one.source) if one.source else "",
        "limits": LIMITS,
        "api_url": f"/v1{dossier_url(current.id)}",
    }
    return page(request, "dossier_item.html", context)


@router.get("/passages/{name:path}")
def passage(service: ServiceDep, name: NameDep) -> RedirectResponse:
    """The page that shows a passage today."""
    return RedirectResponse(passage_url(service.reader.passage(name)), 302)


def shown(dossier: DossierOut, leaf: AskedLeaf) -> dict[str, Any]:
    """What the page of a dossier shows of it, to its owner and to those who have a link."""
    return {
        "dossier": dossier,
        "leaf": leaf_of(dossier.items, leaf),
        "excerpt": EXCERPT,
        "short_edits": short_edits,
        "attention": [i for i in dossier.items if i.freshness and i.freshness.status != "unchanged"],
        "numbers": _numbers(dossier.items),
    }


def _uploaded(form: FormData) -> bytes:
    """The file sent, read no further than its limit; nothing when there is none."""
    file = form.get("file")
    if not isinstance(file, UploadFile):
        return b""
    with file.file as opened:
        return opened.read(MAX_FILE + 1)


def _around(desk: AccountDossiers, dossier: Dossier) -> dict[str, Any]:
    return {
        "undo": UNDO,
        "formats": FILE_LABELS,
        "limits": LIMITS,
        "shares": desk.shares.all(desk.account.id, dossier.id) if dossier.deleted is None else (),
        "progress": _progress(dossier.content),
        "api_url": f"/v1{dossier_url(dossier.id)}",
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions of a draft have a source, and the first that has none."""

    answered: int
    total: int
    next: str
    name: str


def _progress(content: Content) -> Progress | None:
    """None for a dossier that has no questions."""
    questions = [
        (head, items) for head, items in sections(content) if head and head.kind is ItemKind.QUESTION
    ]
    if not questions:
        return None
    open_ = [head for head, items in questions if not any(item.source for item in items)]
    first = open_[0] if open_ else None
    name = first.title.partition(" – ")[0] if first else ""
    return Progress(len(questions) - len(open_), len(questions), first.id if first else "", name)


def _numbers(items: list[ItemOut]) -> dict[str, int]:
    """The number of each source, the same as in an export."""
    return {item.id: n for n, item in enumerate((i for i in items if i.source), 1)}


def _to(dossier: Dossier, item: str = "") -> RedirectResponse:
    return RedirectResponse(place_in_dossier(dossier.id, item) if item else dossier_url(dossier.id), 303)
