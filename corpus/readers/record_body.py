"""The body of a record: one text, or sections under `## heading`, each perhaps with the lines it was drawn from.

## 21.a Délai de rétablissement (l. 1203-1240)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text.spans import Span

_HEADING = re.compile(
    r"^##[ \t]+(?:(?P<place>\d+(?:\.[0-9a-z]+)*)[ \t]+)?(?P<title>\S.*?)[ \t]*"
    r"(?:\(l\. (?P<first>\d+)-(?P<last>\d+)\))?[ \t]*$",
    re.MULTILINE,
)
_WRAP = re.compile(r"(?<!\n)\n(?!\n|- )[ \t]*")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a body. `heading` and `text` are places in the raw file; the heading of a body without any is empty.

    `place` is the sub-question that it answers ("21.a"), empty when its heading names none; `lines` the first and last
    line of the reply's raw text that it was drawn from.
    """

    heading: Span
    place: str
    text: Span
    lines: tuple[int, int] | None = None


def sections(raw: str, start: int) -> Iterator[Section]:
    """The sections of the body that begins at `start`, in order; what precedes the first heading is one as well."""
    headings = list(_HEADING.finditer(raw, start))
    ends = [*(found.start() for found in headings), len(raw)]
    before = _stripped(raw, start, ends[0])
    if before.start < before.end or not headings:
        yield Section(Span(start, start), "", before)
    for found, end in zip(headings, ends[1:], strict=True):
        yield Section(
            heading=Span(*found.span("title")),
            place=found["place"] or "",
            text=_stripped(raw, found.end(), end),
            lines=(int(found["first"]), int(found["last"])) if found["first"] else None,
        )


def flowed(raw: str, text: Span) -> Iterator[Span | str]:
    """The text with its wrapped lines joined: a blank line or a list item begins a new one."""
    start = text.start
    for found in _WRAP.finditer(raw, text.start, text.end):
        yield from (Span(start, found.start()), " ")
        start = found.end()
    yield Span(start, text.end)


def _stripped(raw: str, start: int, end: int) -> Span:
    """The text without the blanks around it."""
    text = raw[start:end]
    left = len(text) - len(text.lstrip())
    return Span(start + left, start + max(len(text.rstrip()), left))
