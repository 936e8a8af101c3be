"""Decisions through the API of Judilibre: a search for each question of the manifest, then each decision in full."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from corpus.sync.manifest import Origin
from corpus.sync.piste import Piste
from corpus.sync.run import Job
from kb.errors import SyncFailed

PAGE_SIZE = 50
# The API serves nothing beyond its ten-thousandth result; the best of each question are enough.
_MAX_PAGES = 10
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def judilibre_jobs(origin: Origin, piste: Piste) -> tuple[Job, ...]:
    """One job a decision found, each once. Raises SyncFailed when the search does not answer."""
    found = dict.fromkeys(name for query in origin.queries for name in _found(piste, query))
    return tuple(
        Job(origin.target.format(id=name), f"{origin.url}/decision?id={name}", partial(_fetch, piste, name))
        for name in found
    )


def _found(piste: Piste, query: str) -> Iterator[str]:
    for page in range(_MAX_PAGES):
        answer = piste.get("/search", query=query, operator="exact", page=page, page_size=PAGE_SIZE)
        if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
            raise SyncFailed(
                f"Judilibre ne répond pas à la recherche « {query} » comme sa documentation le dit."
            )
        yield from (_checked(result.get("id")) for result in answer["results"])
        if not answer.get("next_page"):
            return


def _checked(name: object) -> str:
    """An identifier that can name a file."""
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise SyncFailed(f"Judilibre donne un identifiant de décision inattendu : {str(name)[:40]!r}.")
    return name


def _fetch(piste: Piste, name: str, part: Path) -> None:
    decision = piste.get("/decision", id=name, resolve_references="true")
    if not isinstance(decision, dict) or decision.get("id") != name:
        raise SyncFailed(f"Judilibre ne donne pas la décision {name}.")
    part.write_text(json.dumps(decision, ensure_ascii=False), encoding="utf-8")
