"""The statistics in a real Chromium: no rule of accessibility broken, nothing too wide, filtered without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from kb.model import PassageKind
from tests.builders import PENAL, code, reply, small_service
from tests.chromium import browser, served
from tests.examining import faults
from tests.test_api_statistics import CONTENT, READING

pytestmark = pytest.mark.browser
__all__ = ["browser"]

# A desk by day, a telephone by night.
SCREENS = ((1280, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    questions = sorted({figure.question for figure in READING.figures})
    answers = reply(*((number, PassageKind.ANSWER, "Des chiffres.") for number in questions))
    penal = code("code-penal", "LEGITEXT000006070719", PENAL)
    service = small_service(tmp_path_factory.mktemp("base"), penal, answers, CONTENT)
    yield from served(create_app(service.settings, lambda _: service))


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("path", ["/statistiques", "/statistiques/titres-de-sejour"])
def test_the_charts_break_no_rule_and_fit_the_window(
    browser: Browser, address: str, path: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address + path)
    assert faults(page) == []
    for box in page.locator("svg.chart").all():
        shown = box.bounding_box()
        assert shown is not None
        assert shown["width"] <= width
    assert complaints == []
    context.close()


def test_a_reader_keeps_one_form_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/statistiques")
    page.select_option("#forme", "travail-force")
    with page.expect_navigation():
        page.get_by_role("button", name="Filtrer").click()
    assert page.url.endswith("/statistiques?forme=travail-force")
    assert page.locator("svg.chart").count() == 6
    context.close()
