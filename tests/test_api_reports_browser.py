"""The next report in a real Chromium without JavaScript: paste, keep, edit, export; no rule of accessibility broken."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from api.app import create_app
from api.http.authentication import SESSION, SESSION_COOKIE
from service.settings import Settings
from tests.builders import small_service
from tests.chromium import browser, served
from tests.examining import faults
from workplace.store.accounts import Accounts, new_account
from workplace.store.sessions import Sessions

pytestmark = pytest.mark.browser
__all__ = ["browser"]

TEXT = """Partie I – Protection
1. Victime : quelles mesures protègent les victimes <script>alert(1)</script> ?
a. quel titre de séjour ;
b. pêche au saumon.
2. Traite : quelles peines ?
Cette phrase n'est pas une question.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server, and the cookie of someone signed in."""
    folder = tmp_path_factory.mktemp("base")
    service = small_service(folder)
    app = create_app(Settings(home=folder), lambda _: service)
    for address in served(app):
        users = app.state.workplace
        account = Accounts(users.database).add(new_account("claire", "Claire", datetime.now(UTC)), None)
        token = Sessions(users.database).start(account.id, datetime.now(UTC))
        yield address, users.signer.sign(SESSION, token)


@pytest.fixture(params=[1280, 390])
def context(
    browser: Browser, place: tuple[str, str], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """Signed in, JavaScript off."""
    found = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 800}, accept_downloads=True
    )
    found.add_cookies([{"name": SESSION_COOKIE, "value": place[1], "url": place[0]}])
    yield found
    found.close()


def _begin(page: Page, address: str) -> None:
    page.goto(f"{address}/rapport")
    page.get_by_label("Le questionnaire, collé").fill(TEXT)
    page.get_by_role("button", name="Reconnaître les questions").press("Enter")
    assert "2 questions reconnues" in page.content()
    assert page.get_by_text("Cette phrase n'est pas une question.", exact=True).count() == 1
    page.get_by_label("Titre du rapport").fill("Cinquième rapport")
    page.get_by_role("button", name="Commencer le brouillon").press("Enter")


def test_a_questionnaire_is_pasted_answered_edited_and_exported_to_word(
    context: BrowserContext, place: tuple[str, str]
) -> None:
    page = context.new_page()
    _begin(page, place[0])
    page.get_by_role("link", name="Propositions : Question 1").click()
    boxes = page.get_by_role("checkbox")
    boxes.first.press("Space")
    page.get_by_label("Garder : b. pêche au saumon.").check()
    page.get_by_role("button", name="Garder la sélection").press("Enter")
    page.get_by_role("button", name="Descendre").nth(2).click()
    page.get_by_role("link", name="Modifier : Question 2").click()
    page.get_by_label("Titre").fill("Question 2 – Les peines")
    page.get_by_role("button", name="Enregistrer").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Word").click()
    document = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert "Question 2 – Les peines" in headings
    assert "Lacunes" in headings
    assert "<script>" in next(h for h in headings if h.startswith("Question 1"))
    gaps = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert any("pêche au saumon" in row[1] for row in gaps)
    page.close()


def test_no_page_of_the_report_breaks_a_rule_of_accessibility_nor_its_window(
    browser: Browser, context: BrowserContext, place: tuple[str, str]
) -> None:
    page = context.new_page()
    _begin(page, place[0])
    dossier = page.url
    page.get_by_role("link", name="Propositions : Question 1").click()
    question = page.url
    page.goto(f"{place[0]}/rapport/question?q=Quelles+mesures+ont+%C3%A9t%C3%A9+mises+en+place&p=a.+titre")
    sketch = page.url
    size = page.viewport_size
    assert size is not None
    page.close()
    scripted = browser.new_context(viewport=size)  # axe is itself a script
    scripted.add_cookies([{"name": SESSION_COOKIE, "value": place[1], "url": place[0]}])
    shown = scripted.new_page()
    for address in (f"{place[0]}/rapport", dossier, question, sketch):
        shown.goto(address)
        assert faults(shown) == [], address
    scripted.close()
