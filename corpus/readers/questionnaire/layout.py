"""Pages of a reply extracted from a PDF, each line sorted into body, footnotes, links or page furniture.

The extraction leaves, page after page: the body, a long run of spaces (the rule above the footnotes), the
footnotes, the targets of the page's links one a line, then the next page, whose first line begins with a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from kb.text.spans import Span


class Zone(StrEnum):
    """What part of the page a line stands in."""

    BODY = "corps"
    NOTE = "note"
    LINK = "lien"
    FURNITURE = "habillage"


class Gap(IntEnum):
    """What separates a line from the one above it in the file."""

    NONE = 0
    SPACING = 1
    """An empty line: spacing between paragraphs, or between all the lines of a widely spaced paragraph."""
    PARAGRAPH = 2
    """A line that holds only a space: an empty paragraph of the original, never found inside a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its raw place without outer blanks, and what it shows (`spans`, `text`)."""

    span: Span
    page: int
    gap: Gap
    zone: Zone
    spans: tuple[Span, ...]
    text: str


# The rule above the footnotes is a run of 59 spaces in the reply of France; ordinary blank lines have at most 2.
_MIN_RULE = 20
_PAGE_START = re.compile(r" +\S")
_HEADER_RULE = re.compile(r"_{10,}$")
_HEADER = re.compile(r"(\d+\s+\S.{0,60}|\S.{0,60}\s+\d+)$")
_LINK = re.compile(r"(?:https?|ftp|file|mailto):\S+$")
_WORDS = re.compile(r"\S+(?:\s\S+)*")


@dataclass(slots=True)
class _Draft:
    span: Span
    page: int
    gap: Gap
    zone: Zone


def read_lines(raw: str, *, fed: bool | None = None) -> list[Line]:
    """All non-blank lines in order, with their page and their zone.

    `fed` tells whether form feeds, and nothing else, open the pages; None: they do when there is one.

    >>> [(line.text, line.zone.value) for line in read_lines(" Le CESEDA6.\\n\\n" + " " * 59 + "\\n6 Article 1.")]
    [('Le CESEDA6.', 'corps'), ('6 Article 1.', 'note')]
    """
    drafts = _drafts(raw, "\f" in raw if fed is None else fed)
    _mark_links(raw, drafts)
    return [show(raw, Line(d.span, d.page, d.gap, d.zone, (), "")) for d in drafts]


def show(raw: str, line: Line, cuts: tuple[Span, ...] = ()) -> Line:
    """The same line with what it shows: runs of blanks become one, the spans of `cuts` are left out."""
    bounds = [line.span.start, *(edge for cut in cuts for edge in cut), line.span.end]
    spans = [
        Span(start + m.start(), start + m.end())
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for m in _WORDS.finditer(raw[start:end])
    ]
    readable = "".join(p if isinstance(p, str) else raw[p.start : p.end] for p in spaced(raw, spans))
    return Line(line.span, line.page, line.gap, line.zone, tuple(spans), readable)


def spaced(raw: str, spans: list[Span] | tuple[Span, ...]) -> list[Span | str]:
    """The spans of a line with one space wherever blanks part two of them in the source."""
    pieces: list[Span | str] = []
    for span in spans:
        if pieces and (raw[span.start - 1].isspace()):
            pieces.append(" ")
        pieces.append(span)
    return pieces


def _drafts(raw: str, feeds: bool) -> list[_Draft]:
    """Cut the lines; the page, the gap and the rule above the footnotes are told by blanks alone."""
    drafts: list[_Draft] = []
    page, gap, zone = 0, Gap.NONE, Zone.BODY
    for match in re.finditer(r"[^\n]*\n?", raw):
        line = match[0].rstrip("\r\n")
        if "\f" in line if feeds else _PAGE_START.match(line):
            page, zone = page + 1, Zone.BODY
        text = line.strip()
        if _HEADER_RULE.match(text):
            _mark_header(raw, drafts)
            drafts.append(_Draft(Span(match.start(), match.start() + len(line)), page, gap, Zone.FURNITURE))
            page, zone = page + 1, Zone.BODY
        elif text:
            start = match.start() + line.index(text[0])
            drafts.append(_Draft(Span(start, start + len(text)), page, gap, zone))
            gap = Gap.NONE
        elif len(line) >= _MIN_RULE:
            zone, gap = Zone.NOTE, Gap.NONE
        elif match[0]:
            gap = max(gap, Gap.PARAGRAPH if line else Gap.SPACING)
    return drafts


def _mark_header(raw: str, drafts: list[_Draft]) -> None:
    """The line with the page number, above the rule of underscores of a page header."""
    if drafts and _HEADER.match(raw[drafts[-1].span.start : drafts[-1].span.end]):
        drafts[-1].zone = Zone.FURNITURE


def _mark_links(raw: str, drafts: list[_Draft]) -> None:
    """The lines that end a page and are each one link target."""
    ended: set[int] = set()
    for draft in reversed(drafts):
        if draft.page in ended:
            continue
        if _LINK.match(raw[draft.span.start : draft.span.end]):
            draft.zone = Zone.LINK
        elif draft.zone is not Zone.FURNITURE:
            ended.add(draft.page)
