"""A history of one file an article, in folders that follow the plan: partial, and with the acts that changed them.

What a file says holds from its commit's day until the next one that writes it, or until the history's last day. A file
that is not there proves nothing: a tenth to a quarter of the articles of a code have none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from corpus.history.days import act_in_message, day_in_message, is_undated
from corpus.history.pieces import text_key
from corpus.history.repository import Alteration, Repository, Revision
from kb.errors import InvalidIdentifier, UnreadableSource
from kb.ids import DocumentId, ProvisionId, provision_id
from kb.model import Document, DocumentKind
from kb.text.spans import MappedText, Span

ARTICLE_FILE = re.compile(r"(?P<folders>.*/)?Article (?P<number>[^/]+)\.md\Z")
_RULE = re.compile(r"\A(?P<title>Article [^\n]*)\n-{3,}[^\S\n]*\n")
# Lines are wrapped at 80 columns, after a hyphen too ("celle-⏎ci"): it stays, and no space follows it.
_WRAP = re.compile(r"(?<=\w)-\n(?=\w)|[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*|[^\S\n]*\n[^\S\n]*")


@dataclass(frozen=True, slots=True)
class PartialWording:
    """An article's text from `start` on. `certain`: the source tells that day; `to_come`: it was still to come."""

    provision: ProvisionId
    key: str
    number: str
    content: MappedText
    heading: tuple[str, ...]
    document: Document
    start: date
    act: str | None
    certain: bool = True
    to_come: bool = False


@dataclass(slots=True)
class PartialHistory:
    """The wordings of each number, by day. `horizon` is the last day of which the history tells what held."""

    horizon: date
    wordings: dict[ProvisionId, list[PartialWording]] = field(default_factory=lambda: defaultdict(list))
    documents: list[Document] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ArticleFiles:
    """The article files of a repository: the code they are of, and what each revision wrote."""

    slug: str
    text_id: str
    title: str
    writings: tuple[tuple[Revision, tuple[Alteration, ...]], ...]
    horizon: date


def read_articles(repository: Repository, files: ArticleFiles) -> PartialHistory:
    """The whole history; what cannot be read is a fault of it."""
    history = PartialHistory(files.horizon)
    latest = date.min
    for revision, alterations in files.writings:
        day, certain = _day(revision, latest)
        if day is None:
            history.faults.append(_fault(repository, revision, "n'a pas de date possible : il n'est pas lu"))
            continue
        latest = max(latest, day if day <= files.horizon else date.min)
        document = _document(repository, files, revision, day, alterations)
        history.documents.append(document)
        for alteration in alterations:
            entry = _wording(repository, files, alteration, document, history)
            if entry:
                number, key, content, name, heading = entry
                history.wordings[number].append(
                    PartialWording(
                        number,
                        key,
                        name,
                        content,
                        heading,
                        document,
                        day,
                        act_in_message(revision.message, day),
                        certain,
                        day > files.horizon,
                    )
                )
    for wordings in history.wordings.values():
        wordings.sort(key=lambda wording: wording.start)
    return history


def _day(revision: Revision, latest: date) -> tuple[date | None, bool]:
    """The day of a commit, and whether it is that of the change: one of before 1970 may not tell it."""
    if revision.day is None or not is_undated(revision.day):
        return revision.day, True
    told = day_in_message(revision.message)
    if told and latest <= told < revision.day:
        return told, True
    return revision.day, False


def _fault(repository: Repository, revision: Revision, message: str) -> tuple[str, str]:
    return "date_impossible", f"{repository.name} : le commit {revision.id[:12]} {message}."


def _document(
    repository: Repository,
    files: ArticleFiles,
    revision: Revision,
    day: date,
    alterations: tuple[Alteration, ...],
) -> Document:
    """One commit: what it wrote, named by the digest of the names and objects of its files."""
    digest = sha256(
        b"\n".join(a.path.encode("utf-8", "surrogateescape") + (a.blob or b"") for a in alterations)
    )
    return Document(
        DocumentId(f"{files.slug}@{day.isoformat()}-articles"),
        DocumentKind.CODE,
        files.title,
        f"{repository.name}@{revision.id[:12]}",
        digest.hexdigest(),
        day,
        files.text_id,
        f"https://www.legifrance.gouv.fr/codes/texte_lc/{files.text_id}",
    )


_Entry = tuple[ProvisionId, str, MappedText, str, tuple[str, ...]]


def _wording(
    repository: Repository,
    files: ArticleFiles,
    alteration: Alteration,
    document: Document,
    history: PartialHistory,
) -> _Entry | None:
    """(identifier, key, text, number, headings) of a file, or None when it is no article that can be read."""
    place = ARTICLE_FILE.match(alteration.path)
    if place is None or alteration.blob is None:
        return None
    name = f"{document.path} : « {alteration.path} »"
    try:
        number = provision_id(files.slug, place["number"])
        content = read_article(repository.read(alteration.blob).decode("utf-8"))
    except (UnreadableSource, InvalidIdentifier, UnicodeDecodeError) as error:
        reason = getattr(error, "message", "il n'est pas en UTF-8")
        history.faults.append(("fichier_illisible", f"{name} n'est pas repris : {reason}"))
        return None
    heading = tuple(title for title in (place["folders"] or "").split("/") if title)
    return number, text_key(content.text), content, place["number"], heading


def read_article(raw: str) -> MappedText:
    """The text of an article file, its wrapped lines joined and one alinéa a line.

    >>> read_article("Article 1\\n----\\nEst puni\\nde celle-\\nci.\\n\\nOu non.\\n").text
    'Est puni de celle-ci.\\nOu non.'

    Raises UnreadableSource.
    """
    rule = _RULE.match(raw)
    if rule is None:
        raise UnreadableSource("ce n'est pas un article (une ligne « Article … », puis « ---- »).")
    return MappedText.join(raw, list(_joined(raw, rule.end(), len(raw.rstrip()))))


def _joined(raw: str, start: int, end: int) -> Iterator[Span | str]:
    while start < end and raw[start].isspace():
        start += 1
    for wrap in _WRAP.finditer(raw, start, end):
        hyphen = wrap[0].startswith("-")
        yield Span(start, wrap.start() + hyphen)
        if not hyphen:
            yield "\n" if wrap[0].count("\n") > 1 else " "
        start = wrap.end()
    yield Span(start, max(start, end))
