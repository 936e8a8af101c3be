"""The feeds of codes, themes and dossiers: sound by RFC 4287, tagged, closed with the link that opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from api.presenters.change_feeds import change_entry
from kb.model import State
from kb.store import Database
from kb.store.changes import changes_among
from tests.builders import FIRST_DAY, LAST_DAY, Article, code, fill
from tests.dossier_server import Browser, Server, dossier_server

ATOM = "{http://www.w3.org/2005/Atom}"
PROVISION = "code-penal/225-4-1"
HOSTILE = '</title><script>alert("1")</script> & \x00\x1b ]]>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("base")) as found:
        yield found


@pytest.fixture
def anne(server: Server) -> Browser:
    return server.browser("anne")


def sound(content: bytes) -> Any:
    """The root of a feed, once it keeps to what RFC 4287 says a feed must be (§ 3.2, 3.3, 4.1.1, 4.1.2, 4.2.6.1)."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for part in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
        assert urlsplit(part.findtext(f"{ATOM}id")).scheme in ("http", "https", "urn")
        assert part.findtext(f"{ATOM}title").strip()
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo is not None
        assert [link.get("rel") or "alternate" for link in part.findall(f"{ATOM}link")].count(
            "alternate"
        ) == 1
        assert all(urlsplit(link.get("href")).netloc for link in part.findall(f"{ATOM}link"))
        for child in part:
            assert child.tag.startswith(ATOM)
            assert not len(child) or child.tag in (f"{ATOM}entry", f"{ATOM}author")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len(feed.findall(f"{ATOM}link[@rel='self']")) == 1
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(names)) == len(names)
    return feed


def titles(feed: Any) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def share(anne: Browser, dossier: str) -> str:
    """A new secret link to a dossier: the path of its page."""
    page = etree.HTML(anne.post(dossier, f"{dossier}/partages", label="Paul").text)
    return urlsplit(page.xpath("//p[@class='copy']/a/@href")[0]).path


def gathered(anne: Browser, day: date, title: str = "Traite") -> str:
    """A dossier that keeps the wording of a day."""
    dossier = anne.dossier(title)
    asked = {"disposition": PROVISION, "date": day.isoformat(), "dossier": dossier.rpartition("/")[2]}
    assert anne.post(dossier, "/dossiers/ajouter", **asked).status_code == 303
    return dossier


def test_the_feed_of_a_theme_tells_what_changed_in_its_provisions(server: Server) -> None:
    page = etree.HTML(server.client.get("/themes/definition-traite").text)
    (address,) = page.xpath("//link[@type='application/atom+xml']/@href")
    assert address in page.xpath("//main//a/@href")
    answer = server.client.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = sound(answer.content)
    assert titles(feed) == ["Code pénal, art. 225-4-1 : nouvelle rédaction"]
    (link,) = feed.findall(f"{ATOM}entry/{ATOM}link")
    assert server.client.get(link.get("href")).status_code == 200
    again = server.client.get(address, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert server.client.get("/flux/themes/rien").status_code == 404


def test_every_theme_and_code_has_a_sound_feed(server: Server) -> None:
    for page in ("/themes", "/codes"):
        links = etree.HTML(server.client.get(page).text).xpath(
            f"//main//a[starts-with(@href, '{page}/')]/@href"
        )
        assert links
        for link in links:
            (feed,) = etree.HTML(server.client.get(link).text).xpath(
                "//link[@type='application/atom+xml']/@href"
            )
            sound(server.client.get(feed).content)


def test_an_article_that_nothing_follows_is_told_as_renumbered_or_no_more_in_force(tmp_path: Path) -> None:
    numbers = ("L316-1", "L999-9")
    content = code("ceseda", "LEGITEXT000006070158", tuple(Article(n, "Après.", "Avant.") for n in numbers))
    ended = tuple(
        replace(one, versions=(replace(one.versions[0], state=State.REPEALED),)) for one in content.provisions
    )
    database = Database.sqlite(tmp_path / "kb.sqlite")
    fill(database, replace(content, provisions=ended, passages=(), citations=()))
    among = [one.id for one in ended]
    changes = changes_among(database, among, 10)
    assert [(c.provision, c.start, c.gone) for c in changes] == [(p, LAST_DAY, True) for p in among]
    assert [change_entry(change, "https://renvoi.example").title for change in changes] == [
        "CESEDA, art. L. 316-1 : devenu CESEDA, art. L. 425-1",
        "CESEDA, art. L. 999-9 : n'est plus en vigueur",
    ]
    assert changes_among(database, among[:1], 10) == changes[:1]
    assert not changes_among(database, (), 10)
    database.close()


def test_the_feed_of_a_dossier_tells_what_became_of_its_texts(server: Server, anne: Browser) -> None:
    link = share(anne, gathered(anne, FIRST_DAY))
    page = etree.HTML(server.client.get(link).text)
    (address,) = page.xpath("//link[@type='application/atom+xml']/@href")
    assert address == f"{link}/flux"
    assert address in page.xpath("//main//a/@href")
    answer = server.client.get(address)
    feed = sound(answer.content)
    (edited,) = titles(feed)  # a text chosen at a past day has not changed because the law has since
    assert edited.startswith("Traite : dossier modifié le ")
    targets = [entry.get("href") for entry in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert [urlsplit(target).path for target in targets] == [link]
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.headers["cache-control"] == "private, no-cache"


def test_what_did_not_change_is_not_in_the_feed_and_an_edit_changes_its_tag(
    server: Server, anne: Browser
) -> None:
    dossier = gathered(anne, LAST_DAY)
    address = f"{share(anne, dossier)}/flux"
    first = server.client.get(address)
    assert len(titles(sound(first.content))) == 1
    tag = first.headers["etag"]
    assert server.client.get(address, headers={"if-none-match": tag}).status_code == 304
    anne.post(dossier, f"{dossier}/modifier", title="Autre titre", note="Secret de l'auteur")
    again = server.client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert "Autre titre" in again.text
    assert first.text.partition("<updated>")[2] != again.text.partition("<updated>")[2]


def test_the_feed_of_a_dossier_tells_nothing_of_its_history(server: Server, anne: Browser) -> None:
    dossier = gathered(anne, LAST_DAY, "Avant")
    anne.post(dossier, f"{dossier}/modifier", title="Après", note="")
    text = server.client.get(f"{share(anne, dossier)}/flux").text
    assert "Après" in text
    assert not [told for told in ("Avant", "Anne", "anne") if told in text]


def test_the_feed_of_a_dossier_ends_with_its_link(server: Server, anne: Browser) -> None:
    dossier = gathered(anne, FIRST_DAY)
    address = f"{share(anne, dossier)}/flux"
    assert server.client.get(address).status_code == 200
    (revoke,) = etree.HTML(anne.get(dossier).text).xpath("//form[contains(@action, '/revoquer')]/@action")
    anne.post(dossier, revoke)
    assert server.client.get(address).status_code == 404
    for wrong in ("x", "%00", "a" * 100, "..", dossier.rpartition("/")[2]):
        assert server.client.get(f"/partages/{wrong}/flux").status_code in (400, 404)


def test_the_feed_of_a_deleted_dossier_is_gone(server: Server, anne: Browser) -> None:
    dossier = gathered(anne, FIRST_DAY)
    address = f"{share(anne, dossier)}/flux"
    anne.post(dossier, f"{dossier}/supprimer")
    assert server.client.get(address).status_code == 404


def test_a_hostile_title_stays_a_title(server: Server, anne: Browser) -> None:
    address = f"{share(anne, gathered(anne, FIRST_DAY, HOSTILE))}/flux"
    answer = server.client.get(address)
    feed = sound(answer.content)
    assert "<script" not in answer.text
    assert '<script>alert("1")</script>' in feed.findtext(f"{ATOM}title")
