"""A git repository of the sources folder, bare or an ordinary clone, read without the git command (docs/adr/0019)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dulwich.errors import ApplyDeltaError, ChecksumMismatch, FileFormatException, NotGitRepository
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.repo import Repo

from kb.errors import UnreadableSource

# What dulwich raises for an object that is missing, cut, or not what it says it is.
_FAULTS = (
    KeyError,
    ValueError,
    OSError,
    AssertionError,
    EOFError,
    zlib.error,
    ApplyDeltaError,
    ChecksumMismatch,
    FileFormatException,
)
MAX_COMMITS = 100_000
MAX_FILE = 50_000_000
_ENTRIES_OF_DIRECTORY = 0o040000
# Before the first, git has no date at all; after the other, no text can be known to come.
EPOCH, LAST_DAY = date(1970, 1, 2), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit. `day` is its author's, None when it has no date that can be; `tree` names its files."""

    id: str
    day: date | None
    message: str
    tree: bytes


@dataclass(frozen=True, slots=True)
class Alteration:
    """A file that a revision wrote; `blob` is None when it took it away."""

    path: str
    blob: bytes | None


class Repository:
    """One repository. `name` is what it is called in messages; `faults` are French sentences on what it lacks."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises UnreadableSource when it is no repository, or has no commit."""
        self.name = name
        self.faults: list[str] = []
        self._trees: dict[bytes, dict[str, tuple[int, bytes]]] = {}
        self._altered: tuple[tuple[Revision, tuple[Alteration, ...] | None], ...] | None = None
        try:
            self._repo = Repo(str(path))
        except (NotGitRepository, *_FAULTS) as error:
            raise UnreadableSource(f"{name} n'est pas un dépôt git lisible.") from error
        self.revisions = tuple(reversed(list(self._walk(self._head()))))
        if not self.revisions:
            raise UnreadableSource(f"{name} : le dernier commit de ce dépôt est illisible.")
        if self._repo.get_shallow():
            first = self.revisions[0].day
            since = f" du {first.isoformat()}" if first else ""
            self.faults.append(
                f"{name} est un clone superficiel : l'histoire d'avant son premier commit{since} y manque."
            )

    def close(self) -> None:
        """Let go of the files."""
        self._repo.close()

    def alterations(self) -> tuple[tuple[Revision, tuple[Alteration, ...] | None], ...]:
        """Each revision, oldest first, with the files that it wrote; None when they cannot be listed: a fault."""
        if self._altered is None:
            self._altered = tuple(self._alterations())
        return self._altered

    def _alterations(self) -> Iterator[tuple[Revision, tuple[Alteration, ...] | None]]:
        before: bytes | None = None
        for revision in self.revisions:
            try:
                altered = tuple(self._compare("", before, revision.tree))
            except _FAULTS:
                self._broken(f"le commit {revision.id[:12]}")
                yield revision, None
                continue
            if len(self._trees) > 2 * _REMEMBERED:
                self._trees = dict(list(self._trees.items())[-_REMEMBERED:])
            before = revision.tree
            yield revision, altered

    def read(self, blob: bytes) -> bytes:
        """The bytes of a file. Raises UnreadableSource when its object is missing, cut or too big."""
        try:
            found = self._repo.object_store[ObjectID(blob)]
            data = found.data if isinstance(found, Blob) else b""
        except _FAULTS as error:
            raise UnreadableSource(
                f"{self.name} : objet {blob.decode()[:12]} illisible ou absent."
            ) from error
        if len(data) > MAX_FILE:
            raise UnreadableSource(f"{self.name} : objet {blob.decode()[:12]} trop gros.")
        return data

    def _head(self) -> ObjectID:
        try:
            return self._repo.head()
        except _FAULTS:
            branches = {ref: sha for ref, sha in self._branches().items() if ref.startswith(b"refs/heads/")}
        if len(branches) != 1:
            raise UnreadableSource(
                f"{self.name} est un dépôt vide."
                if not branches
                else f"{self.name} : HEAD ne nomme aucune branche.",
                hint="Clonez-le de nouveau : git clone --bare ADRESSE.",
            )
        return next(iter(branches.values()))

    def _branches(self) -> dict[bytes, ObjectID]:
        try:
            return {bytes(ref): sha for ref, sha in self._repo.get_refs().items()}
        except _FAULTS:
            return {}

    def _walk(self, head: ObjectID) -> Iterator[Revision]:
        """From the newest to the oldest, by first parents."""
        shallow = self._repo.get_shallow()
        name: ObjectID | None = head
        for _ in range(MAX_COMMITS):
            if name is None:
                return
            try:
                commit = self._repo.object_store[name]
                if not isinstance(commit, Commit):
                    raise ValueError(name)
                yield _revision(commit)
                following = commit.parents[0] if commit.parents and name not in shallow else None
            except _FAULTS:
                self._broken(f"le commit {name.decode()[:12]}, et l'histoire d'avant lui,")
                return
            name = following

    def _broken(self, what: str) -> None:
        self.faults.append(f"{self.name} : {what} ne peut pas être lu (objet illisible ou absent).")

    def _compare(self, folder: str, before: bytes | None, after: bytes | None) -> Iterator[Alteration]:
        """The files that differ below a folder; of those that moved, both places."""
        old, new = self._entries(before), self._entries(after)
        for name in sorted({*old, *new}):
            was, now = old.get(name), new.get(name)
            if was == now:
                continue
            path = f"{folder}{name}"
            trees = [e[1] if e and e[0] == _ENTRIES_OF_DIRECTORY else None for e in (was, now)]
            if any(trees):
                yield from self._compare(f"{path}/", *trees)
            if now and now[0] != _ENTRIES_OF_DIRECTORY:
                yield Alteration(path, now[1])
            elif was and was[0] != _ENTRIES_OF_DIRECTORY:
                yield Alteration(path, None)

    def _entries(self, tree: bytes | None) -> dict[str, tuple[int, bytes]]:
        if tree is None:
            return {}
        if tree not in self._trees:
            found = self._repo.object_store[ObjectID(tree)]
            if not isinstance(found, Tree):
                raise ValueError(tree)
            self._trees[tree] = {
                e.path.decode("utf-8", "surrogateescape"): (_kind(e.mode), bytes(e.sha))
                for e in found.iteritems()
            }
        return self._trees[tree]


_REMEMBERED = 2_000
"""Folders whose listing is remembered from one revision to the next."""


def _kind(mode: int | None) -> int:
    """Of a folder, whatever its rights; of all else, its own mode."""
    return _ENTRIES_OF_DIRECTORY if ((mode or 0) & 0o170000) == _ENTRIES_OF_DIRECTORY else (mode or 0)


def _revision(commit: Commit) -> Revision:
    message = commit.message.decode("utf-8", "replace").strip()
    return Revision(commit.id.decode(), _day(commit), message, bytes(commit.tree))


def _day(commit: Commit) -> date | None:
    """The day on which it was by its author's clock; None for one before git can date, or out of all reason."""
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(
            seconds=commit.author_time + commit.author_timezone
        )
    except (OverflowError, ValueError):
        return None
    return moment.date() if date(1960, 1, 1) < moment.date() < LAST_DAY else None
