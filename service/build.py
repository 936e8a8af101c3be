"""The build, from the sources to the generation in service: the composition root that sees both corpus and index.

Everything is written aside: until the last rename, what is in service stays so, whatever happens.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.build import update_store
from corpus.sources import OWN_KEYS, Source, discover, select_codes
from index import tokens
from index.artefacts import known_questions
from index.artefacts.build import build_index
from index.artefacts.reader import IndexReader
from index.embedding.ports import Embedder
from index.embedding.static import load_embedder
from kb.code_key import INDEXED, LINKED, READ, code_key
from kb.errors import ArtefactError, BuildFailed
from kb.progress import Progress
from kb.store import Database, Reader, Writer
from kb.store.tables import SCHEMA_VERSION
from service import releases
from service.leases import forget_unread
from service.releases import Generation
from service.settings import Settings
from service.store_location import abandon_store, forget_stores, open_store, rename_store


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: `changed` names the sources read again, `counts` the rows of the base.

    `official` is False when the sources hold no official text: the base then has our records alone. `unread` names
    the files that the base was built without, each with the reason.
    """

    generation: str
    changed: tuple[str, ...] = ()
    counts: dict[str, int] | None = None
    official: bool = True
    unread: tuple[tuple[str, str], ...] = ()


def build(
    settings: Settings, codes: Sequence[str], progress: Progress, *, force: bool = False
) -> BuildReport:
    """Bring the base up to date with the sources, for these codes or, when none is named, for all of them.

    Raises RenvoiError; then nothing has changed.
    """
    sources = select_codes(discover(settings.sources), codes)
    official = any(source.key not in OWN_KEYS for source in sources)
    embedder = load_embedder(settings.embedding_model, settings.embedding_dimension)
    name = _name(sources, embedder)
    with _alone(settings.home):
        former = None if force else releases.find_current(settings.home)
        if former and former.fingerprint == name and _serves(settings, former, embedder):
            return BuildReport(name, official=official, unread=_unread(settings, former))
        changed, counts = _build(settings, sources, _reusable(settings, former), embedder, progress)
        unread = _unread(settings, releases.find_current(settings.home))
    return BuildReport(name, tuple(sorted(changed)), counts, official, unread)


def _unread(settings: Settings, generation: Generation | None) -> tuple[tuple[str, str], ...]:
    """The files that a base was built without."""
    if generation is None:
        return ()
    database = open_store(settings, generation)
    try:
        return Reader(database).unreadable_files()
    finally:
        database.close()


def _build(
    settings: Settings,
    sources: Sequence[Source],
    former: Generation | None,
    embedder: Embedder,
    progress: Progress,
) -> tuple[frozenset[str], dict[str, int]]:
    """Build aside and put in service; the sources read again and the rows of the base."""
    forget_stores(settings, releases.leftovers(settings.home))
    aside = releases.start(settings.home)
    database = open_store(settings, aside)
    name = _name(sources, embedder)
    try:
        changed = _fill(settings, database, former, sources, progress)
        with database.transaction() as connection:
            Writer(connection).set_meta("generation", name)
        reader = Reader(database)
        build_index(reader, aside.index, former.index if former else None, embedder, progress)
        counts = reader.counts()
        replaced = releases.find_current(settings.home)
        release = releases.free_name(settings.home, name)
        rename_store(database, release)
        releases.put_in_service(settings.home, aside, release)
    except BaseException as error:
        try:
            abandon_store(database)
        finally:
            shutil.rmtree(aside.folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise BuildFailed(
                f"La construction n'a pas pu être écrite : {error.strerror or error}.",
                hint="Vérifiez l'espace disque et les droits ; l'ancienne base reste en service.",
            ) from error
        raise
    # What cannot be deleted now is tried again by the next build.
    with suppress(OSError, ArtefactError):
        spared = {release, replaced.name if replaced else release}
        forget_unread(settings.home, spared, lambda old: forget_stores(settings, [old]))
    return changed, counts


def _serves(settings: Settings, generation: Generation, embedder: Embedder) -> bool:
    """Whether a generation can be opened as a server would: a damaged one is built again."""
    database = open_store(settings, generation)
    try:
        database.check_schema()
        IndexReader.open(generation.index, database.meta().get("generation"), embedder.name)
    except ArtefactError:
        return False
    finally:
        database.close()
    return True


def _reusable(settings: Settings, former: Generation | None) -> Generation | None:
    """The generation in service when its store is readable and of our schema.

    Otherwise its index is of no use either: it keeps vectors by the store's passage keys, which then start anew.
    """
    if former is None:
        return None
    database = open_store(settings, former)
    try:
        database.check_schema()
    except ArtefactError:
        return None
    finally:
        database.close()
    return former


def _fill(
    settings: Settings,
    database: Database,
    former: Generation | None,
    sources: Sequence[Source],
    progress: Progress,
) -> frozenset[str]:
    """Start from the store in service and read what changed."""
    database.drop_schema()  # on PostgreSQL, what a killed build of the same process number may have left
    if former is not None:
        old = open_store(settings, former)
        database.copy_from(old)
        old.close()
    database.create_schema()
    return update_store(database, sources, progress)


def _name(sources: Sequence[Source], embedder: Embedder) -> str:
    """The generation's name: a fingerprint of all that it is made of."""
    code = " ".join(code_key(*paths) for paths in (READ, LINKED, INDEXED))
    made_with = f"{SCHEMA_VERSION} {embedder.name} {tokens.version()} {known_questions.version()} {code}"
    digest = sha256(made_with.encode())
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
