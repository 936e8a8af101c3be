"""Suggestions under the search box in a real Chromium: by keyboard, by mouse, by touch, without script, and inert."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from tests.builders import CESEDA, REPLY, Article, code, small_service
from tests.chromium import browser, served
from tests.examining import violations

pytestmark = pytest.mark.browser
__all__ = ["browser"]

SCRIPT = Path(__file__).parent.parent / "api" / "static" / "suggestions.js"
MAX_BYTES = 5_000
HOSTILE = "<img src=x onerror=\"document.title='pris'\">"
LIST, OPTIONS, CHOSEN = "#q-list", "#q-list [role=option]", "#q-list [aria-selected=true]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    service = small_service(tmp_path_factory.mktemp("base"))
    yield from served(create_app(service.settings, lambda _: service))


@pytest.fixture(params=[1280, 390])
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """At the home page, on a desk and on a telephone."""
    width = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=width < 600)
    context.set_default_timeout(20_000)
    found = context.new_page()
    found.goto(server)
    yield found
    context.close()


def typed(page: Page, text: str) -> None:
    """Type in the search box and wait for the list."""
    page.locator("#q").press_sequentially(text)
    expect(page.locator(LIST)).to_be_visible()


def test_the_list_is_reached_left_and_chosen_from_by_keyboard(page: Page) -> None:
    box = page.locator("#q")
    typed(page, "225-4-")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[role=status]")).to_have_text("3 suggestions")
    expect(page.locator(CHOSEN)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.locator(CHOSEN)).to_contain_text("Code pénal, art. 225-4-1")
    assert page.locator(CHOSEN).get_attribute("id") == box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowUp")
    expect(page.locator(CHOSEN)).to_contain_text("225-4-3")
    page.keyboard.press("Home")
    expect(page.locator(CHOSEN)).to_have_count(0)
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path == "/dispositions/code-penal/225-4-1"


def test_escape_closes_the_list_and_leaves_what_was_typed(page: Page) -> None:
    typed(page, "ceseda")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    box = page.locator("#q")
    expect(page.locator(LIST)).to_be_hidden()
    expect(box).to_have_value("ceseda")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(page.locator(LIST)).to_be_visible()


def test_enter_without_a_choice_asks_what_was_typed(page: Page) -> None:
    typed(page, "225-4-")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["225-4-"]


def test_a_choice_by_mouse_or_finger_leads_to_its_page(page: Page) -> None:
    typed(page, "delai de refl")
    option = page.locator(OPTIONS, has_text="Délai de réflexion").first
    with page.expect_navigation():
        option.tap() if page.viewport_size and page.viewport_size["width"] < 600 else option.click()
    assert urlsplit(page.url).path == "/themes/delai-reflexion"


def test_a_mended_question_is_put_in_the_box_and_asked(page: Page) -> None:
    typed(page, "exploitatoin")
    page.keyboard.press("ArrowDown")
    expect(page.locator(CHOSEN)).to_contain_text("Vouliez-vous dire")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["exploitation"]


def test_the_box_at_the_top_of_the_other_pages_has_suggestions_too(page: Page, server: str) -> None:
    page.goto(f"{server}/dispositions/code-penal/225-4-1")
    page.locator("#q-top").press_sequentially("l 425")
    expect(page.locator("#q-top-list [role=option]").first).to_contain_text("CESEDA, art. L. 425-1")


def test_the_page_with_the_list_open_breaks_no_rule_and_fits_its_window(page: Page) -> None:
    typed(page, "225-4-")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_an_answer_the_box_works_as_before(page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/v1/suggest*", lambda route: route.fulfill(status=503, body="non"))
    page.locator("#q").press_sequentially("traite")
    page.wait_for_timeout(400)
    expect(page.locator(LIST)).to_be_hidden()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["traite"]
    assert complaints == []


def test_one_question_is_asked_for_letters_typed_in_a_row(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/v1/suggest" in request.url else None)
    page.locator("#q").press_sequentially("225-4-", delay=5)
    expect(page.locator(LIST)).to_be_visible()
    assert len(asked) <= 2


def test_without_script_the_box_is_a_plain_search_box(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server)
    page.locator("#q").press_sequentially("traite")
    assert page.locator("#q").get_attribute("role") is None
    assert page.locator(LIST).count() == 0
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["traite"]
    context.close()


def test_escape_closes_a_preview_until_another_place_is_pointed_at(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/reponses/{REPLY}/21")
    link = page.locator(".ref a[href='/dispositions/ceseda/L425-1']").first
    preview = page.locator(f"#{link.get_attribute('aria-describedby')}")
    link.hover()
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.locator("h1").hover()
    link.hover()
    expect(preview).to_be_visible()
    page.close()


def test_a_hostile_heading_is_shown_and_does_nothing(browser: Browser, tmp_path: Path) -> None:
    articles = (Article("225-4-1", "La traite.", heading=(HOSTILE,)),)
    base = (
        code("code-penal", "LEGITEXT000006070719", articles),
        code("ceseda", "LEGITEXT000006070158", CESEDA),
    )
    service = small_service(tmp_path, *base)
    for address in served(create_app(service.settings, lambda _: service)):
        page = browser.new_page()
        page.goto(address)
        title = page.title()
        typed(page, "225-4-1")
        expect(page.locator(OPTIONS).first).to_contain_text(HOSTILE)
        assert page.locator(f"{LIST} img").count() == 0
        assert page.title() == title
        page.close()


def test_the_script_is_light_writes_no_markup_and_asks_no_other_host() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.encode()) < MAX_BYTES
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|import|https?:|//\w+\.", text
    )
    assert not re.search(r"localStorage|sessionStorage|cookie", text)
