"""Where the built data lies: one folder a generation, and a file that names the one in service.

    data/current                 the name of the generation in service
    data/<generation>/kb.sqlite  its store (unless PostgreSQL holds it)
    data/<generation>/index/     its index
    data/<name>.new/             a build under way, or one that was killed: never served, removed by the next

The store and the index of a generation are swapped together, by one rename of `current`.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from kb.errors import BuildFailed, NotBuilt

_CURRENT = "current"
_UNDER_WAY = ".new"


@dataclass(frozen=True, slots=True)
class Generation:
    """The folder of one generation."""

    folder: Path

    @property
    def name(self) -> str:
        """The fingerprint of all that it was made of."""
        return self.folder.name

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


def put_in_service(home: Path, finished: Generation, name: str) -> tuple[str, ...]:
    """Give a finished build its name and serve it.

    All that needs space is written before anything moves. The generation before it is kept, for a server that was
    started on it; the names of older ones, removed, are returned.
    """
    former = find_current(home)
    target = home / name
    (finished.folder / _CURRENT).write_text(name + "\n", encoding="utf-8")
    replaced = home / f"{name}{_UNDER_WAY}"
    if target.exists():
        target.rename(replaced)
    finished.folder.rename(target)
    os.replace(target / _CURRENT, home / _CURRENT)
    shutil.rmtree(replaced, ignore_errors=True)
    return _forget(home, {name, former.name if former else name})


def _forget(home: Path, names: set[str]) -> tuple[str, ...]:
    old = [f for f in home.iterdir() if f.is_dir() and f.name not in names and (f / "index").is_dir()]
    for folder in old:
        shutil.rmtree(folder)
    return tuple(folder.name for folder in old)
