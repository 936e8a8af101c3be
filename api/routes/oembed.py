"""/v1/oembed: how to show the card of a provision inside another page (oEmbed 1.0, type `rich`)."""

from __future__ import annotations

from html import escape
from typing import Annotated, Literal
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from api.addresses import provision_url
from api.http.dependencies import Parameters, ServiceDep, day_of
from api.http.public_address import base_url
from kb.errors import InvalidInput, NotFound
from kb.french_citation import cite
from service.reference_lookup import find_provision

router = APIRouter(prefix="/v1", tags=["Plateforme"])
_PAGE, _WIDTH, _HEIGHT, _SMALLEST = "/dispositions/", 640, 360, 120
# A day: the law may change overnight, and the card with it.
_CACHE_AGE = 86_400


class OEmbedParameters(Parameters):
    """Those of the specification, and those that its usual consumers add."""

    url: str = Field(
        description="Adresse de la page d'une disposition de ce service, entière ou à partir de la barre",
        max_length=2000,
        examples=["/dispositions/code-penal/225-4-1"],
    )
    maxwidth: int = Field(_WIDTH, ge=_SMALLEST, le=4000, description="Largeur au plus, en pixels")
    maxheight: int = Field(_HEIGHT, ge=_SMALLEST, le=4000, description="Hauteur au plus, en pixels")
    format: Literal["json"] = Field("json", description="Seul JSON est servi")
    dnt: bool = Field(False, description="Sans effet : la carte ne suit personne")


class OEmbed(BaseModel):
    """La carte d'une disposition, à insérer dans une page (oEmbed 1.0)."""

    type: Literal["rich"] = "rich"
    version: Literal["1.0"] = "1.0"
    title: str
    provider_name: str = "Renvoi"
    provider_url: str
    cache_age: int = _CACHE_AGE
    html: str = Field(description="Un élément iframe")
    width: int
    height: int


@router.get("/oembed", summary="La carte d'une disposition, pour une autre page (oEmbed)")
def oembed(request: Request, service: ServiceDep, parameters: Annotated[OEmbedParameters, Query()]) -> OEmbed:
    """404 pour une adresse qui n'est pas celle d'une disposition de ce service."""
    here, parts = base_url(request), _parts(parameters.url)
    elsewhere = (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != here
    if elsewhere or not parts.path.startswith(_PAGE):
        raise NotFound("Cette adresse n'est pas celle d'une disposition de ce service.")
    provision = find_provision(service, unquote(parts.path.removeprefix(_PAGE)))
    dates = [part.removeprefix("date=") for part in parts.query.split("&") if part.startswith("date=")]
    day = day_of(unquote(dates[0])) if dates else None
    source = f"{here}/embed{provision_url(provision.id)}" + (f"?{urlencode({'date': day})}" if day else "")
    title = cite(provision.code, provision.number)
    width, height = min(_WIDTH, parameters.maxwidth), min(_HEIGHT, parameters.maxheight)
    html = (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>'
    )
    return OEmbed(title=title, provider_url=here, html=html, width=width, height=height)


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise InvalidInput(f"« {url[:100]} » n'est pas une adresse.") from error
