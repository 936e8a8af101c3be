"""What changed, as feeds that a reader of news follows."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.addresses import provision_url
from api.catalogue import catalogue_of
from api.deps import ServiceDep
from api.feeds import CONTENT_TYPE, FeedEntry, FeedTitle, atom
from api.public_address import base_url
from api.referencing import checked_code
from kb.errors import UnknownDocument
from kb.french_citation import cite_id
from kb.model import Change
from kb.store.changes import changes_of

router = APIRouter()
_ENTRIES, _EXCERPT = 100, 500


@router.get("/flux/codes/{code}", response_class=Response)
def changes_of_a_code(request: Request, service: ServiceDep, code: str) -> Response:
    """The wordings of this code that appeared from one consolidation of the base to the next, latest first."""
    slug = checked_code(code)
    known = next((c for c in catalogue_of(service.reader).codes if c.slug == slug), None)
    if known is None:
        raise UnknownDocument(
            f"Ce code n'est pas dans la base : {slug}.", hint="/v1/taxonomy donne les codes."
        )
    here = base_url(request)
    about = FeedTitle(f"{known.title} : ce qui a changé", f"{here}/flux/codes/{slug}", f"{here}/sources")
    entries = [_entry(change, here) for change in changes_of(service.database, slug, _ENTRIES)]
    return Response(atom(about, entries), media_type=CONTENT_TYPE)


def _entry(change: Change, here: str) -> FeedEntry:
    what = "article nouveau" if change.first else "nouvelle rédaction"
    return FeedEntry(
        key=f"version:{change.provision}:{change.start}",
        title=f"{cite_id(change.provision)} : {what}",
        url=f"{here}{provision_url(change.provision)}?date={change.start}",
        day=change.start,
        summary=f"Le {change.start:%d/%m/%Y} au plus tard. {change.text[:_EXCERPT]}",
    )
