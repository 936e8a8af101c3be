"""Each kind of page over the base that is built, in a real Chromium, its heaviest and its barest among them.

None breaks a rule of accessibility, is wider than its window (nor than 320 pixels), weighs more than 150 kB with its
style sheet, or asks another host for anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from kb.errors import ArtefactError
from service.base import open_service
from service.settings import Settings
from tests.builders import REPLY
from tests.chromium import browser, served
from tests.examining import MAX_BYTES, Traffic, faults

pytestmark = pytest.mark.browser
__all__ = ["browser"]

# A desk by day, a telephone by night: every other page each, as the tests of the small base show every page in both.
SCREENS: tuple[tuple[int, str], ...] = ((1280, "light"), (390, "dark"))
PENAL, CESEDA = "/dispositions/code-penal/225-4-1", "/dispositions/ceseda/L425-1"
ADDRESSES = (
    "/",
    "/recherche?q=Quelle+peine+pour+la+traite+en+bande+organis%C3%A9e+%3F",
    "/recherche?q=p%C3%AAche+au+saumon+en+rivi%C3%A8re",
    "/recherche?q=art.+225-4-1+du+code+p%C3%A9nal",
    "/recherche?q=art.+225-4-99+du+code+p%C3%A9nal",
    "/recherche?q=proxenetisme+agravee+mineurz",
    "/recherche?q=residence+permit+for+victims+of+trafficking",
    "/recherche?q=traite&date=31-02-2020",
    PENAL,
    f"{PENAL}?date=2012-01-01",
    f"{PENAL}/comparer",
    f"{PENAL}/carte",
    f"{PENAL}/cite-par",
    CESEDA,
    "/dispositions/ceseda/L316-1",
    "/dispositions/cpp/706-73",
    "/dispositions/coe/stce-197/4",
    f"/embed{CESEDA}",
    *(f"/reponses/{REPLY}/{question}" for question in (1, 21, 42)),
    f"/sources/{REPLY}",
    f"/sources/{REPLY}?q=d%C3%A9lai+de+r%C3%A9flexion",
    "/sources",
    "/sources/ceseda@2026-04-03",
    "/sources/cass/19-19.463",
    "/dispositions/code-de-l-organisation-judiciaire/R423-1",
    "/themes",
    "/themes/definition-traite",
    "/codes",
    "/codes/ceseda",
    "/statistiques",
    "/statistiques/procedures",
    "/fiches",
    "/fiches?kind=disposition",
    "/fiches/reponse/42",
    "/fiches/code-penal/225-4-1",
    "/verifier",
    "/rapport",
    "/rapport/question?q=Quelles+mesures+prot%C3%A8gent+les+victimes+mineures+%3F&p=a.+titre+de+s%C3%A9jour",
    "/docs",
    "/docs/formes",
    "/connexion",
    "/rien",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        service = open_service(Settings())
    except ArtefactError as error:
        pytest.skip(f"no base to read: {error.message} {error.hint}")
    if (
        service.reader.provision("ceseda/L425-1") is None
        or service.reader.provision("code-penal/225-4-1") is None
    ):
        pytest.skip("the base that is built has neither the CESEDA nor the Code pénal")
    yield from served(create_app(Settings(home=tmp_path_factory.mktemp("home")), lambda _: service))


@pytest.mark.parametrize("rank", range(len(ADDRESSES)), ids=ADDRESSES)
def test_a_real_page_is_accessible_light_and_fits(browser: Browser, home: str, rank: int) -> None:
    address, (width, scheme) = ADDRESSES[rank], SCREENS[rank % 2]
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR")  # type: ignore[arg-type]
    traffic = Traffic(page)
    page.goto(home + address)
    assert traffic.weight() <= MAX_BYTES
    assert traffic.hosts == {urlsplit(home).netloc}
    assert faults(page) == []
    page.close()
