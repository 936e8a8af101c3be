"""The page of a provision: its text, its wordings, what it cites and what cites it."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.addresses import provision_url
from api.deps import ProvisionDep, ServiceDep, day_of
from api.marking import blocks, placed_links
from api.pages.rendering import page
from api.presenting_provisions import (
    present_cited_by,
    present_provision,
    present_related,
    present_versions,
)
from api.schemas import LinkOut
from kb.model import PassageKind

router = APIRouter()

# Links shown on the page, whose weight is bounded; the API gives them all.
SHOWN = 60


@router.get("/dispositions/{reference:path}", response_model=None)
def provision(
    request: Request, service: ServiceDep, provision: ProvisionDep, date: str = ""
) -> HTMLResponse | RedirectResponse:
    """Any spelling leads to the one address of the provision."""
    if request.path_params["reference"] != provision.id:
        return RedirectResponse(provision_url(provision.id), 302)
    shown = present_provision(service, provision, day_of(date))
    cited_by = present_cited_by(service, provision, SHOWN)
    address = f"/v1/provisions/{quote(provision.id)}"
    context: dict[str, Any] = {
        "shown": shown,
        "date": date,
        "blocks": blocks(shown.text, placed_links(shown.cites)),
        "versions": present_versions(provision).results,
        "cites": _by_provision(shown.cites),
        "answers": [link for link in cited_by.results if link.kind != PassageKind.ARTICLE],
        "articles": _by_origin([link for link in cited_by.results if link.kind == PassageKind.ARTICLE]),
        "cited_by": cited_by,
        "related": present_related(service, provision).results,
        "api_url": f"{address}?as_of={date}" if date else address,
        "cited_by_url": f"{address}/cited-by",
    }
    return page(request, "provision.html", context)


def _by_provision(links: list[LinkOut]) -> list[LinkOut]:
    """One link for each thing cited, in the order of the text."""
    return list({link.citation: link for link in reversed(links)}.values())[::-1]


def _by_origin(links: list[LinkOut]) -> list[LinkOut]:
    """One link for each article that cites."""
    return [next(same) for _, same in groupby(links, key=lambda link: link.from_provision)]
