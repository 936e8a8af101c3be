"""The codes in Markdown (consolidated LEGI texts): their articles, with the path of headings and the exact place.

A file is a YAML front matter, then headings and articles in the order of the code. Some articles stand outside the
plan: leftovers of an older version of the code, which the source could not hang anywhere. They are kept and marked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.hierarchy import Plan
from corpus.readers.code_body import read_body, residue
from corpus.readers.code_faults import Faults
from corpus.readers.code_layout import Mark, find_marks
from corpus.readers.code_place import is_misplaced, plan_start
from kb.errors import InvalidIdentifier, UnreadableSource
from kb.ids import DocumentId, ProvisionId, provision_id
from kb.model import Anomaly, Document, DocumentKind
from kb.text.spans import MappedText, Span

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<lines>.*?\n)---[^\S\n]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"(?P<key>[A-Za-z_]+):[^\S\n]*(?P<value>.*)")
_REQUIRED = ("title", "identifier", "source", "last_updated")
_CUT_NUMBER = re.compile(r"(?:[-./,(]|\bà|\b[dl]['’])\Z")


@dataclass(frozen=True, slots=True)
class CodeArticle:
    """One article of one snapshot. `span` is its announcement and body in the raw source.

    `outside_plan` is True for an article that stands before the plan (its `heading` is empty), or in a part of the
    code that cannot be its own (see `corpus.readers.code_place`).
    """

    id: ProvisionId
    number: str
    heading: tuple[str, ...]
    content: MappedText
    position: int
    outside_plan: bool
    span: Span


@dataclass(frozen=True, slots=True)
class CodeReading:
    """One code at one date."""

    document: Document
    raw: str
    slug: str
    articles: tuple[CodeArticle, ...]
    anomalies: tuple[Anomaly, ...]


def front_matter(data: bytes, path: str = "code") -> dict[str, str]:
    """The entries of the front matter: `title`, `identifier`, `last_updated`, `source`… (`path` is for the messages)

    >>> front_matter(b'---\\ntitle: "Code p\\xc3\\xa9nal"\\nrank: code\\n---\\n')
    {'title': 'Code pénal', 'rank': 'code'}

    Raises UnreadableSource when the file is empty, is not UTF-8 or has no front matter.
    """
    return _entries(_decode(data, path), path)[0]


def read_code(data: bytes, path: str, day: date, slug: str) -> CodeReading:
    """Read the code `slug` as its file `path` gives it at `day`.

    Raises UnreadableSource when the file is empty, truncated, not UTF-8, without front matter or without article.
    """
    raw = _decode(data, path)
    entries, start = _entries(raw, path)
    document = Document(
        DocumentId(f"{slug}@{day.isoformat()}"),
        DocumentKind.CODE,
        entries.get("title", slug),
        path,
        hashlib.sha256(data).hexdigest(),
        day,
        entries.get("identifier"),
        entries.get("source"),
    )
    faults = Faults(document.id)
    _check_front_matter(entries, day, faults)
    articles = tuple(_articles(raw, slug, find_marks(raw, start), faults))
    if not articles:
        raise UnreadableSource(
            f"Aucun article dans « {path} ».",
            hint="Vérifier que le fichier est un code en Markdown, et entier.",
        )
    faults.add_doubles((a.id, a.span) for a in articles)
    return CodeReading(document, raw, slug, articles, faults.all())


def _articles(raw: str, slug: str, marks: tuple[Mark, ...], faults: Faults) -> Iterator[CodeArticle]:
    plan = Plan()
    opening = plan_start(marks)
    position = 0
    for mark, end in zip(marks, [*(mark.start for mark in marks[1:]), len(raw)], strict=False):
        span = Span(mark.start, end)
        if mark.number is None:
            _enter(plan, mark, faults)
            continue
        identifier = _identify(slug, mark, faults)
        if identifier is None:
            continue
        stray = mark.start < opening
        heading = () if stray else plan.path()
        content = read_body(raw, mark.end, span.end)
        outside = stray or is_misplaced(identifier, heading)
        article = CodeArticle(identifier, mark.number, heading, content, position, outside, span)
        _check_article(raw, article, mark.end, faults)
        yield article
        position += 1
    faults.add_unused_headings(plan.unused, plan.pushed)


def _enter(plan: Plan, mark: Mark, faults: Faults) -> None:
    if mark.broken:
        faults.add(
            "titre_rompu", f"Intitulé rompu ou mal formé : « {mark.title} ».", Span(mark.start, mark.end)
        )
    if mark.title:
        plan.push(mark.title, mark.level)


def _identify(slug: str, mark: Mark, faults: Faults) -> ProvisionId | None:
    """The identifier of an article; None, and an anomaly, when its number is missing or cut."""
    span = Span(mark.start, mark.end)
    number = mark.number or ""
    if mark.broken:
        faults.add("titre_rompu", f"Intitulé d'article mal formé : « {mark.title} ».", span)
    if not number:
        faults.add("article_sans_numero", "Article sans numéro : son texte n'est pas repris.", span)
        return None
    if is_cut(number):
        faults.add("titre_rompu", f"Numéro d'article coupé, texte non repris : « {mark.title} ».", span)
        return None
    try:
        return provision_id(slug, number)
    except InvalidIdentifier:
        faults.add("article_sans_numero", f"Numéro illisible, texte non repris : « {mark.title} ».", span)
        return None


def is_cut(number: str) -> bool:
    """Whether a number ends in the middle: "225-4-", "Annexe à"."""
    return bool(_CUT_NUMBER.search(number))


def _check_article(raw: str, article: CodeArticle, body: int, faults: Faults) -> None:
    if not article.content.text:
        faults.add("article_vide", f"L'article {article.id} n'a pas de texte.", article.span)
    if article.outside_plan:
        faults.add("hors_plan", f"L'article {article.id} est hors du plan du code.", article.span)
    markup = residue(raw, body, article.span.end)
    if markup:
        faults.add("residu_html", f"Balise ou entité HTML dans l'article {article.id}.", markup)


def _check_front_matter(entries: dict[str, str], day: date, faults: Faults) -> None:
    for key in _REQUIRED:
        if not entries.get(key):
            faults.add("entete_incomplet", f"L'en-tête du fichier ne donne pas « {key} ».")
    if entries.get("last_updated", "") > day.isoformat():
        faults.add(
            "date_posterieure",
            f"Le fichier du {day.isoformat()} se dit à jour au {entries['last_updated']} : "
            "il peut contenir des rédactions pas encore en vigueur.",
        )


def _decode(data: bytes, path: str) -> str:
    if not data.strip():
        raise UnreadableSource(f"Le fichier « {path} » est vide.", hint="Reprendre le fichier d'origine.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.end >= len(data) and "unexpected end" in error.reason
        what = "est coupé au milieu d'un caractère" if cut else f"n'est pas en UTF-8 (octet {error.start})"
        raise UnreadableSource(
            f"Le fichier « {path} » {what}.", hint="Reprendre le fichier d'origine."
        ) from error


def _entries(raw: str, path: str) -> tuple[dict[str, str], int]:
    """The front matter and the offset where it ends."""
    match = _FRONT_MATTER.match(raw)
    if match is None:
        raise UnreadableSource(
            f"Pas d'en-tête YAML (entre deux lignes « --- ») dans « {path} ».",
            hint="Vérifier que le fichier est un code en Markdown.",
        )
    entries = (_ENTRY.match(line) for line in match["lines"].splitlines())
    return {entry["key"]: _scalar(entry["value"].strip()) for entry in entries if entry}, match.end()


def _scalar(value: str) -> str:
    """A YAML scalar: quoted as in JSON, or plain."""
    try:
        return str(json.loads(value)) if value.startswith('"') else value
    except json.JSONDecodeError:
        return value.strip('"')
