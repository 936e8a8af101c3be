"""The picture of what surrounds a provision, and the same as lists."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.addresses import api_provision_url, provision_url
from api.http.dependencies import ProvisionDep, ServiceDep
from api.pages.rendering import page
from api.presenters.neighbourhood import neighbourhood_of
from api.presenters.picture import NODE_HEIGHT, picture_of

router = APIRouter()


@router.get("/dispositions/{reference:path}/carte")
def neighbourhood(request: Request, service: ServiceDep, provision: ProvisionDep) -> HTMLResponse:
    """Drawn here, without script; every node is a link."""
    around = neighbourhood_of(service, provision)
    context = {
        "found": around,
        "picture": picture_of(around),
        "node_height": NODE_HEIGHT,
        "url": provision_url(provision.id),
        "api_url": f"{api_provision_url(provision.id)}/neighbourhood",
    }
    return page(request, "neighbourhood.html", context)
