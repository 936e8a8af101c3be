"""A magistrate's work in a real Chromium, by mouse, by keyboard and without JavaScript: from a search to a Word file.

On a small base and, where it is built, on the real one. No page may ask another host for anything, nor be complained
of by the browser (the Content-Security-Policy among others); by keyboard, what has the focus is always seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from api.app import create_app
from kb.errors import ArtefactError
from service.base import open_service
from service.settings import Settings
from tests.builders import small_service
from tests.chromium import browser, served
from workplace.passwords import hash_password
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account

pytestmark = pytest.mark.browser
__all__ = ["browser"]

PASSWORD = "quatre mots sans suite"
NOTE = "À reprendre <script>alert(1)</script> au prochain rapport."
WORDS = "La traite des êtres humains est le fait"
MAX_TABS = 250
SEEN = "e => e.matches(':focus-visible') && getComputedStyle(e).outlineStyle !== 'none'"


@pytest.fixture(scope="module", params=["small", "real"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a small base, or over the one that is built, with an account."""
    home = tmp_path_factory.mktemp("home")
    database = WorkplaceDatabase.open(home, None)
    Accounts(database).add(new_account("anne", "Anne", datetime.now(UTC)), hash_password(PASSWORD))
    database.close()
    try:
        service = small_service(home) if request.param == "small" else open_service(Settings())
    except ArtefactError as error:
        pytest.skip(f"no base to read: {error.message} {error.hint}")
    if service.reader.provision("code-penal/225-4-1") is None:
        pytest.skip("the base that is built has no Code pénal")
    yield from served(create_app(Settings(home=home), lambda _: service))


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Have the focus on it."""
        target.click()

    def follow(self, target: Locator) -> None:
        """Open a link, press a button."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """In place of what a field holds."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def write_day(self, target: Locator, day: str) -> None:
        """As its calendar would."""
        target.fill(day)


class Keyboard(Mouse):
    """Tab, Enter and letters."""

    def reach(self, target: Locator) -> None:
        """Press Tab until it has the focus, which must be seen."""
        for _ in range(MAX_TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("e => e === document.activeElement"):
                assert target.evaluate(SEEN), "the focus is not seen"
                return
        pytest.fail(f"the Tab key does not reach {target}")

    def follow(self, target: Locator) -> None:
        """Press Enter on it."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write_day(self, target: Locator, day: str) -> None:
        """Month then day, or the other order where the field is of a browser that has it so."""
        year, month, date = day.split("-")
        self.reach(target)
        self.page.keyboard.type(month + date + year)
        if target.input_value() != day:
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(date + month + year)


@pytest.fixture(
    params=[(Mouse, True), (Keyboard, True), (Keyboard, False)], ids=["mouse", "keyboard", "no script"]
)
def hand(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Mouse]:
    """At the home page; at the end, nothing was asked of elsewhere and nothing complained of."""
    way, scripts = request.param
    context: BrowserContext = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 1280, "height": 800}, accept_downloads=True
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield way(page)
    context.close()
    assert hosts == {urlsplit(address).netloc}
    assert complaints == []


def test_from_a_search_to_a_dossier_exported_to_word(hand: Mouse) -> None:
    page = hand.page
    _read_and_compare(hand)
    hand.follow(page.locator("main a[href^='/dossiers/ajouter']").first)
    _sign_in(hand)
    hand.write(page.get_by_label("nouveau dossier"), "Rapport <b>GRETA</b>")
    hand.follow(page.get_by_role("button", name="Ajouter", exact=True))
    _annotate_and_quote(hand)
    with page.expect_download() as download:
        hand.follow(page.get_by_role("link", name="Word"))
    _check_document(download.value.path())


def _read_and_compare(hand: Mouse) -> None:
    page = hand.page
    hand.write(page.locator("main input[name=q]"), "art. 225-4-1 du code pénal")
    page.keyboard.press("Enter")
    hand.follow(page.locator(".results h2 a").first)
    page.wait_for_url("**/dispositions/code-penal/225-4-1*")
    hand.follow(page.get_by_role("link", name="Comparer deux dates"))
    page.wait_for_url("**/comparer")
    hand.write_day(page.get_by_label("Première date"), "2010-08-11")
    hand.follow(page.get_by_role("button", name="Comparer", exact=True))
    page.wait_for_url("**/comparer?du=2010-08-11*")
    assert page.locator("main del").count()
    assert page.locator("main ins").count()
    hand.follow(page.locator("main .path a").first)
    page.wait_for_url("**/dispositions/code-penal/225-4-1*")


def _sign_in(hand: Mouse) -> None:
    page = hand.page
    page.wait_for_url("**/connexion?*")
    hand.write(page.get_by_label("Identifiant"), "anne")
    hand.write(page.get_by_label("Mot de passe"), PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/ajouter?*")


def _annotate_and_quote(hand: Mouse) -> None:
    page = hand.page
    page.locator("h1", has_text="Rapport <b>GRETA</b>").wait_for()
    edit = page.get_by_role("link", name="Annoter ou citer")
    hand.follow(edit)
    hand.write(page.get_by_label("Votre note"), NOTE)
    hand.follow(page.get_by_role("button", name="Enregistrer"))
    page.get_by_text(NOTE).first.wait_for()
    if edit.count():
        hand.follow(edit)
    hand.write(page.get_by_label("Les mots à citer"), WORDS)
    hand.follow(page.get_by_role("button", name="Citer ces mots"))
    page.locator("blockquote.kept", has_text=WORDS).wait_for()
    if not page.get_by_role("link", name="Word").count():
        hand.follow(page.locator("main .path a").last)


def _check_document(path: Path) -> None:
    document = docx.Document(str(path))
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in ("Rapport <b>GRETA</b>", NOTE, WORDS):
        assert words in written
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("225-4-1" in cell for cell in cells)
