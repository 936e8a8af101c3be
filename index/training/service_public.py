"""Plain-language pages of the public service and the articles that their editors attached to them."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.training.articles import Article, Library, code_slug
from kb.ids import canonical_number

_REFERENCE = re.compile(r"(?P<code>[^:]+?)\s*:\s*articles?\s+(?P<rest>.+)", re.IGNORECASE)
_RANGE = re.compile(r"\s+(?:à|a)\s+")
_LIST = re.compile(r"\s*,\s*|\s+et\s+")
# A reference to a whole chapter says little about any one of its articles: only its head is kept.
MAX_ARTICLES = 12


@dataclass(frozen=True, slots=True)
class Fiche:
    """One page: its title is a question of the public, `articles` what answers it in law."""

    id: str
    title: str
    description: str
    paragraphs: tuple[str, ...]
    articles: tuple[Article, ...]


def read_fiches(file: Path, libraries: Sequence[Library]) -> Iterator[Fiche]:
    """Every page, its references looked up in the first library that knows them."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            pages = {a.key: a for r in row["references"] for a in referred_articles(r, libraries)}
            paragraphs = tuple(dict.fromkeys(row["paragraphs"]))
            yield Fiche(row["id"], row["title"], row["description"], paragraphs, tuple(pages.values()))


def code_named(reference: str) -> str:
    """The slug of the code that a reference names; empty when it names a law or a decree.

    >>> code_named("Code du travail : articles L2312-81 à L2312-84")
    'code-du-travail'
    """
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None or not match["code"].lower().startswith(("code", "livre")):
        return ""
    return code_slug(match["code"])


def referred_articles(reference: str, libraries: Sequence[Library]) -> list[Article]:
    """The articles that one reference names.

    "Code du travail : articles L2312-81 à L2312-84" gives those four; a decree or a circular gives none.
    """
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None or not match["code"].lower().startswith("code"):
        return []
    code = code_slug(match["code"])
    for library in libraries:
        references = [a for part in _LIST.split(match["rest"]) for a in _part(code, part, library)]
        if references:
            return references[:MAX_ARTICLES]
    return []


def _part(code: str, part: str, library: Library) -> list[Article]:
    ends = [canonical_number(n) for n in _RANGE.split(part) if any(c.isdigit() for c in n)]
    if not ends:
        return []
    if len(ends) > 1:
        return library.between(code, ends[0], ends[-1])
    article = library.articles.get((code, ends[0]))
    return [article] if article else []
