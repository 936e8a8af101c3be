"""Text cut from a raw source, with the way back to every raw character.

A reader drops page headers, mends hyphenation and joins wrapped lines: what people read is not what the file holds.
`MappedText` is that readable text together with the segments that map it back, so that a citation or a quotation
found in it always has its exact place in the raw source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters `[start, end)` in the decoded raw source."""

    start: int
    end: int


class Segment(NamedTuple):
    """`length` characters of the readable text from `start`, equal to the raw ones from `raw`."""

    start: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True)
class MappedText:
    """Readable `text` and the ordered `segments` of it that stand in the raw source.

    Characters between two segments (a joining space, for example) were added by the reader and have no raw place.
    """

    text: str
    segments: tuple[Segment, ...]

    @classmethod
    def of(cls, raw: str, start: int = 0, end: int | None = None) -> MappedText:
        """The slice `raw[start:end]`, unchanged.

        >>> MappedText.of("abcdef", 2, 4).spans()
        (Span(start=2, end=4),)
        """
        stop = len(raw) if end is None else end
        return cls(raw[start:stop], (Segment(0, start, stop - start),) if stop > start else ())

    @classmethod
    def join(cls, raw: str, pieces: Iterable[Span | str]) -> MappedText:
        """Glue raw spans and added strings together, in order.

        >>> joined = MappedText.join("225-4-\\n1", [Span(0, 6), Span(7, 8)])
        >>> joined.text, joined.spans(0, 7)
        ('225-4-1', (Span(start=0, end=6), Span(start=7, end=8)))
        """
        parts: list[str] = []
        segments: list[Segment] = []
        position = 0
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                position += len(piece)
                continue
            length = piece.end - piece.start
            if length <= 0:
                continue
            parts.append(raw[piece.start : piece.end])
            last = segments[-1] if segments else None
            if last and last.start + last.length == position and last.raw + last.length == piece.start:
                segments[-1] = Segment(last.start, last.raw, last.length + length)
            else:
                segments.append(Segment(position, piece.start, length))
            position += length
        return cls("".join(parts), tuple(segments))

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The raw spans of `text[start:end]`, in order; empty when none of it stands in the source."""
        stop = len(self.text) if end is None else end
        first = max(0, bisect_right(self.segments, start, key=lambda s: s.start) - 1)
        spans: list[Span] = []
        for segment in self.segments[first:]:
            if segment.start >= stop:
                break
            low = max(start, segment.start)
            high = min(stop, segment.start + segment.length)
            if low < high:
                shift = segment.raw - segment.start
                spans.append(Span(low + shift, high + shift))
        return tuple(spans)

    def slice(self, start: int, end: int) -> MappedText:
        """The part `text[start:end]`, with its own segments."""
        segments = []
        for segment in self.segments:
            low, high = max(start, segment.start), min(end, segment.start + segment.length)
            if low < high:
                segments.append(Segment(low - start, segment.raw + low - segment.start, high - low))
        return MappedText(self.text[start:end], tuple(segments))
