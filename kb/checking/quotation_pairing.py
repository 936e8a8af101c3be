"""The quotations of a text, each with the citation that it stands beside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.checking.quotations import FEWEST
from kb.model import Citation
from kb.text.spans import Span

# How far a quotation may be from the citation that it is of, in characters: before it, as "(article 5)", or after, as
# "l'article 5 dispose que". The end of a sentence between them parts them.
BEFORE, AFTER = 120, 250
_LONGEST = 4_000
_QUOTED = re.compile(
    rf"«([^«»]{{2,{_LONGEST}}})»|“([^“”]{{2,{_LONGEST}}})”|\"([^\"\n]{{2,{_LONGEST}}})\"", re.DOTALL
)
_WORD = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"\n\s*\n|[.!?;]\s")
_INTRODUCED = re.compile(
    r"\A,?\s(?:dispose|énonce|précise|prévoit|ajoute)\s(?:que\s|qu['’])(?P<words>[^«»“”\"]{30,900}?)(?=[.;]\s|[.;]?\s*\Z|\n\s*\n)"
)
_UNDER = re.compile(r"\b(?:aux\s+termes\s+d(?:e\s+l['’]|u\s+\S+\s+alinéa\s+de\s+l['’]))\Z", re.IGNORECASE)
_UNDER_WORDS = re.compile(r"\A\s*,\s(?P<words>[^«»“”\"]{30,900}?)(?=[.;]\s|[.;]?\s*\Z|\n\s*\n)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`words` stand at `span`, and beside the citation of rank `citation`, None when beside none.

    `quoted` is False for words that no guillemets enclose, after "dispose que" or "aux termes de".
    """

    span: Span
    words: str
    citation: int | None
    quoted: bool = True

    @property
    def is_short(self) -> bool:
        """Too few words to be told from any others: a name, a label."""
        return len(_WORD.findall(self.words)) < FEWEST


def quotations(text: str, citations: Sequence[Citation]) -> tuple[Quotation, ...]:
    """Every pair of guillemets of a text, and the blocks that are introduced without them, in order."""
    starts = [citation.start for citation in citations]
    within = []
    for match in _QUOTED.finditer(text):
        words = match[match.lastindex or 0]
        beside = _beside(text, match.span(), citations, starts)
        within.append(Quotation(Span(*match.span(match.lastindex or 0)), words, beside))
    return tuple(sorted((*within, *_blocks(text, citations)), key=lambda q: q.span.start))


def _blocks(text: str, citations: Sequence[Citation]) -> Iterator[Quotation]:
    for rank, citation in enumerate(citations):
        after = text[citation.end : citation.end + 1_000]
        under = _UNDER.search(text[max(0, citation.start - 60) : citation.start])
        match = _INTRODUCED.match(after) or (_UNDER_WORDS.match(after) if under else None)
        if match:
            start, end = match.span("words")
            place = Span(citation.end + start, citation.end + end)
            yield Quotation(place, match["words"], rank, quoted=False)


def _beside(
    text: str, span: tuple[int, int], citations: Sequence[Citation], starts: Sequence[int]
) -> int | None:
    """The one in brackets after it, else that before it, else that after; one within the quotation is a part of it."""
    start, end = span
    before, after = bisect_left(starts, start) - 1, bisect_left(starts, end)
    following = text[end : citations[after].start] if after < len(citations) else None
    if following is not None and _closed(text[start:end], following):
        following = None
    if following is not None and _joined(following, BEFORE) and "(" in following:
        return after
    preceding = text[citations[before].end : start] if before >= 0 else None
    if preceding is not None and citations[before].end <= start and _joined(_unquoted(preceding), AFTER):
        return before
    return after if following is not None and _joined(following, BEFORE) else None


def _closed(quotation: str, following: str) -> bool:
    """Whether the quotation ends its sentence, and what follows begins another: "… embauche. » Toute infraction"."""
    ended = quotation.rstrip('»”" \n\u00a0\u202f').endswith((".", "!", "?"))
    return ended and following.lstrip()[:1].isupper()


def _unquoted(between: str) -> str:
    """Without the other quotations: several may follow one citation."""
    return _QUOTED.sub("«»", between) if len(between) <= AFTER + _LONGEST else between


def _joined(between: str, reach: int) -> bool:
    """Whether a quotation and a citation so far apart are of one sentence."""
    return len(between) <= reach and not _PARTED.search(between)
