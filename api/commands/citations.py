"""`renvoi citations`: every citation of a file, one JSON line each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.console import err, french_errors
from kb.citations import find_citations
from kb.errors import NotBuilt, UnreadableSource
from kb.model import Citation, Resolution, Status
from kb.resolution.article_table import ArticleTable
from kb.resolution.resolve import resolve
from service.settings import Settings

MAX_BYTES = 50_000_000


def citations(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier de texte UTF-8.")],
    jsonl: Annotated[bool, typer.Option("--jsonl/--no-jsonl", help="Une ligne JSON par citation.")] = True,
) -> None:
    """Relever les citations d'un texte : où elles sont, ce qu'elles désignent, si cela existe.

    Les positions sont en caractères du fichier. Sans base construite, le relevé se fait, sans vérification.
    """
    with french_errors():
        text = read_text(file)
        table = _table()
        for citation in find_citations(text):
            line = _line(text, citation, resolve(citation, table))
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def _line(text: str, citation: Citation, resolutions: tuple[Resolution, ...]) -> dict[str, Any]:
    statuses = [r.status for r in resolutions]
    faulty = [s for s in statuses if s is not Status.RESOLVED]
    return {
        "char_start": citation.start,
        "char_end": citation.end,
        "spans": [[span.start, span.end] for span in citation.spans],
        "raw": text[citation.start : citation.end],
        "targets": list(citation.targets),
        "subdivision": citation.subdivision,
        "kind": citation.kind.value,
        "inherited": citation.inherited,
        "status": (faulty or statuses or [Status.NOT_IN_CORPUS])[0].value,
        "resolutions": [
            {
                "target": r.target,
                "status": r.status.value,
                "provisions": list(r.provisions),
                "message": r.message,
            }
            for r in resolutions
        ],
    }


def _table() -> ArticleTable:
    """The table of the base in service; without one every citation is told to be outside of the corpus."""
    from kb.store import Reader
    from service import releases
    from service.store_location import open_store

    settings = Settings()
    try:
        database = open_store(settings, releases.current(settings.home))
        database.check_schema()
    except NotBuilt as error:
        err.print(f"[yellow]{error.message} Les citations sont relevées sans être vérifiées.[/]")
        return ArticleTable(())
    return ArticleTable.of(Reader(database))


def read_text(path: Path) -> str:
    """The text of a file. Raises UnreadableSource."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{path.name} ne peut pas être lu : {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        raise UnreadableSource(
            f"{path.name} dépasse {MAX_BYTES // 1_000_000} Mo.", hint="Découpez le fichier."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"{path.name} n'est pas du texte UTF-8 (octet {error.start}).", hint="Enregistrez-le en UTF-8."
        ) from error
