"""Cookies: out of reach of scripts, of other sites and, over HTTPS, of other hosts of the same domain."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.public_address import base_url


def is_secure(request: Request) -> bool:
    """Whether the browser reaches us over HTTPS."""
    return base_url(request).startswith("https://")


def read_cookie(request: Request, name: str) -> str:
    """Its value, empty without one."""
    return request.cookies.get(_named(request, name), "")


def keep_cookie(
    request: Request, response: Response, name: str, value: str, max_age: int | None = None
) -> None:
    """Have the browser keep it for these seconds, or until it is closed."""
    response.set_cookie(
        _named(request, name),
        value,
        max_age=max_age,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def forget_cookie(request: Request, response: Response, name: str) -> None:
    """Have the browser forget it."""
    keep_cookie(request, response, name, "", 0)


def _named(request: Request, name: str) -> str:
    """The prefix has the browser refuse a cookie of that name that another host of the domain sets."""
    return f"__Host-{name}" if is_secure(request) else name
