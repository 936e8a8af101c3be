"""Citation finders to be compared, ours among them: a text in, places and identifiers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from bench.tools.citation_scoring import Found
from kb.citations import find_citations
from kb.codes import find_code, load_codes
from kb.errors import InvalidIdentifier
from kb.ids import canonical_number, parse_id

OURS = "Renvoi"
METSLESLIENS = "metslesliens"
REGEX = "expression régulière simple"
_ACTS = {"loi": "loi", "décret": "decret", "ordonnance": "ordonnance"}
_EUROPEAN = {"directive": "dir", "règlement": "reg"}

Finder = Callable[[str], list[Found]]


def finders() -> dict[str, Finder | None]:
    """Every finder by name; None for one whose package is not installed."""
    return {OURS: ours, METSLESLIENS: _metslesliens(), REGEX: plain_regex}


def ours(text: str) -> list[Found]:
    """Our engine."""
    return [(c.start, c.end, c.targets) for c in find_citations(text)]


def plain_regex(text: str) -> list[Found]:
    """What one writes in an hour: `article` number(s) `du` code.

    >>> plain_regex("l'article 225-4-1 du code pénal")
    [(2, 31, ('code-penal/225-4-1',))]
    """
    citations: list[Found] = []
    for match in _pattern().finditer(text):
        code = find_code(match["code"])
        if code:
            numbers = re.findall(_NUMBER, match["numbers"])
            targets = tuple(f"{code.slug}/{canonical_number(number)}" for number in numbers)
            citations.append((match.start(), match.end(), targets))
    return citations


_NUMBER = r"(?:[LRDA]\.?\s?)?\d+(?:-\d+)*"


@cache
def _pattern() -> re.Pattern[str]:
    names = {name for code in load_codes() for name in (*code.full_names, *code.acronyms)}
    codes = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    separator = r"(?:,\s*|\s+et\s+)"
    return re.compile(
        rf"art(?:icles?|\.)\s+(?P<numbers>{_NUMBER}(?:{separator}{_NUMBER})*)\s+(?:du\s+)?(?P<code>{codes})\b",
        re.IGNORECASE,
    )


def _metslesliens() -> Finder | None:
    try:
        from metslesliens import donnelescandidats
    except ImportError:
        return None
    return lambda text: [_converted(candidate) for candidate in donnelescandidats(text, "structuré")]


def _converted(candidate: dict[str, Any]) -> Found:
    start, end = candidate["index"]
    text = _identifier(candidate.get("texte", {}))
    articles = candidate.get("article")
    # A code named without an article is no citation for the list: it is not held against the tool.
    if text is None or (articles is None and "/" not in text):
        return start, end, ()
    if articles is None:
        return start, end, (text,)
    listed = [articles] if isinstance(articles, str | tuple) else articles
    return start, end, tuple(target for article in listed for target in _targets(text, article))


def _identifier(act: dict[str, str]) -> str | None:
    """Our identifier of the text that a candidate names, None when it names none that we can tell."""
    name, number = act.get("nom", "").lower(), act.get("numero", "")
    if code := find_code(name):
        return code.slug
    if name in _ACTS and number:
        return f"{_ACTS[name]}/{number}"
    kind = next((short for word, short in _EUROPEAN.items() if name.startswith(word)), None)
    return f"eu/{kind}/{number}" if kind and number else None


def _targets(text: str, article: str | tuple[str, str]) -> Iterator[str]:
    numbers = (article,) if isinstance(article, str) else article
    target = f"{text}/" + "..".join(canonical_number(number) for number in numbers)
    try:
        parse_id(target)
    except InvalidIdentifier:
        return
    yield target
