"""The articles in force, whole, as the peers index them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kb.ids import ProvisionId
from kb.model import PassageKind

if TYPE_CHECKING:  # what is measured apart gets articles, and loads no store of ours
    from kb.store import Reader


@dataclass(frozen=True, slots=True)
class Article:
    """One article in force on the day: its path of headings and its whole text."""

    id: ProvisionId
    heading: str
    text: str

    @property
    def code(self) -> str:
        """Slug of its code."""
        return self.id.split("/")[0]


def articles_in_force(reader: Reader, day: date) -> tuple[Article, ...]:
    """Every article with the wording in force on `day`, its passages joined in order."""
    texts: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    for passage in reader.indexed_passages():
        if passage.kind != PassageKind.ARTICLE or passage.provision is None:
            continue
        if (passage.start or date.min) <= day < (passage.end or date.max):
            texts.setdefault(passage.provision, []).append(passage.text)
            headings[passage.provision] = ". ".join(passage.heading)
    return tuple(Article(ProvisionId(name), headings[name], "\n".join(texts[name])) for name in texts)


def of_codes(articles: Iterable[Article], codes: Iterable[str]) -> tuple[Article, ...]:
    """Only the articles of these codes."""
    wanted = frozenset(codes)
    return tuple(article for article in articles if article.code in wanted)
