"""Articles of the codes, read just well enough to be training text.

Training needs many plausible texts, not exact versions: this reader is deliberately looser than the one that builds
the knowledge base, and nothing that it returns is ever shown to a reader.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import InvalidIdentifier, MissingSources
from kb.ids import canonical_number, slug

# From the outermost to the innermost division of a code; the number of "#" does not tell (a Titre and its Chapitre
# share one level in the Code pénal).
_DIVISIONS = (
    "partie",
    "livre",
    "titre",
    "chapitre",
    "section",
    "sous-section",
    "paragraphe",
    "sous-paragraphe",
)
_HEADING = re.compile(rf"#*\s*(?P<title>(?P<division>{'|'.join(_DIVISIONS)})\b.{{0,300}})", re.IGNORECASE)
_ARTICLE = re.compile(r"#*\s*Article (\S.{0,40})")
_TITLE = re.compile(r'^title: "(.+)"', re.MULTILINE)
_KEY_PARTS = re.compile(r"\d+|[a-z]+")
# The name that the citing texts or the archive use, against the slug of the official title.
_ALIASES = {"code-du-commerce": "code-de-commerce"}
# The short name of an identifier, against the slug of the official title.
_SHORT_NAMES = {"ceseda": "code-de-l-entree-et-du-sejour-des-etrangers-et-du-droit-d-asile"}
_LONG_NAMES = {long: short for short, long in _SHORT_NAMES.items()}
_ARCHIVE_SUFFIX = re.compile(r"-cgi(an\d)?$")

SortKey = tuple[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: `code` is the slug of the code's title, `heading` its path of headings."""

    code: str
    number: str
    heading: tuple[str, ...]
    text: str

    @property
    def key(self) -> tuple[str, str]:
        """What a reference names."""
        return self.code, self.number


class Library:
    """Articles by code and number; the first one given under a key wins.

    Several libraries are searched in order when a reference may be to any of their dates.
    """

    def __init__(self, articles: Iterator[Article]) -> None:
        self.articles: dict[tuple[str, str], Article] = {}
        self._by_code: dict[str, list[tuple[SortKey, Article]]] = {}
        for article in articles:
            if article.key not in self.articles:
                self.articles[article.key] = article
                self._by_code.setdefault(article.code, []).append((sort_key(article.number), article))

    def between(self, code: str, first: str, last: str) -> list[Article]:
        """The articles of `code` from `first` to `last`, both included, in the order of their numbers."""
        low, high = sort_key(first), sort_key(last)
        candidates = [(k, a) for k, a in self._by_code.get(code, ()) if low <= k <= high]
        return [a for _, a in sorted(candidates, key=lambda pair: pair[0])]


def sort_key(number: str) -> SortKey:
    """The order of article numbers: `L2 < L2-1 < L10`, laws and decrees apart."""
    prefix = re.match(r"[A-Z]*", number)
    body = number[prefix.end() if prefix else 0 :].lower()
    parts = tuple((int(p), "") if p.isdigit() else (0, p) for p in _KEY_PARTS.findall(body))
    return (prefix[0] if prefix else "", parts)


def code_slug(title: str) -> str:
    """The slug under which the articles of a code are filed."""
    value = _ARCHIVE_SUFFIX.sub("", slug(title))
    return _ALIASES.get(value, value)


def read_codes(folder: Path) -> Iterator[Article]:
    """Every article of the Markdown codes of one date."""
    files = sorted(folder.glob("*.md"))
    if not files:
        raise MissingSources(
            f"Aucun code dans {folder}.",
            hint="Indiquez le dossier des sources (option --sources ou RENVOI_SOURCES).",
        )
    for file in files:
        yield from read_code(file.read_text(encoding="utf-8"))


def read_code(markdown: str) -> Iterator[Article]:
    """The articles of one code, in the current layout (`##### Article 1`) or the older one (`Article 1`)."""
    title = _TITLE.search(markdown)
    code = code_slug(title[1]) if title else ""
    marked = re.search(r"^#+ Article ", markdown, re.MULTILINE) is not None
    path: dict[int, str] = {}
    number, lines = "", list[str]()
    for line in [*markdown.splitlines(), "##### Article 0"]:
        structural = line.startswith("#") or not marked
        article, heading = _ARTICLE.fullmatch(line), _HEADING.fullmatch(line)
        if not structural or not (article or heading):
            lines.append(line)
            continue
        text = " ".join(" ".join(lines).split())
        if number and text:
            yield Article(code, number, tuple(path[k] for k in sorted(path)), text)
        lines, number = [], _number(article[1]) if article else ""
        if heading:
            _descend(path, heading)


def read_archive(file: Path) -> Iterator[Article]:
    """The articles of a compressed JSONL archive with the keys code, article, section and text."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text, number = " ".join(row["text"].split()), _number(row["article"])
            if text and number:
                yield Article(code_slug(row["code"]), number, (row["section"],), text)


def _number(raw: str) -> str:
    try:
        return canonical_number(raw)
    except InvalidIdentifier:
        return ""


def _descend(path: dict[int, str], heading: re.Match[str]) -> None:
    level = _DIVISIONS.index(heading["division"].lower())
    for deeper in [k for k in path if k >= level]:
        del path[deeper]
    path[level] = heading["title"]


def article_key(provision: str) -> tuple[str, str]:
    """The key under which a library files a provision.

    >>> article_key("code-penal/225-4-1")
    ('code-penal', '225-4-1')
    """
    code, _, number = provision.partition("/")
    return _SHORT_NAMES.get(code, code), number


def provision_name(code: str, number: str) -> str:
    """The identifier of an article filed under this key, the inverse of `article_key`."""
    return f"{_LONG_NAMES.get(code, code)}/{number}"
