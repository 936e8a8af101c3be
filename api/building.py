"""The build, from the sources to the generation in service: the composition root that sees both corpus and index.

Everything is written aside: until the last rename, what is in service stays so, whatever happens.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from api import generations
from api.generations import Generation
from api.settings import Settings
from api.stores import abandon_store, forget_stores, open_store, rename_store
from corpus.build import update_store
from corpus.sources import Source, discover, select_codes
from index import tokens
from index.build import build_index
from index.embedder import load_embedder
from index.ports import Embedder
from kb.errors import BuildFailed
from kb.progress import Progress
from kb.store import Database, Reader, Writer
from kb.store.tables import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: `changed` names the sources read again, `counts` the rows of the base."""

    generation: str
    changed: tuple[str, ...] = ()
    counts: dict[str, int] | None = None


def build(
    settings: Settings, codes: Sequence[str], progress: Progress, *, force: bool = False
) -> BuildReport:
    """Bring the base up to date with the sources, for these codes or, when none is named, for all of them.

    Raises RenvoiError; then nothing has changed.
    """
    sources = select_codes(discover(settings.sources), codes)
    embedder = load_embedder(settings.embedding_model)
    name = _name(sources, embedder)
    with _alone(settings.home):
        former = generations.find_current(settings.home)
        if former and former.name == name and not force:
            return BuildReport(name)
        return _build(settings, sources, None if force else former, embedder, progress)


def _build(
    settings: Settings,
    sources: Sequence[Source],
    former: Generation | None,
    embedder: Embedder,
    progress: Progress,
) -> BuildReport:
    aside = generations.start(settings.home)
    database = open_store(settings, aside)
    name = _name(sources, embedder)
    try:
        changed = _fill(settings, database, former, sources, progress)
        with database.transaction() as connection:
            Writer(connection).set_meta("generation", name)
        reader = Reader(database)
        build_index(reader, aside.index, former.index if former else None, embedder, progress)
        counts = reader.counts()
        rename_store(database, name)
        forget_stores(settings, generations.put_in_service(settings.home, aside, name))
    except BaseException as error:
        abandon_store(database)
        shutil.rmtree(aside.folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise BuildFailed(
                f"La construction n'a pas pu être écrite : {error.strerror or error}.",
                hint="Vérifiez l'espace disque et les droits ; l'ancienne base reste en service.",
            ) from error
        raise
    return BuildReport(name, tuple(sorted(changed)), counts)


def _fill(
    settings: Settings,
    database: Database,
    former: Generation | None,
    sources: Sequence[Source],
    progress: Progress,
) -> frozenset[str]:
    """Start from the store in service, when its schema is ours, and read what changed."""
    if former is not None:
        old = open_store(settings, former)
        if old.meta().get("schema_version") == str(SCHEMA_VERSION):
            database.copy_from(old)
        old.close()
    database.create_schema()
    return update_store(database, sources, progress)


def _name(sources: Sequence[Source], embedder: Embedder) -> str:
    """The generation's name: a fingerprint of all that it is made of."""
    digest = sha256(f"{SCHEMA_VERSION} {embedder.name} {tokens.version()}".encode())
    for source in sources:
        digest.update(f"{source.key} {source.fingerprint}".encode())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One build at a time in a data folder; the lock goes with the process, even a killed one."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / ".lock").open("w")
    except OSError as error:
        raise BuildFailed(
            f"Le dossier {home} ne peut pas être écrit : {error.strerror}.",
            hint="Vérifiez RENVOI_HOME et les droits.",
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildFailed(
                f"Une autre construction est en cours dans {home}.", hint="Attendez sa fin."
            ) from error
        yield
