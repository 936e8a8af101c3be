"""Where the built data lies: one folder a generation, and a file that names the one in service.

    data/current                 the name of the generation in service
    data/<generation>/kb.sqlite  its store (unless PostgreSQL holds it)
    data/<generation>/index/     its index
    data/<name>.new/             a build under way, or one that was killed: never served, removed by the next

The store and the index of a generation are swapped together, by one rename of `current`. A generation that some
process reads is never deleted (`service.leases`).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from kb.errors import BuildFailed, NotBuilt

_CURRENT = "current"
_UNDER_WAY = ".new"
# Between the fingerprint and the number of a generation that was built again: somebody may read the former one.
_AGAIN = "-"


@dataclass(frozen=True, slots=True)
class Generation:
    """The folder of one generation."""

    folder: Path

    @property
    def name(self) -> str:
        """Its own name: the fingerprint, and a number when another folder had it already."""
        return self.folder.name

    @property
    def fingerprint(self) -> str:
        """Of all that it was made of."""
        return self.folder.name.partition(_AGAIN)[0]

    @property
    def store(self) -> Path:
        """Its SQLite file."""
        return self.folder / "kb.sqlite"

    @property
    def index(self) -> Path:
        """Its index folder."""
        return self.folder / "index"


def current(home: Path) -> Generation:
    """The generation in service. Raises NotBuilt."""
    generation = find_current(home)
    if generation is None:
        raise NotBuilt(f"Aucune base construite dans {home}.", hint="Lancez : renvoi build.")
    return generation


def find_current(home: Path) -> Generation | None:
    """The generation in service, or None."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    generation = Generation(home / name)
    return generation if name and generation.folder.is_dir() else None


def leftovers(home: Path) -> tuple[str, ...]:
    """Names of the builds that were killed."""
    return tuple(sorted(folder.name for folder in home.glob(f"*{_UNDER_WAY}")))


def start(home: Path) -> Generation:
    """An empty folder for a build under way; what a killed build had left is removed."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        for leftover in leftovers(home):
            shutil.rmtree(home / leftover)
        generation = Generation(home / f"{os.getpid()}{_UNDER_WAY}")
        generation.folder.mkdir()
    except OSError as error:
        raise BuildFailed(
            f"Le dossier {home} ne peut pas être écrit : {error.strerror}.",
            hint="Vérifiez RENVOI_HOME, les droits et l'espace disque.",
        ) from error
    return generation


def free_name(home: Path, fingerprint: str) -> str:
    """The name of a new generation with this fingerprint: no folder that may be read is ever written over."""
    names = chain([fingerprint], (f"{fingerprint}{_AGAIN}{number}" for number in count(2)))
    return next(name for name in names if not (home / name).exists())


def put_in_service(home: Path, finished: Generation, name: str) -> None:
    """Give a finished build its name and serve it. All that needs space is written before anything moves."""
    (finished.folder / _CURRENT).write_text(name + "\n", encoding="utf-8")
    finished.folder.rename(home / name)
    os.replace(home / name / _CURRENT, home / _CURRENT)


def generations(home: Path) -> tuple[Generation, ...]:
    """Every finished generation that is still there, by name."""
    folders = sorted(home.iterdir()) if home.is_dir() else []
    return tuple(
        Generation(folder)
        for folder in folders
        if folder.is_dir() and not folder.name.endswith(_UNDER_WAY) and (folder / "index").is_dir()
    )


def retire(generation: Generation) -> None:
    """Delete a generation: out of the way by one rename, so that nobody ever opens a half of it, then removed."""
    aside = generation.folder.with_name(generation.folder.name + _UNDER_WAY)
    generation.folder.rename(aside)
    shutil.rmtree(aside)
