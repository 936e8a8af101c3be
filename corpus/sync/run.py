"""Fetching file after file: aside, verified, then in place; one that fails stops none of the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.sync.ledger import NAME, Ledger, sha256_of
from corpus.sync.verifying import verify
from kb.errors import RenvoiError, SyncFailed
from kb.progress import Progress

_ASIDE = ".renvoi-sync"


@dataclass(frozen=True, slots=True)
class Job:
    """One file to fetch: `fetch` writes it to the path it is given, going on with what stands there already."""

    target: str
    url: str
    fetch: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Paths below the sources folder: new, already there, and (path, French message) of those that failed."""

    fetched: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()

    def __add__(self, other: SyncReport) -> SyncReport:
        """Both together."""
        return SyncReport(self.fetched + other.fetched, self.kept + other.kept, self.failed + other.failed)


def run(folder: Path, jobs: Sequence[Job], progress: Progress, *, force: bool = False) -> SyncReport:
    """Fetch what is not there yet, or all when forced. Raises SyncFailed when the folder cannot be written."""
    try:
        (folder / _ASIDE).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SyncFailed(f"Le dossier {folder} ne peut pas être écrit : {error.strerror}.") from error
    ledger = Ledger(folder)
    fetched: list[str] = []
    unchanged: list[str] = []
    failed: list[tuple[str, str]] = []
    for done, job in enumerate(jobs):
        progress("Textes officiels", done, len(jobs))
        try:
            new = (force or not ledger.holds(job.target)) and _place(folder, job, ledger)
            (fetched if new else unchanged).append(job.target)
        except RenvoiError as error:
            failed.append((job.target, error.message))
    progress("Textes officiels", len(jobs), len(jobs))
    return SyncReport(tuple(fetched), tuple(unchanged), tuple(failed))


def _place(folder: Path, job: Job, ledger: Ledger) -> bool:
    """Fetch, verify, put in place; False when the newest snapshot already there holds the very same bytes."""
    part = folder / _ASIDE / job.target.replace("/", "_")
    job.fetch(part)
    try:
        verify(job.target, part.read_bytes())
    except RenvoiError:
        part.unlink()
        raise
    if _same_as_newest(folder, job.target, part):
        part.unlink()
        return False
    target = folder / job.target
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, target)
    ledger.add(job.target, job.url)
    return True


def _same_as_newest(folder: Path, target: str, part: Path) -> bool:
    """Whether the last snapshot of this code is the same text: a second copy under another date would tell nothing."""
    path = PurePosixPath(target)
    if path.parts[0] != "codes":
        return False
    snapshots: Iterable[Path] = sorted(folder.glob(f"codes/*/{path.name}"))
    newest = max(snapshots, default=None)
    return newest is not None and newest != folder / target and sha256_of(newest) == sha256_of(part)


def mirror_jobs(mirror: Path) -> tuple[Job, ...]:
    """A copy of every file of another sources folder. Raises SyncFailed when there is none."""
    paths = sorted(p for p in mirror.rglob("*") if p.is_file() and not p.is_symlink())
    names = [p.relative_to(mirror).as_posix() for p in paths]
    jobs = tuple(
        Job(name, path.as_uri(), _copying(path))
        for name, path in zip(names, (p.resolve() for p in paths), strict=True)
        if not any(part.startswith(".") for part in PurePosixPath(name).parts)
        and "/" in name
        and name != NAME
    )
    if not jobs:
        raise SyncFailed(
            f"{mirror} ne contient aucun texte officiel.",
            hint="Un miroir est rangé comme le dossier des sources : codes/AAAA-MM-JJ/, questionnaire/…",
        )
    return jobs


def _copying(path: Path) -> Callable[[Path], None]:
    def copy(part: Path) -> None:
        try:
            part.write_bytes(path.read_bytes())
        except OSError as error:
            raise SyncFailed(f"{path.name} ne peut pas être copié : {error.strerror}.") from error

    return copy
