"""The link targets listed at the foot of a page, given back to the passage that they were laid on."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote_plus

from corpus.readers.questionnaire.layout import Line, Zone
from kb.model import Passage
from kb.text.spans import Span

# Rare words of the target that its passage must have, beyond those of the next best passage of the page. On the
# reply of France a lead of 1 gives wrong owners (the same site is cited all over a page), a lead of 2 none.
_MIN_LEAD = 2
# Words found in more than this share of the passages (« traite », « victimes ») tell nothing: 1 in 20.
_COMMON = 0.05
_WORD = re.compile(r"[a-z0-9]{4,}")
# Words of nearly every address, which tell nothing of its subject.
_ADDRESS_WORDS = frozenset(
    ("http", "https", "gouv", "html", "sites", "default", "files", "viewer", "libraries")
)
_PRINTED_URL = re.compile(r"(?:\w+://|www\.)\S+")


@dataclass(frozen=True, slots=True)
class Link:
    """One target, on its page; repeated lines (one a printed line of the link) count once."""

    url: str
    page: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: int
    text: str
    words: frozenset[str]


def read_links(lines: Sequence[Line]) -> list[Link]:
    """All the targets in order."""
    link_lines = (Link(line.text, line.page, line.span) for line in lines if line.zone is Zone.LINK)
    return [next(same) for _, same in groupby(link_lines, key=lambda link: (link.page, link.url))]


def owners(
    links: Sequence[Link], passages: Sequence[Passage], lines: Sequence[Line]
) -> list[tuple[int, ...]]:
    """For each link, the positions of the passages it belongs to; empty when that cannot be told.

    Told by the target printed in the passage, or by its rare words, or by standing between two links of one
    passage: targets are listed in the order of the text.
    """
    by_page = _candidates(passages, lines)
    counts = Counter(word for passage in passages for word in _words(passage.text))
    common = _ADDRESS_WORDS | {word for word, count in counts.items() if count > _COMMON * len(passages)}
    owners = [_owner(link, by_page.get(link.page, []), common) for link in links]
    for position in range(1, len(links) - 1):
        before, after = owners[position - 1], owners[position + 1]
        same_page = links[position - 1].page == links[position].page == links[position + 1].page
        if not owners[position] and len(before) == 1 and before == after and same_page:
            owners[position] = before
    return owners


def is_local(link: Link) -> bool:
    """Whether the target is a file of the author's computer, which nobody else can open."""
    return link.url.startswith("file:")


def _owner(link: Link, candidates: Sequence[_Candidate], common: Set[str]) -> tuple[int, ...]:
    if is_local(link):
        return ()
    bare = re.escape(re.sub(r"^\w+://", "", link.url).rstrip("/"))
    printed = tuple(c.passage for c in candidates if re.search(rf"{bare}/?(?![\w/-])", c.text))
    if printed:
        return printed
    words = _words(unquote_plus(link.url)) - common
    scores = sorted(((len(words & c.words), c.passage) for c in candidates), reverse=True)
    second = scores[1][0] if len(scores) > 1 else 0
    return (scores[0][1],) if scores and scores[0][0] - second >= _MIN_LEAD else ()


def _candidates(passages: Sequence[Passage], lines: Sequence[Line]) -> dict[int, list[_Candidate]]:
    """The part of each passage that stands on each page."""
    starts = [line.span.start for line in lines]
    by_page: dict[int, list[_Candidate]] = {}
    for position, passage in enumerate(passages):
        bounds: dict[int, tuple[int, int]] = {}
        for segment in passage.content.segments:
            page = lines[bisect_right(starts, segment.raw) - 1].page
            low = bounds.get(page, (segment.start, 0))[0]
            bounds[page] = (low, segment.start + segment.length)
        for page, (low, high) in bounds.items():
            text = passage.text[low:high]
            by_page.setdefault(page, []).append(
                _Candidate(position, text, _words(_PRINTED_URL.sub(" ", text)))
            )
    return by_page


def _words(text: str) -> frozenset[str]:
    """Words without accents; « l'asile » gives both "asile" and "lasile", as addresses spell it."""
    folded = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    apart = unicodedata.normalize("NFKD", text.lower().replace("’", " ").replace("'", " "))
    return frozenset(
        _WORD.findall(folded.replace("'", "")) + _WORD.findall(apart.encode("ascii", "ignore").decode())
    )
