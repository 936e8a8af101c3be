"""Atom feeds (RFC 4287): one function, for whatever changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from kb.text.characters import one_line

CONTENT_TYPE = "application/atom+xml"
_NO_CHANGE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One change. `key` is the same in every feed and for ever; `url` is absolute; `day` may tell the hour too."""

    key: str
    title: str
    url: str
    day: date | datetime
    summary: str


@dataclass(frozen=True, slots=True)
class FeedTitle:
    """What a feed tells of: its title, its own absolute address, that of the page it goes with."""

    title: str
    url: str
    page: str


def atom(about: FeedTitle, entries: Iterable[FeedEntry]) -> bytes:
    """The document. Entries keep their order, latest first; control characters, which XML has not, are left out."""
    feed = FeedGenerator()
    feed.id(about.url)
    feed.title(one_line(about.title))
    feed.language("fr")
    feed.author(name="Renvoi")
    feed.link(href=about.url, rel="self", type=CONTENT_TYPE)
    feed.link(href=about.page, rel="alternate", type="text/html")
    listed = list(entries)
    feed.updated(max((_moment(entry.day) for entry in listed), default=_NO_CHANGE))
    for entry in listed:
        item = feed.add_entry(order="append")
        item.id(f"urn:renvoi:{entry.key}")
        item.title(one_line(entry.title))
        item.link(href=entry.url, rel="alternate", type="text/html")
        item.updated(_moment(entry.day))
        item.summary(one_line(entry.summary))
    document: bytes = feed.atom_str(pretty=True)
    return document


def _moment(day: date | datetime) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time.min, UTC)
