"""What any page must be, as a browser shows it: accessible, within its window, with one title, light, from one host."""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
# The width of a page read at 400 %, where none may need to be scrolled sideways (WCAG 1.4.10).
NARROWEST = 320
# Uncompressed, with its style sheet and what else it asks for.
MAX_BYTES = 150_000

_OPEN = """() => {
    document.querySelectorAll('details').forEach(e => { e.open = true });
    document.querySelector('.ref a')?.focus();
}"""
_HEADINGS = "document.querySelectorAll('h1').length"
_TITLE = "document.title"
_FITS = "document.documentElement.scrollWidth <= window.innerWidth"
_WIDEST = """[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 120))[0]"""


def violations(page: Page) -> list[str]:
    """What axe-core finds, one line for each rule broken and the first element that breaks it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{v['id']}: {v['help']} {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary']}"
        for v in found
    ]


def faults(page: Page) -> list[str]:
    """Of the page that is open, once everything folded in it is unfolded and its first preview is shown."""
    page.evaluate(_OPEN)
    found = violations(page)
    if page.evaluate(_HEADINGS) != 1:
        found.append("not one h1")
    if page.evaluate(_TITLE) in ("", "– Renvoi"):
        found.append("no title")
    return [*found, *_too_wide(page)]


def _too_wide(page: Page) -> list[str]:
    size = page.viewport_size
    assert size is not None
    found = [] if page.evaluate(_FITS) else [f"wider than {size['width']}: {page.evaluate(_WIDEST)}"]
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if not page.evaluate(_FITS):
        found.append(f"wider than {NARROWEST}: {page.evaluate(_WIDEST)}")
    page.set_viewport_size(size)
    return found


class Traffic:
    """What a window asks for from now on: the hosts, and the bytes of each page with all that it needs."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self._asked: list[Request] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.hosts.add(urlsplit(request.url).netloc)
        self._asked.append(request)

    def weight(self) -> int:
        """Of what was asked for since the last time, uncompressed. An icon is no part of a page."""
        asked, self._asked = self._asked, []
        answers = [r.response() for r in asked if not r.url.endswith(".svg")]
        return sum(len(answer.body()) for answer in answers if answer)
