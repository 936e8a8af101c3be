"""A code in the JSON of the npm package @socialgouv/legi-data: a tree of sections, with the articles in force.

    {"type": "code", "data": {"cid": "LEGITEXT…", "title": …, "dateModif": …}, "children": [
        {"type": "section", "data": {"title": …}, "children": [
            {"type": "article", "data": {"id": "LEGIARTI…", "num": "L1", "etat": "VIGUEUR", "dateDebut": ms, …}}]}]}

An article's spans count the characters of its own `texteHtml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from corpus.readers.code_body import read_body
from corpus.readers.legi.wording import FOREVER, LegiReading, LegiWording, faults_of, named, state_of
from corpus.readers.strict_json import entry, items, read_json, refused, text, whole

# The Code du travail, the longest code of the package, has 56 MB.
MAX_BYTES = 200_000_000
# The plans of the codes have at most nine levels.
_MAX_DEPTH = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Path = tuple[str, ...]


def read_legi_json(data: bytes, path: str, code: str) -> LegiReading:
    """The articles of the code of slug `code`. Raises UnreadableSource."""
    root = entry(read_json(data, path, MAX_BYTES), path)
    about = entry(root.get("data"), path)
    if root.get("type") != "code":
        raise refused(path, "ce n'est pas un code de legi-data")
    faults: list[tuple[str, str]] = []
    wordings = []
    for order, (heading, article) in enumerate(_articles(root, (), path)):
        wording = _wording(article, heading, order, (code, path, faults))
        if wording:
            wordings.append(wording)
    if not wordings:
        raise refused(path, "il ne contient aucun article")
    day = text(about, "dateModif", path)
    try:
        observed = date.fromisoformat(day[:10])
    except ValueError as error:
        raise refused(path, f"« dateModif » n'est pas une date : « {day[:40]} »") from error
    return LegiReading(" ".join(text(about, "title", path).split()), tuple(wordings), observed, tuple(faults))


def _articles(
    node: dict[str, Any], heading: Path, path: str, depth: int = 0
) -> Iterator[tuple[Path, dict[str, Any]]]:
    if depth > _MAX_DEPTH:
        raise refused(path, "ses sections sont emboîtées trop profondément")
    for child in items(node, "children", path):
        article = entry(child, path)
        about = entry(article.get("data"), path)
        if article.get("type") == "article":
            yield heading, about
        elif article.get("type") == "section":
            title = " ".join(text(about, "title", path).split())
            yield from _articles(article, (*heading, title) if title else heading, path, depth + 1)
        else:
            raise refused(path, f"il contient un élément inconnu, « {str(article.get('type'))[:40]} »")


def _wording(
    entries: dict[str, Any], heading: Path, order: int, context: tuple[str, str, list[tuple[str, str]]]
) -> LegiWording | None:
    code, path, faults = context
    legiarti, number = text(entries, "id", path), " ".join(text(entries, "num", path).split())
    written = text(entries, "etat", path)
    state = state_of(written)
    provision = named(code, number) if number else None
    if state is None or provision is None:
        if provision is None:
            faults.append(("article_sans_numero", f"Article {legiarti} sans numéro lisible : non repris."))
        return None
    html = text(entries, "texteHtml", path) or text(entries, "texte", path)
    content = read_body(html, 0, len(html))
    start, end = (_day(whole(entries, key, path), path) for key in ("dateDebut", "dateFin"))
    wording = LegiWording(
        legiarti, provision, number, state, start, None if end >= FOREVER else end, heading, content, order
    )
    faults.extend(faults_of(wording, written))
    return wording


def _day(milliseconds: int, path: str) -> date:
    """The day of a time of the package. Its days begin at midnight, in universal time."""
    try:
        return (_EPOCH + timedelta(milliseconds=milliseconds)).date()
    except OverflowError as error:
        raise refused(path, f"{milliseconds} n'est pas une date") from error
