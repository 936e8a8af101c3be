"""The names behind the row numbers of an index: provisions, codes, documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_FILE = "names.json"


@dataclass(frozen=True, slots=True)
class Names:
    """Lists of identifiers; the position is the row number used in `PassageTable`."""

    provisions: tuple[str, ...]
    codes: tuple[str, ...]
    documents: tuple[str, ...]

    def save(self, folder: Path) -> None:
        """Write `names.json`."""
        data = {"provisions": self.provisions, "codes": self.codes, "documents": self.documents}
        (folder / _FILE).write_text(json.dumps(data), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Names:
        """Read `names.json`."""
        data = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(tuple(data["provisions"]), tuple(data["codes"]), tuple(data["documents"]))


class Numbering:
    """Gives each new name the next row number."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._rows = {name: row for row, name in enumerate(names)}

    def __call__(self, name: str) -> int:
        return self._rows.setdefault(name, len(self._rows))

    def names(self) -> tuple[str, ...]:
        """All names, by row number."""
        return tuple(self._rows)
