"""A consolidation cut into its articles, each distinct block of text parsed once in the whole history of a code.

A history holds thousands of whole codes that differ by a few articles: cut at the announcements of articles, nine
blocks in ten thousand are new, and only those go through the readers of `corpus.readers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from corpus.readers.code_body import read_body
from corpus.readers.code_layout import Mark, find_marks
from corpus.readers.code_markdown import is_cut
from corpus.versions.concurrent import wording_key
from kb.errors import InvalidIdentifier
from kb.ids import ProvisionId, provision_id
from kb.text.spans import MappedText

_PLAIN = b"\nArticle "
_HASHED = re.compile(rb"\n(?=#{1,6}[^\S\n]*Article\b)")
_MARKED = re.compile(rb"^#{2,6}[^\S\n]*\S", re.MULTILINE)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One article of a block, or the headings that stand before it; equal to itself alone.

    `provision` is None for headings and for a number that cannot be read (`fault` tells it). `start` and `end` are in
    characters of the block, and so are the segments of `content`.
    """

    provision: ProvisionId | None
    number: str
    key: str
    content: MappedText
    headings: tuple[tuple[str, int], ...]
    start: int
    end: int
    fault: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What stands between two announcements: `length` in characters, `top` the highest level of its headings."""

    pieces: tuple[Piece, ...]
    length: int
    top: int


def text_key(text: str) -> str:
    """A short name of a wording: equal for two texts that differ by spaces and typography only.

    >>> text_key("Est puni de  l’amende.") == text_key("Est puni\\nde l'amende.")
    True
    """
    return blake2b(wording_key(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def is_hashed(body: bytes) -> bool:
    """Whether the headings of a consolidation are marked by `#`; its title always is."""
    place = body.find(b"\n##")
    return place >= 0 and _MARKED.search(body, place) is not None


@dataclass(frozen=True, slots=True)
class _Cut:
    """A consolidation, its parts, which line breaks separate, and their blocks."""

    body: bytes
    hashed: bool
    parts: list[bytes]
    blocks: list[Block]


class Cutter:
    """Cuts the consolidations of one code; what it parsed once it remembers."""

    def __init__(self, slug: str) -> None:
        self._slug = slug
        self._blocks: dict[bool, dict[bytes, Block]] = {False: {}, True: {}}
        self._announces: dict[bytes, bool] = {}
        self._last = _Cut(b"", False, [], [])

    def cut(self, body: bytes) -> tuple[Block, ...]:
        """The blocks of a consolidation without its front matter, in order; their texts joined by line breaks are it.

        Only what differs from the consolidation cut before is cut anew. Raises UnicodeDecodeError.
        """
        last, hashed = self._last, is_hashed(body)
        if last.parts and hashed == last.hashed:
            first, after, window = _changed(last, body)
        else:
            first, after, window = 0, len(last.parts), body
        middle = _HASHED.split(window) if hashed else self._plain_parts(window)
        parts = [*last.parts[:first], *middle, *last.parts[after:]]
        blocks = [*last.blocks[:first], *(self._block(part, hashed) for part in middle), *last.blocks[after:]]
        self._last = _Cut(body, hashed, parts, blocks)
        return tuple(blocks)

    def _block(self, part: bytes, hashed: bool) -> Block:
        blocks = self._blocks[hashed]
        block = blocks.get(part)
        if block is None:
            block = blocks[part] = self._parse(part.decode("utf-8"), hashed)
        return block

    def _plain_parts(self, body: bytes) -> list[bytes]:
        """Cut where a line announces an article between blank lines; "Article 5" within a text is no announcement."""
        first, *others = body.split(_PLAIN)
        parts = [first]
        for rest in others:
            last = parts[-1]
            blank = not last[last.rfind(b"\n") + 1 :].strip()
            if blank and self._is_announcement(rest):
                parts.append(_PLAIN[1:] + rest)
            else:
                parts[-1] = last + _PLAIN + rest
        return parts

    def _is_announcement(self, rest: bytes) -> bool:
        head = rest[:_HEAD]
        known = self._announces.get(head)
        if known is None:
            text = "Article " + head.decode("utf-8", "ignore")
            marks = find_marks(text, 0, hashed=False)
            known = self._announces[head] = bool(marks) and marks[0].number is not None and not marks[0].start
        return known

    def _parse(self, text: str, hashed: bool) -> Block:
        marks = find_marks(text, 0, hashed=hashed)
        pieces = tuple(self._pieces(text, marks))
        return Block(
            pieces, len(text), min((mark.level for mark in marks if mark.number is None), default=_NONE)
        )

    def _pieces(self, text: str, marks: tuple[Mark, ...]) -> Iterator[Piece]:
        """One piece a mark of an article, with the headings that follow it; one for the headings before any."""
        starts = [n for n, mark in enumerate(marks) if mark.number is not None]
        if marks and (not starts or starts[0]):
            leading = marks[: starts[0]] if starts else marks
            yield Piece(None, "", "", _NOTHING, _headings(leading), 0, leading[-1].end)
        for first, stop in zip(starts, [*starts[1:], len(marks)][: len(starts)], strict=True):
            end = marks[first + 1].start if first + 1 < len(marks) else len(text)
            yield self._article(text, marks[first], end, _headings(marks[first + 1 : stop]))

    def _article(self, text: str, mark: Mark, end: int, headings: tuple[tuple[str, int], ...]) -> Piece:
        number = mark.number or ""
        try:
            if is_cut(number):
                raise InvalidIdentifier(number)
            provision = provision_id(self._slug, number)
        except InvalidIdentifier:
            message = f"Numéro illisible, texte non repris : « {mark.title[:80]} »."
            return Piece(None, number, "", _NOTHING, headings, mark.start, end, message)
        content = read_body(text, mark.end, end)
        return Piece(provision, number, text_key(content.text), content, headings, mark.start, end)


_HEAD = 200
"""Bytes that tell whether a line announces an article: its own, and the blank one that follows."""
_NONE = 99
_NOTHING = MappedText("", ())


def _headings(marks: tuple[Mark, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((mark.title, mark.level) for mark in marks if mark.title)


def _changed(last: _Cut, body: bytes) -> tuple[int, int, bytes]:
    """Between which parts of the last consolidation this one differs, and what it has there.

    One part more is taken on each side: what announces an article also depends on the line before it.
    """
    old = last.body
    start = _common(old, body, min(len(old), len(body)), tail=False)
    tail = _common(old, body, min(len(old), len(body)) - start, tail=True)
    starts = list(accumulate((len(part) + 1 for part in last.parts), initial=0))
    first = max(bisect_right(starts, start) - 2, 0)
    after = bisect_left(starts, len(old) - tail) + 1
    if after >= len(last.parts):
        return first, len(last.parts), body[starts[first] :]
    return first, after, body[starts[first] : len(body) - (len(old) - starts[after]) - 1]


def _common(one: bytes, other: bytes, limit: int, *, tail: bool) -> int:
    """How many bytes, up to a limit, two texts have in common at their beginning, or at their end."""
    low, high = 0, limit + 1
    while high - low > 1:
        middle = (low + high) // 2
        if tail:
            same = one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]
        else:
            same = one[low:middle] == other[low:middle]
        low, high = (middle, high) if same else (low, middle)
    return low
