"""The quotations of a text, each with the citation that it stands beside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kb.checking.quotations import FEWEST
from kb.model import Citation
from kb.text.spans import Span

# How far a quotation may be from the citation that it is of, in characters: before it, as "(article 5)", or after, as
# "l'article 5 dispose que". The end of a sentence between them parts them.
BEFORE, AFTER = 120, 250
_LONGEST = 2_000
_QUOTED = re.compile(rf"«([^«»]{{15,{_LONGEST}}})»|“([^“”]{{15,{_LONGEST}}})”|\"([^\"]{{15,{_LONGEST}}})\"")
_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"\n\s*\n|[.!?;]\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`words` stand at `span`, and beside the citation of rank `citation`."""

    span: Span
    words: str
    citation: int


def quotations(text: str, citations: Sequence[Citation]) -> tuple[Quotation, ...]:
    """The quotations of five words and more that stand beside a citation, in order."""
    starts = [citation.start for citation in citations]
    found = []
    for match in _QUOTED.finditer(text):
        words = match[match.lastindex or 0]
        if len(_WORD.findall(words)) < FEWEST:
            continue
        beside = _beside(text, match.span(), citations, starts)
        if beside is not None:
            found.append(Quotation(Span(*match.span(match.lastindex or 0)), words, beside))
    return tuple(found)


def _beside(
    text: str, span: tuple[int, int], citations: Sequence[Citation], starts: Sequence[int]
) -> int | None:
    """The one in brackets after it, else that before it, else that after; one within the quotation is a part of it."""
    start, end = span
    before, after = bisect_left(starts, start) - 1, bisect_left(starts, end)
    following = text[end : citations[after].start] if after < len(citations) else None
    if following is not None and _joined(following, BEFORE) and "(" in following:
        return after
    preceding = text[citations[before].end : start] if before >= 0 else None
    if preceding is not None and citations[before].end <= start and _joined(preceding, AFTER):
        return before
    return after if following is not None and _joined(following, BEFORE) else None


def _joined(between: str, reach: int) -> bool:
    """Whether a quotation and a citation so far apart are of one sentence."""
    return len(between) <= reach and not _PARTED.search(between)
