"""What changed, as feeds that a reader of news follows: in a code, in a theme, in a dossier that is shared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.addresses import provision_url, share_url, shared_feed_url, theme_feed_url, theme_url
from api.http.dependencies import ServiceDep
from api.http.public_address import base_url
from api.http.workplace import UsersDep
from api.presenters.change_feeds import change_entry, dossier_entries
from api.presenters.feeds import CONTENT_TYPE, FeedEntry, FeedTitle, atom
from kb.errors import UnknownDocument
from kb.store.changes import changes_among, changes_of
from service.catalogue import catalogue_of
from service.reference_lookup import checked_code
from service.themes import known_theme
from workplace.dossiers.verdicts import verdicts
from workplace.store.shares import Shares

router = APIRouter()
_ENTRIES = 100
# The address is a secret: what answers there is kept by the reader alone, and listed nowhere.
_SECRET = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow, noarchive"}


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
    changes = changes_of(service.database, slug, _ENTRIES)
    return _feed(about, [change_entry(change, here + provision_url(change.provision)) for change in changes])


@router.get("/flux/themes/{theme}", response_class=Response)
def changes_of_a_theme(request: Request, service: ServiceDep, theme: str) -> Response:
    """The same of the provisions of a theme, and those that were repealed or renumbered."""
    known, here = known_theme(theme), base_url(request)
    about = FeedTitle(
        f"{known.fr} : ce qui a changé", here + theme_feed_url(known.id), here + theme_url(known.id)
    )
    changes = changes_among(service.database, known.provisions, _ENTRIES)
    return _feed(about, [change_entry(change, here + provision_url(change.provision)) for change in changes])


@router.get("/partages/{token}/flux", response_class=Response)
def changes_of_a_dossier(
    request: Request, service: ServiceDep, database: UsersDep, token: Annotated[str, Path(max_length=100)]
) -> Response:
    """What a dossier keeps and that is no more so; for who has a link to it, since readers of news have no cookie."""
    dossier, here = Shares(database).opened(token), base_url(request)
    judged = verdicts(dossier.content, service.reader, datetime.now(UTC).date())
    page = here + share_url(token)
    about = FeedTitle(f"{dossier.content.title} : ce qui a changé", here + shared_feed_url(token), page)
    response = _feed(about, dossier_entries(dossier, judged, page))
    response.headers.update(_SECRET)
    return response


def _feed(about: FeedTitle, entries: list[FeedEntry]) -> Response:
    return Response(atom(about, entries), media_type=CONTENT_TYPE)
