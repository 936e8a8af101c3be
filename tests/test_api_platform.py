"""What a platform needs: conditional requests, compression, the embedded card, oEmbed, feeds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from lxml import etree
from starlette.testclient import TestClient

from api.app import create_app
from api.http.access import Access
from api.http.leasing import Leasing
from api.presenters.feeds import FeedEntry, FeedTitle, atom
from service.settings import Settings
from tests.builders import LAST_DAY, small_service
from tests.serving import served, signed_in
from workplace.signing_in import make_account
from workplace.store import WorkplaceDatabase

PROVISION = "code-penal/225-4-1"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EMBEDDERS = "https://enm.example.fr, https://autre.example.fr:8443"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("base")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx2.Client]:
    """A client of a real server over a small base."""
    with ExitStack() as stack:
        service = small_service(home)
        app = create_app(Settings(home=home, embed_origins=EMBEDDERS), lambda _: service)
        address = stack.enter_context(served(app))
        yield stack.enter_context(httpx2.Client(base_url=address))


@pytest.mark.parametrize(
    "path",
    [
        f"/v1/provisions/{PROVISION}",
        "/v1/provisions?query=bande",
        f"/dispositions/{PROVISION}",
        "/recherche?q=bande",
        "/",
    ],
)
def test_what_the_client_already_has_is_not_sent_again(client: httpx2.Client, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert {"Cookie", "Authorization"} <= set(first.headers["vary"].replace(",", " ").split())
    for given in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
        assert "content-security-policy" in again.headers
    assert client.get(path, headers={"if-none-match": '"autre"'}).status_code == 200


def test_another_answer_has_another_tag(client: httpx2.Client) -> None:
    tags = [
        client.get(f"/v1/provisions?query={word}").headers["etag"] for word in ("bande", "traite", "décret")
    ]
    assert len(set(tags)) == 3


def test_another_generation_has_another_tag(tmp_path: Path) -> None:
    tags = []
    for name in ("une", "autre"):
        (tmp_path / name).mkdir()
        service = small_service(tmp_path / name)
        object.__setattr__(service, "generation", name)
        with TestClient(create_app(Settings(home=tmp_path), lambda _, s=service: s)) as found:  # type: ignore[misc]
            tags.append(found.get(f"/v1/provisions/{PROVISION}").headers["etag"])
    assert tags[0] != tags[1]


def test_errors_and_the_pages_of_who_is_signed_in_are_kept_by_no_cache(
    client: httpx2.Client, home: Path
) -> None:
    missing = client.get("/v1/provisions/code-penal/999-99", headers={"if-none-match": "*"})
    assert missing.status_code == 404
    assert "etag" not in missing.headers
    database = WorkplaceDatabase.open(home, None)
    make_account(database, "anne", "Anne", "quatre mots sans suite")
    database.close()
    with httpx2.Client(base_url=client.base_url) as browser:
        assert browser.get("/connexion").headers["cache-control"] == "no-store"
        signed_in(browser, "anne", "quatre mots sans suite")
        page = browser.get("/recherche?q=bande", headers={"if-none-match": "*"})
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert "etag" not in page.headers
        data = browser.get(f"/v1/provisions/{PROVISION}")
        assert data.headers["cache-control"] == "private, no-cache"


def test_answers_are_compressed_for_who_reads_that(client: httpx2.Client) -> None:
    plain = client.get("/recherche?q=bande", headers={"accept-encoding": "identity"})
    small = client.get("/recherche?q=bande", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 2
    assert small.headers["etag"] == plain.headers["etag"]


def test_what_surrounds_a_request_takes_about_a_millisecond_at_most(home: Path) -> None:
    """The best of many, one after the other, with and without it: the machine may be busy with something else."""
    service = small_service(home / "..")
    whole, bare = (create_app(Settings(home=home), lambda _: service) for _ in range(2))
    bare.user_middleware = [m for m in bare.user_middleware if m.cls in (Access, Leasing)]
    best = {"whole": 1.0, "bare": 1.0}
    with TestClient(whole) as first, TestClient(bare) as second:
        for _ in range(200):
            for name, asking in (("whole", first), ("bare", second)):
                started = time.perf_counter()
                assert asking.get("/recherche?q=bande").status_code == 200
                best[name] = min(best[name], time.perf_counter() - started)
    assert best["whole"] - best["bare"] < 0.002, best


def test_the_card_may_be_shown_by_the_sites_of_the_setting_and_nothing_else_may(
    client: httpx2.Client,
) -> None:
    card = client.get(f"/embed/dispositions/{PROVISION}")
    assert card.status_code == 200
    policy = card.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://enm.example.fr https://autre.example.fr:8443")
    assert "default-src 'self'" in policy
    assert "La traite des êtres humains est le fait" in card.text
    assert "Code pénal, art. 225-4-1" in card.text
    assert f'href="{client.base_url.join("/dispositions/" + PROVISION)}"' in card.text
    assert "<script>" not in card.text
    for path in ("/", f"/dispositions/{PROVISION}", "/connexion", f"/v1/provisions/{PROVISION}"):
        assert client.get(path).headers["content-security-policy"].endswith("frame-ancestors 'none'")
    former = client.get(f"/embed/dispositions/{PROVISION}?date=2012-01-01")
    assert former.text.count('class="candidate"') == 2
    assert "La traite est punie." in former.text
    assert client.get("/embed/dispositions/code-penal/999-99").status_code == 404


def test_without_the_setting_no_site_shows_the_card(home: Path) -> None:
    service = small_service(home / "..")
    with TestClient(create_app(Settings(home=home), lambda _: service)) as found:
        policy = found.get(f"/embed/dispositions/{PROVISION}").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'none'")


def test_the_page_of_a_provision_leads_to_its_card_and_to_the_feed_of_its_code(client: httpx2.Client) -> None:
    page = etree.HTML(client.get(f"/dispositions/{PROVISION}").text)
    (address,) = page.xpath("//link[@type='application/json+oembed']/@href")
    card = client.get(address).json()
    assert (card["type"], card["version"], card["title"]) == ("rich", "1.0", "Code pénal, art. 225-4-1")
    (frame,) = etree.HTML(card["html"]).xpath("//iframe")
    assert frame.get("src") == str(client.base_url.join(f"/embed/dispositions/{PROVISION}"))
    assert "allow-scripts" not in frame.get("sandbox")
    assert client.get(frame.get("src")).status_code == 200
    (feed,) = page.xpath("//link[@type='application/atom+xml']/@href")
    assert client.get(feed).status_code == 200


def test_oembed_keeps_to_the_size_and_the_day_asked_for(client: httpx2.Client) -> None:
    url = str(client.base_url.join(f"/dispositions/{PROVISION}?date=2012-01-01"))
    card = client.get("/v1/oembed", params={"url": url, "maxwidth": 300, "maxheight": 200}).json()
    assert (card["width"], card["height"]) == (300, 200)
    assert "?date=2012-01-01" in card["html"]


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://ailleurs.example/dispositions/code-penal/225-4-1", 404),
        ("{here}/recherche?q=x", 404),
        ("{here}/dispositions/code-penal/999-99", 404),
        ('{here}/dispositions/"><script>alert(1)</script>', 404),
        ("{here}/dispositions/code-penal/225-4-1?date=demain", 400),
        ("http://[", 400),
        ("", 404),
        ("javascript:alert(1)", 404),
        ("//ailleurs.example/dispositions/code-penal/225-4-1", 404),
    ],
)
def test_oembed_answers_for_our_provisions_alone(client: httpx2.Client, url: str, status: int) -> None:
    here = str(client.base_url).rstrip("/")
    answer = client.get("/v1/oembed", params={"url": url.replace("{here}", here)})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_feed_of_a_code_tells_what_changed_between_its_consolidations(client: httpx2.Client) -> None:
    answer = client.get("/flux/codes/code-penal")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    (entry,) = feed.findall("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == "Code pénal, art. 225-4-1 : nouvelle rédaction"
    assert entry.findtext("a:updated", namespaces=ATOM) == f"{LAST_DAY}T00:00:00+00:00"
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:renvoi:version:{PROVISION}:{LAST_DAY}"
    (link,) = entry.findall("a:link", ATOM)
    assert client.get(link.get("href")).status_code == 200
    assert feed.findtext("a:updated", namespaces=ATOM) == f"{LAST_DAY}T00:00:00+00:00"
    quiet = etree.fromstring(client.get("/flux/codes/ceseda").content)
    assert not quiet.findall("a:entry", ATOM)
    assert client.get("/flux/codes/code-du-travail").status_code == 404
    assert client.get("/flux/codes/x%00").status_code in (400, 404)


def test_a_feed_is_sound_whatever_its_titles_hold() -> None:
    about = FeedTitle("<b>&\x00\x1b", "https://renvoi.example/flux", "https://renvoi.example/")
    entry = FeedEntry("k", "]]><script>", "https://renvoi.example/?a=1&b=2", LAST_DAY, "\ud800 fin")
    feed = etree.fromstring(atom(about, [entry]))
    assert feed.findtext("a:title", namespaces=ATOM) is not None
    assert feed.find("a:entry", ATOM).findtext("a:title", namespaces=ATOM) == "]]><script>"
    assert not feed.xpath("//*[local-name()='script']")
