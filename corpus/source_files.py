"""The files of the sources folder: found, and read without ever leaving the folder or filling the memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.archives import read_member
from kb.errors import UnreadableSource

# The longest real source is 56 MB (Code du travail in JSON); the reports of GRETA in PDF have less than 10 MB.
MAX_FILE_BYTES = 300_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file: `path` is relative to the sources folder, `day` the date of a snapshot."""

    path: str
    data: bytes
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: below `root`, or as `member` of the archive there. `day` is the date of a snapshot."""

    root: Path
    path: Path
    day: date | None = None
    member: str = ""
    prefix: str = ""

    @property
    def name(self) -> str:
        """What it is called in messages and in the base."""
        below = f"{self.prefix}{self.path.relative_to(self.root).as_posix()}"
        return f"{below}!{self.member}" if self.member else below


def files_of(folder: Path) -> list[Path]:
    """The files below a folder, in order, hidden ones left out; links too, which `read_place` judges."""
    paths = sorted(p for p in folder.rglob("*") if p.is_symlink() or p.is_file())
    return [p for p in paths if not any(part.startswith(".") for part in p.relative_to(folder).parts)]


def read_place(place: Place) -> SourceFile:
    """The bytes of a file. Raises UnreadableSource, for a file that a link places outside of the folder too."""
    checked = checked_path(place)
    try:
        data = read_member(checked, place.member, place.name) if place.member else checked.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{place.name} ne peut pas être lu : {error.strerror}.") from error
    return SourceFile(place.name, data, place.day)


def checked_path(place: Place) -> Path:
    """The file itself, once it is known to be one of the folder and of a size that can be read."""
    try:
        real = place.path.resolve(strict=True)
        if not real.is_relative_to(place.root.resolve()):
            raise UnreadableSource(
                f"{place.name} est un lien vers un fichier hors du dossier des sources : il n'est pas lu.",
                hint="Copiez le fichier lui-même dans le dossier.",
            )
        size = real.stat().st_size
    except (OSError, RuntimeError) as error:  # RuntimeError: links that turn in a circle
        raise UnreadableSource(f"{place.name} ne peut pas être lu : {error}.") from error
    if not real.is_file():
        raise UnreadableSource(f"{place.name} ne peut pas être lu : ce n'est pas un fichier.")
    if size > MAX_FILE_BYTES:
        raise UnreadableSource(
            f"{place.name} pèse {size // 1_000_000} Mo : au plus {MAX_FILE_BYTES // 1_000_000} Mo sont lus."
        )
    return real
