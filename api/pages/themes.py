"""The pages of the themes: all of them by family, and one with all that it is about."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.addresses import theme_feed_url
from api.http.dependencies import ServiceDep
from api.pages.rendering import page
from api.presenters.themes import present_theme, present_themes
from api.schemas.themes import ThemeOut
from service.themes import every_theme, find_theme

router = APIRouter()


@router.get("/themes")
def themes(request: Request, service: ServiceDep) -> HTMLResponse:
    """Every theme with its counts, family by family."""
    listed = present_themes(every_theme(service))
    groups: dict[str, list[ThemeOut]] = {}
    for theme in listed:  # the families in the order of their first theme, wherever their others are written
        groups.setdefault(theme.group_fr, []).append(theme)
    context = {
        "groups": list(groups.items()),
        "total": len(listed),
        "api_url": "/v1/taxonomy",
    }
    return page(request, "themes.html", context)


@router.get("/themes/{theme}")
def theme(request: Request, service: ServiceDep, theme: str) -> HTMLResponse:
    """One theme: provisions, answers, decisions, and the themes beside it."""
    detail = present_theme(find_theme(service, theme))
    context = {"theme": detail, "feed": theme_feed_url(detail.id), "api_url": f"/v1/taxonomy/{detail.id}"}
    return page(request, "theme.html", context)
