"""What a file must prove before it takes its place in the sources folder: that its reader can read it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from corpus.readers.code_markdown import front_matter, read_code
from corpus.readers.judilibre import read_decisions
from corpus.readers.legi.json_code import read_legi_json
from kb.errors import UnreadableSource

_TEXT_ID = re.compile(r"LEGITEXT\d{12}")


def verify(target: str, data: bytes) -> None:
    """Raises UnreadableSource unless these bytes are what `target`, a path below the sources folder, should hold."""
    path = PurePosixPath(target)
    if not data:
        raise UnreadableSource(f"{target} est vide.")
    if path.parts[0] == "codes" and path.suffix == ".md":
        _verify_code(target, path.stem, data)
    elif path.parts[0] == "legi" and path.suffix == ".json" and _TEXT_ID.fullmatch(path.stem):
        read_legi_json(data, target, path.stem.lower())
    elif path.parts[0] == "case_law" and path.suffix == ".json":
        read_decisions(data, target)


def _verify_code(target: str, text_id: str, data: bytes) -> None:
    identifier = front_matter(data, target).get("identifier")
    if identifier != text_id:
        raise UnreadableSource(f"{target} contient le texte {identifier or 'sans numéro'}, et non {text_id}.")
    if not read_code(data, target, date.min, text_id.lower()).articles:
        raise UnreadableSource(f"{target} ne contient aucun article.")
