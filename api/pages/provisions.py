"""The page of a provision: its text, its record, how to cite it, its wordings, its links both ways."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.addresses import api_provision_url, document_url, provision_url
from api.http.dependencies import ProvisionDep, ServiceDep, day_of
from api.http.public_address import base_url
from api.pages.rendering import page
from api.pages.timeline import number_notice, successor_of, timeline
from api.presenters.bibliographic_reference import reference_of
from api.presenters.bibliography import in_words
from api.presenters.citing_groups import groups_of
from api.presenters.highlighting import Block, blocks, edited_blocks, placed_links
from api.presenters.long_texts import part_of
from api.presenters.passages import titles_of
from api.presenters.previews import previews_of
from api.presenters.provisions import present_provision, present_related
from api.presenters.records import present_statements
from api.presenters.sections import beside, section_links
from api.presenters.themes import theme_links
from api.schemas.answers import LinkOut, ProvisionDetail
from api.schemas.reading import EditOut
from kb.model import Provision
from kb.records import ProvisionRecord, actors_of
from kb.taxonomy import themes_of_provision
from kb.text.diff import edits
from service.base import Service
from service.catalogue import catalogue_of

router = APIRouter()

# Links shown on the page, whose weight is bounded; the pages of links have them all.
SHOWN = 60
# Sources of one group shown on the provision's page: a column of a screen.
SHOWN_OF_GROUP = 8
PAGE_SIZE = 50


@router.get("/dispositions/{reference:path}/cite-par", response_model=None)
def cited_by(
    request: Request,
    service: ServiceDep,
    provision: ProvisionDep,
    sorte: str = "",
    code: str = "",
    numero: Annotated[int, Query(alias="page", ge=0, le=10_000)] = 0,
) -> HTMLResponse:
    """Every source that cites it, of one kind when given, by pages."""
    groups = groups_of(service.reader.citing(provision.id), titles_of(catalogue_of(service.reader)))
    wanted = [g for g in groups if sorte in ("", g.kind) and code in ("", g.code)]
    sources = [(group, source) for group in wanted for source in group.sources]
    first = numero * PAGE_SIZE
    query = urlencode([(name, value) for name, value in (("kind", sorte), ("code", code)) if value])
    context = {
        "shown": present_provision(service, provision),
        "groups": groups,
        "chosen": (sorte, code),
        "sources": sources[first : first + PAGE_SIZE],
        "first": first,
        "total": len(sources),
        "number": numero,
        "more": first + PAGE_SIZE < len(sources),
        "api_url": f"{api_provision_url(provision.id)}/cited-by?{query}".rstrip("?"),
    }
    return page(request, "cited_by.html", context)


@router.get("/dispositions/{reference:path}", response_model=None)
def provision(
    request: Request,
    service: ServiceDep,
    provision: ProvisionDep,
    date: str = "",
    partie: Annotated[int, Query(ge=1, le=1_000)] = 1,
) -> HTMLResponse | RedirectResponse:
    """Any spelling leads to the one address of the provision."""
    if request.path_params["reference"] != provision.id:
        return RedirectResponse(provision_url(provision.id), 302)
    citing = service.reader.citing(provision.id)
    detail = present_provision(service, provision, day_of(date), len(citing))
    places = section_links(service, provision)
    before, after = beside(service, provision) if places else (None, None)
    reference = reference_of(provision, str(request.base_url), detail.as_of)
    api = api_provision_url(provision.id)
    context: dict[str, Any] = {
        "shown": detail,
        "document_url": _document_url(service, provision),
        "public_url": base_url(request) + provision_url(provision.id),
        "date": date,
        **_record(service, provision, detail),
        "theme_list": theme_links(themes_of_provision(provision.id)),
        "places": places,
        "before": before,
        "after": after,
        **_wording(service, provision, detail, partie),
        "successor": successor_of(service, provision),
        "timeline": timeline(service, provision, detail.version, detail.as_of),
        "cites": _by_provision(detail.cites),
        "groups": groups_of(citing, titles_of(catalogue_of(service.reader))),
        "shown_of_group": SHOWN_OF_GROUP,
        "related": present_related(service, provision, citing).results,
        "reference": reference,
        "reference_in_words": in_words(reference),
        "api": api,
        "api_url": f"{api}?as_of={date}" if date else api,
    }
    return page(request, "provision.html", context)


def _wording(service: Service, provision: Provision, detail: ProvisionDetail, part: int) -> dict[str, Any]:
    """The text, and the others given at the same date, all of them or a part."""
    placed = placed_links(detail.cites, 0, previews_of(service, detail.cites))
    wordings = [blocks(detail.text or "", placed), *_concurrent(provision, detail.version)]
    (text, *others), parts = part_of(wordings, part)
    return {
        "blocks": text,
        "candidate_edits": _candidate_edits(detail),
        "number_notice": number_notice(provision, detail.as_of),
        "concurrent": [other for other in others if other],
        "part": part,
        "parts": parts,
    }


def _concurrent(provision: Provision, ordinal: int | None) -> list[list[Block]]:
    """The other wordings that the source gives under the same number at the date of the one shown."""
    current = next((v for v in provision.versions if v.ordinal == ordinal), None)
    return [
        blocks(v.text, ())
        for v in provision.versions
        if current and v is not current and v.concurrent and v.start == current.start
    ]


def _candidate_edits(detail: ProvisionDetail) -> tuple[Block, ...]:
    """What changes from the first to the last of the wordings that may have applied; empty when one is known."""
    if detail.text is not None or len(detail.candidates) < 2:
        return ()
    changes = edits(detail.candidates[0].text, detail.candidates[-1].text)
    return tuple(edited_blocks([EditOut(kind=e.kind, text=e.text) for e in changes]))


def _record(service: Service, provision: Provision, detail: ProvisionDetail) -> dict[str, Any]:
    """Its record, with what each of its sentences stands on and who acts; nothing where there is none."""
    stored = catalogue_of(service.reader).records.get(provision.id)
    if not detail.record or not stored or not isinstance(stored.record, ProvisionRecord):
        return {"said": None, "statements": [], "actors": []}
    return {
        "said": stored.record,
        "statements": present_statements(stored.record, detail.record.text),
        "actors": actors_of(stored.record),
    }


def _document_url(service: Service, provision: Provision) -> str:
    """The page of the document that bears this identifier: a circular that our record speaks of as a whole."""
    is_document = provision.id in titles_of(catalogue_of(service.reader))
    return document_url(provision.id) if is_document else ""


def _by_provision(links: list[LinkOut]) -> list[LinkOut]:
    """One link for each thing cited, in the order of the text."""
    return list({link.citation: link for link in reversed(links)}.values())[::-1]
