"""A code through the API of Légifrance: its table of contents, then article by article, as legi-data writes it.

The articles received are kept beside the file to come, one a line: a fetch that was cut goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from corpus.sync.manifest import Origin
from corpus.sync.piste import Piste
from corpus.sync.run import Job
from kb.errors import SyncFailed

_KEPT = ("id", "cid", "num", "etat", "texte", "texteHtml", "dateDebut", "dateFin")


def legifrance_jobs(origin: Origin, piste: Piste, text_ids: Iterable[str], day: date) -> tuple[Job, ...]:
    """One job a code: its wording on `day`."""
    return tuple(
        Job(origin.target.format(text_id=text_id), origin.url, partial(_fetch, piste, text_id, day))
        for text_id in text_ids
    )


def _fetch(piste: Piste, text_id: str, day: date, part: Path) -> None:
    contents = piste.post(
        "/consult/legi/tableMatieres", {"textId": text_id, "date": day.isoformat(), "nature": "CODE"}
    )
    if (
        not isinstance(contents, dict)
        or contents.get("cid", text_id) != text_id
        or "sections" not in contents
    ):
        raise SyncFailed(f"Légifrance ne donne pas de sommaire pour {text_id} au {day.isoformat()}.")
    received = part.with_name(f"{part.name}.articles-{day.isoformat()}")
    known = dict(_received(received))
    with received.open("a", encoding="utf-8") as file:
        for name in (n for n in _names(contents) if n not in known):
            known[name] = _article(piste, name)
            file.write(json.dumps(known[name], ensure_ascii=False) + "\n")
    about = {"id": text_id, "cid": text_id, "title": contents.get("title", ""), "dateModif": day.isoformat()}
    tree = {"type": "code", "data": about, "children": _children(contents, known)}
    part.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    received.unlink()


def _received(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The articles of an earlier fetch of the same day; a line cut in its middle is left out."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            article = json.loads(line)
        except ValueError:
            return
        yield article["id"], article


def _names(node: dict[str, Any]) -> Iterator[str]:
    for article in node.get("articles") or ():
        yield article["id"]
    for section in node.get("sections") or ():
        yield from _names(section)


def _article(piste: Piste, name: str) -> dict[str, Any]:
    answer = piste.post("/consult/getArticle", {"id": name})
    article = answer.get("article") if isinstance(answer, dict) else None
    if not isinstance(article, dict) or article.get("id") != name:
        raise SyncFailed(f"Légifrance ne donne pas l'article {name}.")
    return {key: article.get(key) for key in _KEPT if article.get(key) is not None}


def _children(node: dict[str, Any], articles: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    own = [{"type": "article", "data": articles[a["id"]]} for a in node.get("articles") or ()]
    below = [
        {"type": "section", "data": {"title": s.get("title", "")}, "children": _children(s, articles)}
        for s in node.get("sections") or ()
    ]
    return own + below
