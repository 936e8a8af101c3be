"""Leases: a generation that some process reads is never deleted.

A lease is a shared lock on the manifest of a generation: the kernel gives it back when the process ends, however it
ends, and a reader needs no right to write. Who wants to delete asks for the lock alone, and goes without when it is
held. The manifest lies in RENVOI_HOME whatever holds the store, so that one rule serves SQLite and PostgreSQL.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.artefacts.manifest import manifest_path
from kb.errors import NotBuilt
from service.releases import Generation, generations, retire


@dataclass(slots=True)
class Lease:
    """Held from `take_lease` to `release`."""

    generation: Generation
    descriptor: int | None

    def release(self) -> None:
        """Give the generation back; a second time does nothing."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def take_lease(generation: Generation) -> Lease:
    """Hold a generation while it is read. Raises NotBuilt when it has just been deleted."""
    path = manifest_path(generation.index)
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise NotBuilt(f"La base {generation.name} n'est plus là.", hint="Lancez : renvoi build.") from error
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    if not path.is_file():  # deleted between the two
        os.close(descriptor)
        raise NotBuilt(f"La base {generation.name} n'est plus là.", hint="Lancez : renvoi build.")
    return Lease(generation, descriptor)


@contextmanager
def alone_with(generation: Generation) -> Iterator[bool]:
    """Hold a generation that nobody else reads; False when somebody does. One without a manifest has no reader."""
    try:
        descriptor = os.open(manifest_path(generation.index), os.O_RDONLY)
    except OSError:
        yield True
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def forget_unread(home: Path, spared: Collection[str], drop: Callable[[str], None]) -> None:
    """Delete the generations that nobody reads, but those spared: the store by `drop`, then the folder.

    A deletion that is killed half-way is taken up by the next build, since the folder goes last.
    """
    for generation in generations(home):
        if generation.name in spared:
            continue
        with alone_with(generation) as alone:
            if alone:
                drop(generation.name)
                retire(generation)
