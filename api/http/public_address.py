"""Where the outside reaches this server: RENVOI_PUBLIC_URL, or else what the request says."""

from __future__ import annotations

from fastapi import Request

from service.settings import Settings


def settings_of(request: Request) -> Settings:
    """The settings of the application."""
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def base_url(request: Request) -> str:
    """Scheme and host, without a slash at the end."""
    return settings_of(request).public_url or f"{request.url.scheme}://{request.url.netloc}"
