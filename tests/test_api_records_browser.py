"""The pages of our real records in a real Chromium, examined by axe-core: no violation, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from corpus.source_reading import read_source
from corpus.sources import STARTER_KEY, discover
from tests.builders import ANSWERS, CESEDA, PENAL, REPLY, code, reply, small_service
from tests.chromium import browser, served
from tests.examining import faults

pytestmark = pytest.mark.browser
__all__ = ["browser"]

ADDRESSES = (
    "/fiches",
    "/fiches?kind=plan",
    "/fiches/reponse/21",
    "/fiches/cass/23-85.798",
    "/fiches/plan/teh-2024-2027/axe-2",
    "/fiches/terme/ocrteh",
    "/fiches/code-penal/225-4-1",
    f"/reponses/{REPLY}/21",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    records = next(source for source in discover(Path("nowhere")) if source.key == STARTER_KEY)
    service = small_service(
        tmp_path_factory.mktemp("base"),
        code("code-penal", "LEGITEXT000006070719", PENAL),
        code("ceseda", "LEGITEXT000006070158", CESEDA),
        reply(*ANSWERS),
        read_source(records),
    )
    yield from served(create_app(service.settings, lambda _: service))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_of_records_breaks_no_rule_and_fits_its_window(
    browser: Browser, server: str, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(server + address)
    assert faults(page) == []
    page.close()
