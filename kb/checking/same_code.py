"""« l'article 132-71 du même code » before the name of the only code of a text: read once the whole text is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.codes import code_by_slug
from kb.errors import InvalidIdentifier
from kb.ids import parse_id, provision_id
from kb.model import Citation, CitationKind
from kb.text.spans import Span

_SAME = re.compile(
    r"\barticles?\s+(?P<number>(?:[LRDA]\.?\s?)?\d[\d-]*(?:\s[A-Z]\b)?)\s+(?:du\s+même|dudit)\s+code\b",
    re.IGNORECASE,
)


def with_same_code(text: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations of a text, in order, with those of "même code" that no code precedes.

    Only when the whole text cites one code: otherwise nothing tells which one is meant.
    """
    codes = {slug for c in citations for target in c.targets if code_by_slug(slug := parse_id(target).text)}
    if len(codes) != 1:
        return tuple(citations)
    code = codes.pop()
    first = min(c.start for c in citations if any(parse_id(t).text == code for t in c.targets))
    added = [c for m in _SAME.finditer(text, 0, first) if (c := _citation(m, code))]
    return tuple(sorted((*citations, *added), key=lambda c: c.start))


def _citation(match: re.Match[str], code: str) -> Citation | None:
    try:
        target = provision_id(code, match["number"])
    except InvalidIdentifier:
        return None
    return Citation((Span(*match.span()),), match[0], (target,), CitationKind.CODE, inherited=True)
