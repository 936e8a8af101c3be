"""Where the headings and the articles of a code begin, in the two layouts of the Markdown codes.

The newer layout marks every heading (`#### Chapitre V : …`, `##### Article L425-1`). The older one marks none: an
article is announced by a line `Article L425-1` alone between blank lines, and the headings are the blocks just before
it that begin with a kind and a number (`Chapitre V : …`) or a label and a colon (`I : …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.hierarchy import SATURATED, is_certain_heading
from kb.text.characters import one_line
from kb.text.spans import Span

_HASHED = re.compile(r"^(?P<marks>#{1,6})(?P<gap>[^\S\n]*)(?P<title>[^\n]*)$", re.MULTILINE)
_ANY_HASHED = re.compile(r"^#{2,6}[^\S\n]*\S", re.MULTILINE)
_ARTICLE = re.compile(r"Article\b\s*(?P<number>.*)", re.DOTALL)
_PLAIN_ARTICLE = re.compile(
    r"^Article[^\S\n]+(?P<number>(?:LO|[LRDA])?\*?\.?[^\S\n]?\d[\dA-Z-]*(?:er)?"
    r"(?:[^\S\n](?:[A-Z]{1,3}|[a-z]|bis|ter|quater|[a-z]+ies)(?:-\w+)*)*|Annexe[^\n;]{0,60}|[Pp]réambule|[Pp]réliminaire)[^\S\n]*$",
    re.MULTILINE,
)
_DOTTED = re.compile(r"[A-Z]+\*?\.")
_BLANK_AFTER = re.compile(r"[^\S\n]*(?:\n[^\S\n]*\n|\s*\Z)")
_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_MAX_TITLE = 300  # the longest heading of the codes in this layout has 263 characters
_TITLE_SHAPE = re.compile(r"(?![LRDA]O?\. ?\d|Art|Décret)[A-ZÀ-Ý1-9][^\n]{2,150}(?<![.,;:\"»])\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading or the announcement of an article at `raw[start:end]`.

    `number` is None for a heading. `broken` is True when the mark had to be mended or cannot be read.
    """

    title: str
    level: int
    start: int
    end: int
    number: str | None = None
    broken: bool = False


def find_marks(raw: str, start: int, *, hashed: bool | None = None) -> tuple[Mark, ...]:
    """The marks of a code from `start` (after its front matter), in order.

    `hashed` is the layout of the file that `raw` is a piece of; the text itself tells it when it is the whole file.
    """
    if hashed is None:
        hashed = bool(_ANY_HASHED.search(raw, start))
    return tuple(_hashed(raw, start) if hashed else _plain(raw, start))


def _hashed(raw: str, start: int) -> Iterator[Mark]:
    for match in _HASHED.finditer(raw, start):
        level = len(match["marks"])
        article = _ARTICLE.match(match["title"])
        if level == 1 and article is None:
            continue  # the title of the code
        if article:
            number = article["number"].strip()
            yield Mark(match["title"].strip(), level, *match.span(), number=number, broken=not match["gap"])
        else:
            yield _heading(raw, match, level)


def _heading(raw: str, match: re.Match[str], level: int) -> Mark:
    """A heading, which runs on the next lines up to a blank one when it is wrapped."""
    end = match.end()
    following = _BLOCK.match(raw, end + 1)
    wrapped = following is not None and not following[0].startswith("#")
    if wrapped and following is not None:
        end = following.end()
    title = one_line(raw[match.start("title") : end])
    broken = wrapped or not match["gap"] or not title or level > SATURATED
    return Mark(title, min(level, SATURATED), match.start(), end, broken=broken)


def _plain(raw: str, start: int) -> Iterator[Mark]:
    position = start
    for match in _PLAIN_ARTICLE.finditer(raw, start):
        if not (_after_blank(raw, match.start()) and _BLANK_AFTER.match(raw, match.end())):
            continue
        headings = list(_plain_headings(raw, Span(position, match.start())))
        if _DOTTED.match(match["number"]) and not headings:
            continue  # "Article R. 113-9-2": a quotation within an article, unless a heading announces it
        yield from headings
        yield Mark(match[0].strip(), SATURATED, *match.span(), number=match["number"].strip())
        position = match.end()
    yield from _plain_headings(raw, Span(position, len(raw)))


def _after_blank(raw: str, start: int) -> bool:
    """Whether the line before the one that begins at `start` is blank."""
    return not raw[raw.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip()


def _plain_headings(raw: str, gap: Span) -> Iterator[Mark]:
    """The headings at the end of a gap between two articles; what stands before them is the body of the first."""
    blocks = list(_BLOCK.finditer(raw, *gap))
    first = len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        if _is_heading(blocks[index][0]):
            first = index
        elif first == index + 2 or not _TITLE_SHAPE.match(blocks[index][0].strip()):
            break
    for block in blocks[first:]:
        lines = block[0].split("\n")
        yield Mark(one_line(block[0]), SATURATED, *block.span(), broken=len(lines) > 1)


def _is_heading(block: str) -> bool:
    return len(block) <= _MAX_TITLE and not block.startswith("#") and is_certain_heading(block)
