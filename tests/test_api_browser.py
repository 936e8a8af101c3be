"""A reader in a real Chromium, by keyboard alone and without JavaScript: search, read the article, read the answer."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from api.app import create_app
from kb.errors import ArtefactError
from service.base import Service, open_service
from service.settings import Settings
from tests.builders import small_service
from tests.chromium import browser, served

pytestmark = pytest.mark.browser
__all__ = ["browser"]

MAX_TABS = 60


@pytest.fixture(scope="module", params=["small", "real"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a small base, or over the one that is built."""
    service = small_service(tmp_path_factory.mktemp("base")) if request.param == "small" else _built()
    app = create_app(service.settings, lambda _: service)
    yield from served(app)


def _built() -> Service:
    """The base built from the official texts, or a skip that says why there is none."""
    settings = Settings()
    if not (settings.sources / "codes").is_dir():
        pytest.skip(f"no official texts in {settings.sources} (set RENVOI_SOURCES to a folder that has them)")
    try:
        return open_service(settings)
    except ArtefactError as error:
        pytest.skip(f"no base to read: {error.message} {error.hint}")


class Reader:
    """A page driven by the keyboard, that notes what it asks for and what it complains of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def tab_to(self, selector: str) -> None:
        """Press Tab until an element of this selector has the focus."""
        for _ in range(MAX_TABS):
            self.page.keyboard.press("Tab")
            if self.page.locator(f"{selector}:focus").count():
                return
        pytest.fail(f"the Tab key does not reach {selector}")

    def enter(self) -> None:
        """Press Enter and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture
def reader(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """At the home page, without JavaScript, on the screen that the test asks for."""
    width = getattr(request, "param", 1280)
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    context.set_default_timeout(30_000)
    found = Reader(context.new_page())
    found.page.goto(address)
    yield found
    context.close()


@pytest.mark.parametrize("reader", [1280, 390], indirect=True)
def test_a_reader_goes_from_a_question_to_the_article_and_to_the_answer_by_keyboard(
    reader: Reader, address: str
) -> None:
    page = reader.page
    reader.tab_to("input[name=q]")
    page.keyboard.type("art. L. 425-1 du CESEDA")
    reader.enter()
    assert page.locator(".results h2").first.inner_text() == "CESEDA, art. L. 425-1"
    reader.tab_to(".results h2 a")
    reader.enter()
    assert urlsplit(page.url).path == "/dispositions/ceseda/L425-1"
    assert page.locator("h1").inner_text() == "CESEDA, art. L. 425-1"
    assert page.locator("#al1").is_visible()
    reader.tab_to("a[href*='/reponses/']")
    reader.enter()
    assert urlsplit(page.url).path.startswith("/reponses/reponse-france-greta-4/")
    assert page.locator(".passage a[href='/dispositions/ceseda/L425-1']").count() >= 1
    assert reader.hosts == {urlsplit(address).netloc}
    assert reader.complaints == []


def test_a_cited_article_is_previewed_on_focus_and_on_hover_without_script(
    reader: Reader, address: str
) -> None:
    page = reader.page
    page.goto(f"{address}/reponses/reponse-france-greta-4/21")
    link = page.locator(".ref a[href='/dispositions/ceseda/L425-1']").first
    preview = page.locator(f"#{link.get_attribute('aria-describedby')}")
    assert not preview.is_visible()
    link.focus()
    assert preview.is_visible()
    assert preview.inner_text().startswith("CESEDA, art. L. 425-1")
    page.locator("h1").click()
    assert not preview.is_visible()
    link.hover()
    assert preview.is_visible()


def test_the_skip_link_comes_first_and_leads_to_the_content(reader: Reader) -> None:
    reader.page.keyboard.press("Tab")
    reader.page.locator(".skip:focus").wait_for(state="visible")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/#contenu")


@pytest.mark.parametrize(
    "path",
    ["/", "/recherche?q=plainte", "/dispositions/ceseda/L425-1", "/sources", "/docs", "/rien"],
)
def test_no_page_is_wider_than_a_telephone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
