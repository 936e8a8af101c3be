"""The page where two wordings of a provision are read as one text, what went struck out and what came underlined."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.addresses import api_provision_url, provision_url
from api.http.dependencies import ProvisionDep, ServiceDep, day_of
from api.pages.rendering import page
from api.presenters.comparison import present_comparison
from api.presenters.highlighting import edited_blocks
from kb.errors import UnknownVersion
from kb.french_citation import cite
from kb.model import Provision
from service.base import Service
from service.comparison import compare_days, default_days, former_day

router = APIRouter()


@router.get("/dispositions/{reference:path}/comparer")
def compare(
    request: Request, service: ServiceDep, provision: ProvisionDep, du: str = "", au: str = ""
) -> HTMLResponse:
    """Two days, or the last two wordings; a day without any wording is told, and the form left to mend."""
    first, second = day_of(du), day_of(au)
    if first is None or second is None:
        first, second = _days(service, provision)
    context: dict[str, Any] = {
        "citation": cite(provision.code, provision.number),
        "url": provision_url(provision.id),
        "first": first,
        "second": second,
        "found": None,
        "blocks": (),
        "problem": "",
    }
    if first and second:
        try:
            comparison = present_comparison(compare_days(service, provision, first, second))
        except UnknownVersion as error:
            context["problem"] = f"{error.message} {error.hint}"
        else:
            days = urlencode({"from": first, "to": second})
            address = f"{api_provision_url(provision.id)}/compare?{days}"
            context |= {"found": comparison, "blocks": edited_blocks(comparison.edits), "api_url": address}
    return page(request, "comparison.html", context)


def _days(service: Service, provision: Provision) -> tuple[date, date] | tuple[None, None]:
    """The last two wordings; through the change of number when there is only one under this number."""
    days = default_days(provision)
    if days:
        return days
    before = former_day(service, provision)
    after = min((v.start for v in provision.versions), default=None)
    return (before, after) if before and after else (None, None)
