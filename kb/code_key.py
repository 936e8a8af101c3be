"""Fingerprints of the code and of its tables: what decides the content of a base is part of its name.

A hand-kept number is forgotten one day; a hash of the files is not. A comment that changes rebuilds too: that is the
price, a minute of machine, of never serving what former rules had decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
READ = (
    "corpus",
    "kb/citations",
    "kb/records",
    "kb/store",
    "kb/text",
    "kb/codes.py",
    "kb/codes.toml",
    "kb/ids.py",
    "kb/model.py",
    "kb/numbers_anew.toml",
    "kb/reforms.py",
    "kb/reforms.toml",
    "kb/statistics.py",
)
"""What reads the sources, dates the wordings and finds the citations."""
LINKED = (
    "kb/resolution",
    "kb/concordance.py",
    "kb/concordance.toml",
    "kb/validity.py",
    "kb/french_citation.py",
    "corpus/build.py",
)
"""What resolves the citations, once all is read."""
INDEXED = ("index/artefacts", "index/embedding", "index/engines", "index/tokens.py", "index/data")
"""What makes the index of it."""
_WITHOUT_EFFECT = ("corpus/sync", "corpus/starter", "kb/store/reading.py", "index/data/model")
"""Fetching changes no reading; our records and the model have their own fingerprints; reading back writes nothing."""
_SUFFIXES = (".py", ".toml", ".tsv", ".jsonl", ".yaml")


@cache
def code_key(*paths: str, root: Path = ROOT) -> str:
    """Fingerprint these files and folders of the program, twelve hexadecimal digits."""
    digest = sha256()
    for file in sorted(_files(paths, root)):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files(paths: Iterable[str], root: Path) -> Iterable[Path]:
    for path in paths:
        place = root / path
        for file in place.rglob("*") if place.is_dir() else [place]:
            name = file.relative_to(root).as_posix()
            if file.suffix in _SUFFIXES and not name.startswith(_WITHOUT_EFFECT):
                yield file
