"""The histories of the sources folder: which repositories there are, and the codes that each tells of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from corpus.history.articles import ARTICLE_FILE, ArticleFiles
from corpus.history.consolidations import CodeFile
from corpus.history.repository import Alteration, Repository, Revision
from kb.codes import Code, code_by_legitext, find_code
from kb.errors import InvalidIdentifier, UnreadableSource
from kb.ids import slug

FOLDER = "history"
_CODE_FILE = re.compile(r"(?:.*/)?(LEGITEXT\d{12})\.md\Z")
_TITLE = re.compile(rb'^title:[^\S\n]*"?([^"\n]{1,300})', re.MULTILINE)
_README = re.compile(r"\A(?:README|LISEZMOI)[^/]*\Z", re.IGNORECASE)
_NAMED = re.compile(r"\b(Code [^\n,;:.()]{2,80}?)(?:\s+français\w*\b|[,;:.(\n]|\Z)")


@dataclass(frozen=True, slots=True)
class HistoryPlace:
    """A code in a repository: one file of consolidations at `file`, or, when it is "", one file an article."""

    root: Path
    path: Path
    file: str
    text_id: str
    slug: str

    @property
    def name(self) -> str:
        """What the repository is called in messages."""
        return self.path.relative_to(self.root).as_posix()


@dataclass(slots=True)
class RepositoryListing:
    """One repository: its codes with the fingerprint of what it says of each, its faults, its own fingerprint."""

    name: str
    codes: list[tuple[HistoryPlace, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    fingerprint: str = ""


def find_histories(folder: Path, today: date) -> Iterator[RepositoryListing]:
    """Every repository of `history/`, bare or an ordinary clone; one that cannot be read has faults and no code."""
    for path in sorted((folder / FOLDER).glob("*")):
        if path.name.startswith(".") or not path.is_dir():
            continue
        name = path.relative_to(folder).as_posix()
        listing = RepositoryListing(name)
        try:
            repository = _open(folder, path, name)
        except UnreadableSource as error:
            listing.faults.append(f"{error.message} {error.hint}".strip())
            listing.fingerprint = sha256(listing.faults[0].encode()).hexdigest()
        else:
            _list(repository, folder, path, listing, today)
            repository.close()
        yield listing


def open_history(place: HistoryPlace, today: date) -> tuple[Repository, CodeFile | ArticleFiles]:
    """The repository of a place, and what it holds of its code; the caller closes it. Raises UnreadableSource."""
    repository = _open(place.root, place.path, place.name)
    horizon = _horizon(repository, today)
    if place.file:
        writings = _code_writings(repository).get(place.file, [])
        return repository, CodeFile(place.file, place.slug, place.text_id, tuple(writings), horizon)
    code = code_by_legitext(place.text_id)
    title = code.title if code else place.slug
    return repository, ArticleFiles(
        place.slug, place.text_id, title, tuple(_article_writings(repository)), horizon
    )


def _open(folder: Path, path: Path, name: str) -> Repository:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableSource(
            f"{name} est un lien vers un dépôt hors du dossier des sources : il n'est pas lu.",
            hint="Copiez ou clonez le dépôt lui-même dans le dossier.",
        )
    return Repository(path, name)


def _horizon(repository: Repository, today: date) -> date:
    """The last day of which a history can tell what held: that of its last commit, never one to come."""
    return min(repository.revisions[-1].day or today, today)


def _list(repository: Repository, folder: Path, path: Path, listing: RepositoryListing, today: date) -> None:
    horizon = _horizon(repository, today).isoformat()
    head = repository.revisions[-1].id
    for file, writings in sorted(_code_writings(repository).items()):
        text_id = _CODE_FILE.fullmatch(file)[1]  # type: ignore[index]
        name = _slug(repository, text_id, writings)
        if name is None:
            listing.faults.append(
                f"{listing.name} : {file} ne donne pas le titre de ce code : il n'est pas repris."
            )
            continue
        digest = sha256(horizon.encode())
        for revision, blob in writings:
            digest.update(revision.id.encode() + (blob or b""))
        listing.codes.append((HistoryPlace(folder, path, file, text_id, name), digest.hexdigest()))
    articles = any(
        ARTICLE_FILE.match(a.path) for _, written in _article_writings(repository) for a in written
    )
    if articles:
        code = _code_of_articles(repository, path.name)
        if code is None:
            listing.faults.append(f"{listing.name} : rien ne dit de quel code ce dépôt est l'histoire.")
        else:
            place = HistoryPlace(folder, path, "", code.legitext, code.slug)
            listing.codes.append((place, sha256(f"{head} {horizon}".encode()).hexdigest()))
    elif not listing.codes and not listing.faults:
        listing.faults.append(f"{listing.name} ne contient ni code (LEGITEXT….md) ni article (Article ….md).")
    listing.faults += [fault for fault in dict.fromkeys(repository.faults) if fault not in listing.faults]
    listing.fingerprint = sha256("\n".join([head, horizon, *listing.faults]).encode()).hexdigest()


def _code_writings(repository: Repository) -> dict[str, list[tuple[Revision, bytes | None]]]:
    """By path, each time that the file of a code was written; None where it was taken away or cannot be reached."""
    found: dict[str, list[tuple[Revision, bytes | None]]] = defaultdict(list)
    for revision, altered in repository.alterations():
        if altered is None:
            for writings in found.values():
                writings.append((revision, None))
        for alteration in altered or ():
            if _CODE_FILE.fullmatch(alteration.path):
                found[alteration.path].append((revision, alteration.blob))
    return dict(found)


def _article_writings(repository: Repository) -> Iterator[tuple[Revision, tuple[Alteration, ...]]]:
    for revision, altered in repository.alterations():
        written = tuple(a for a in altered or () if ARTICLE_FILE.match(a.path))
        if written:
            yield revision, written


def _slug(repository: Repository, text_id: str, writings: list[tuple[Revision, bytes | None]]) -> str | None:
    """The registry's, or made of the title that the last file gives."""
    if code := code_by_legitext(text_id):
        return code.slug
    try:
        blob = next(blob for _, blob in reversed(writings) if blob)
        title = _TITLE.search(repository.read(blob)[:4_000])
        return slug(title[1].decode()) if title else None
    except (StopIteration, UnreadableSource, UnicodeDecodeError, InvalidIdentifier):
        return None


def _code_of_articles(repository: Repository, folder_name: str) -> Code | None:
    """The code that the README names first, else the name of the folder."""
    for revision, altered in reversed(list(repository.alterations())):
        for alteration in altered or ():
            if _README.match(alteration.path) and alteration.blob:
                text = repository.read(alteration.blob)[:2_000].decode("utf-8", "replace")
                if (named := _NAMED.search(text)) and (code := find_code(named[1].strip())):
                    return code
        del revision
    words = folder_name.removesuffix(".git").rpartition(".")[2].replace("-", " ")
    return find_code(words)
