"""Every page in a real Chromium, examined by axe-core (WCAG 2.1 A and AA, good practice): no violation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from api.app import create_app
from tests.builders import small_service
from tests.chromium import browser, served
from tests.examining import faults, violations
from tests.page_addresses import PAGES

pytestmark = pytest.mark.browser
__all__ = ["browser"]

# A desk by day, a telephone by night.
SCREENS = ((1280, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    service = small_service(tmp_path_factory.mktemp("base"))
    yield from served(create_app(service.settings, lambda _: service))


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of this width, in these colours. axe-core needs JavaScript, which the pages do not."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_breaks_no_rule_and_fits_its_window(page: Page, server: str, address: str) -> None:
    page.goto(server + address)
    assert faults(page) == []


def test_axe_sees_a_fault(page: Page, server: str) -> None:
    page.goto(server)
    page.evaluate("document.querySelector('label').remove()")
    assert [found.partition(":")[0] for found in violations(page)] == ["label"]
