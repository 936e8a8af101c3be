"""What was fetched into the sources folder, from where, when, with its SHA-256: `.renvoi-sync.json`, at its top."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

from kb.errors import SyncFailed

NAME = ".renvoi-sync.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file fetched; `day` is an ISO date."""

    sha256: str
    bytes: int
    url: str
    day: str


class Ledger:
    """The files fetched into a folder, by their path below it."""

    def __init__(self, folder: Path) -> None:
        """Read it. Raises SyncFailed when it is damaged: what it vouched for is then unknown."""
        self._folder = folder
        try:
            read = json.loads((folder / NAME).read_text(encoding="utf-8"))
            self.entries = {str(target): Entry(**entry) for target, entry in read["files"].items()}
        except FileNotFoundError:
            self.entries = {}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SyncFailed(
                f"{NAME} est illisible dans {folder}.",
                hint="Supprimez ce fichier, puis relancez renvoi sync.",
            ) from error

    def holds(self, target: str) -> bool:
        """Whether the file is there as it was fetched."""
        entry, path = self.entries.get(target), self._folder / target
        return entry is not None and path.is_file() and sha256_of(path) == entry.sha256

    def add(self, target: str, url: str) -> None:
        """Vouch for a file that has just taken its place."""
        path = self._folder / target
        self.entries[target] = Entry(sha256_of(path), path.stat().st_size, url, date.today().isoformat())
        files = {name: asdict(entry) for name, entry in sorted(self.entries.items())}
        aside = self._folder / f"{NAME}.part"
        aside.write_text(json.dumps({"files": files}, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(aside, self._folder / NAME)

    def faults(self) -> Iterator[str]:
        """A French sentence for each file that is gone or no longer as it was fetched."""
        for target in sorted(self.entries):
            if not (self._folder / target).is_file():
                yield f"{target} manque."
            elif not self.holds(target):
                yield f"{target} n'est plus le fichier reçu : sa somme SHA-256 a changé."


def sha256_of(path: Path) -> str:
    """In hexadecimal, read by pieces."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
