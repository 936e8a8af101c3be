"""Members of compressed tar archives, read in memory and never written anywhere."""

from __future__ import annotations

import re
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kb.errors import UnreadableSource

# What an archive may unpack to. The package of the Code du travail, the largest read, holds 160 MB in 40 members.
MAX_TOTAL = 1_000_000_000
MAX_MEMBER = 200_000_000
MAX_MEMBERS = 100_000
HEAD = 4_000
_FAULTS = (tarfile.TarError, EOFError, zlib.error, ValueError)


def members(path: Path, pattern: re.Pattern[str], name: str) -> tuple[tuple[str, bytes], ...]:
    """The names of the files of an archive that match, and how each begins. `name` is for the messages.

    Raises UnreadableSource.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            return tuple(
                (member.name, file.read(HEAD))
                for member in _bounded(archive, name)
                if pattern.search(member.name) and member.isfile() and (file := archive.extractfile(member))
            )
    except (*_FAULTS, OSError) as error:
        raise _damaged(name, error) from error


def read_member(path: Path, member: str, name: str) -> bytes:
    """The bytes of one file of an archive. Raises UnreadableSource."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in _bounded(archive, name):
                if entry.name == member and entry.isfile():
                    file = archive.extractfile(entry)
                    return file.read() if file else b""
    except (*_FAULTS, OSError) as error:
        raise _damaged(name, error) from error
    raise UnreadableSource(f"{name} n'est pas dans l'archive.")


def _bounded(archive: tarfile.TarFile, name: str) -> Iterator[tarfile.TarInfo]:
    """The members, as long as they are few, small and where they should be."""
    total = 0
    for count, member in enumerate(archive):
        total += member.size
        if count >= MAX_MEMBERS or total > MAX_TOTAL or member.size > MAX_MEMBER:
            raise UnreadableSource(
                f"{name} : l'archive se déplie en plus de fichiers, ou de plus gros, qu'il n'en est lu."
            )
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts:
            raise UnreadableSource(f"{name} : l'archive contient un chemin qui en sort, {member.name[:80]}.")
        yield member


def _damaged(name: str, error: Exception) -> UnreadableSource:
    return UnreadableSource(
        f"{name} : l'archive est abîmée ou n'est pas un .tar.gz ({error}).",
        hint="Téléchargez-la de nouveau.",
    )
