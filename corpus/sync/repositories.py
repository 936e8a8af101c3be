"""Fetching git repositories: cloned aside, opened, then in place; one already there gets what is new."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from dulwich.client import HTTPUnauthorized, get_transport_and_path
from dulwich.errors import GitProtocolError, HangupException, NotGitRepository
from dulwich.refs import Ref
from dulwich.repo import Repo
from urllib3.exceptions import HTTPError

from corpus.history.repository import Repository
from corpus.sync.run import SyncReport
from kb.errors import RenvoiError, SyncFailed
from kb.progress import Progress

_ASIDE = ".renvoi-sync"
_FAULTS = (
    GitProtocolError,
    HangupException,
    HTTPUnauthorized,
    HTTPError,
    NotGitRepository,
    OSError,
    KeyError,
    ValueError,
)


def sync_repositories(
    folder: Path, target: str, urls: Sequence[str], progress: Progress, *, force: bool = False
) -> SyncReport:
    """Clone or bring up to date each repository as `target` with its name; forced, all are cloned anew.

    One that fails stops none of the others, and leaves what stood in its place as it was.
    """
    fetched: list[str] = []
    same: list[str] = []
    failed: list[tuple[str, str]] = []
    for rank, url in enumerate(urls):
        progress("Histoire des codes", rank, len(urls))
        name = target.format(name=url.rstrip("/").rpartition("/")[2].removesuffix(".git"))
        try:
            (fetched if _bring(folder, name, url, force) else same).append(name)
        except RenvoiError as error:
            failed.append((name, error.message))
    progress("Histoire des codes", len(urls), len(urls))
    return SyncReport(tuple(fetched), tuple(same), tuple(failed))


def _bring(folder: Path, name: str, url: str, force: bool) -> bool:
    """Whether anything new came. What is new is fetched into a copy, which then takes the place of the former one."""
    place, aside = folder / name, folder / _ASIDE / name.replace("/", "_")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir() and not force:
            shutil.copytree(place, aside)
        else:
            Repo.init_bare(str(aside), mkdir=True)
        changed = _fetch(aside, url)
        Repository(aside, name).close()
        if changed:
            _swap(place, aside)
    except _FAULTS as error:
        raise SyncFailed(
            f"{name} ne peut pas être reçu de {url} : {error or type(error).__name__}."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return changed


def _fetch(aside: Path, url: str) -> bool:
    """Take what is new in; whether the branch has moved."""
    client, path = get_transport_and_path(url)
    with Repo(str(aside)) as repository:
        answer = client.fetch(path, repository)
        branch = answer.symrefs.get(Ref(b"HEAD")) or next(
            (ref for ref in answer.refs if ref.startswith(b"refs/heads/")), None
        )
        head = answer.refs.get(branch) if branch else None
        if branch is None or head is None:
            raise SyncFailed(f"{url} est un dépôt vide.")
        before = repository.refs.read_ref(branch)
        repository.refs[branch] = head
        repository.refs.set_symbolic_ref(Ref(b"HEAD"), branch)
        return before != head


def _swap(place: Path, aside: Path) -> None:
    """Put the copy in place of what stood there."""
    former = aside.with_name(f"{aside.name}.ancien")
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(former)
    aside.rename(place)
    shutil.rmtree(former, ignore_errors=True)
