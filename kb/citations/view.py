"""The streams of a raw text: what is read in one go, page feet and notes set apart.

A text extracted from a PDF holds, between the two halves of a sentence, the notes and links of a foot of page:

    l'article L.531-10 du code de l'entrée et du séjour
    <blank line of many spaces>
    4 Considérant 29 de la Directive…
    https://…
     des étrangers et du droit d'asile (CESEDA)

The page begins at a form feed, or at a line that begins with one space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text.spans import MappedText, Span

_FOOT = re.compile(r"\n[ \t]{30,}\n(?=\s*\d{1,3}\s)")
_LINKS_FOOT = re.compile(r"(?:\n[ \t]*+https?://\S++[ \t]*+)++")
_NEW_PAGE = re.compile(r"\n[ \f]\S|\n*+\f")
_PAGE = re.compile(r"\n ?\f ?|\n (?=\S)|\f ?")
_NOTE = re.compile(r"^[ \t]*(\d{1,3})[ \t]+(?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stream:
    """A text read in one go, with the way back to the raw one. `note` is its number when it is a note."""

    content: MappedText
    note: str = ""


def streams(raw: str) -> tuple[Stream, ...]:
    """The body first, feet of page cut out, then each note.

    >>> [s.content.text for s in streams("Art. 5 du")]
    ['Art. 5 du']
    """
    feet = _feet(raw) if "\n  " in raw or "\f" in raw or "\nhttp" in raw else ()
    if not feet:
        return (Stream(MappedText.of(raw)),)
    pieces: list[Span | str] = []
    position = 0
    for foot in feet:
        pieces += [
            Span(position, len(raw[: foot.start].rstrip()) if foot.start > position else position),
            "\n",
        ]
        position = foot.end
    pieces.append(Span(position, len(raw)))
    return (Stream(MappedText.join(raw, pieces)), *(note for foot in feet for note in _notes(raw, foot)))


def _feet(raw: str) -> list[Span]:
    """The feet of page, in order."""
    feet: list[Span] = []
    links = (found for found in _LINKS_FOOT.finditer(raw) if _NEW_PAGE.match(raw, found.end()))
    for found in sorted((*_FOOT.finditer(raw), *links), key=re.Match.start):
        if feet and found.start() < feet[-1].end:
            continue
        page = _PAGE.search(raw, found.end())
        feet.append(Span(found.start(), page.end() if page else len(raw)))
    return feet


def _notes(raw: str, foot: Span) -> list[Stream]:
    """The notes of a foot: a line that begins with the next number opens one."""
    starts: list[tuple[int, str]] = []
    for found in _NOTE.finditer(raw, foot.start, foot.end):
        if not starts or int(found[1]) == int(starts[-1][1]) + 1:
            starts.append((found.start(), found[1]))
    bounds = [(foot.start, ""), *starts]
    ends = [start for start, _ in bounds[1:]] + [foot.end]
    return [
        Stream(MappedText.of(raw, start, end), number)
        for (start, number), end in zip(bounds, ends, strict=True)
        if end > start and not raw[start:end].isspace()
    ]
