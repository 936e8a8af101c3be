"""Text cut into pieces that a page shows one by one: plain, highlighted or linked. No HTML is made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from api.schemas.answers import EvidenceOut, LinkOut, PassageResult, ProvisionResult
from api.schemas.reading import EditOut
from kb.model import PassageKind
from service.search import LISTED, excerpt

# Characters of an article shown in a list of results: five or six lines.
EXCERPT = 420
# Characters kept on either side of a change: a line.
_KEPT = 90
_CELL = " | "
_ELLIPSIS = "…"
_ENDS = (".", "!", "?", ";", ":", "»")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text. `mark`: a word of the question. `href`, `status` and `note`: a citation, where it leads, what
    became of it and why. `preview`: what is shown of it on the spot, under the name `key`, the only one of the page."""

    text: str
    mark: bool = False
    href: str = ""
    status: str = ""
    note: str = ""
    preview: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """An alinéa or list item (`lines` has one line of one cell), or a table (lines of cells).

    `number` counts the alinéas of an article; tables are not counted."""

    kind: Literal["alinea", "table"]
    lines: tuple[tuple[tuple[Piece, ...], ...], ...]
    number: int = 0

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of an alinéa."""
        return self.lines[0][0]


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece to be and its place `[start, end)` in a text."""

    start: int
    end: int
    piece: Piece


_MARK = Piece("", mark=True)


def cut(text: str, placed: Sequence[Placed], start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The part `[start, end)` of a text, the placed pieces in their places; one that overlaps another is dropped.

    >>> [p.text for p in cut("la traite.", [Placed(3, 9, Piece("", mark=True))])]
    ['la ', 'traite', '.']
    """
    stop = len(text) if end is None else end
    pieces, position = [], start
    for place in sorted(placed, key=lambda p: (p.start, -p.end)):
        low, high = max(place.start, start), min(place.end, stop)
        if low < position or low >= high:
            continue
        if low > position:
            pieces.append(Piece(text[position:low]))
        pieces.append(replace(place.piece, text=text[low:high]))
        position = high
    return (*pieces, Piece(text[position:stop])) if position < stop else tuple(pieces)


def excerpt_of(result: ProvisionResult | PassageResult) -> tuple[Piece, ...]:
    """The part of an article or a passage that shows most words of the question, in a list of results."""
    places, text = [(s.start, s.end) for s in result.highlights], result.text or ""
    start, end = excerpt(text, places, EXCERPT)
    inside = [Placed(a, b, _MARK) for a, b in places if a < end and start < b]
    pieces = cut(text, inside, start, end)
    before = (Piece(_ELLIPSIS + " "),) if start else ()
    return (*before, *pieces, *((Piece(" " + _ELLIPSIS),) if end < len(text) else ()))


def quote_of(evidence: EvidenceOut) -> tuple[Piece, ...]:
    """A quotation with the words of the question highlighted, and an ellipsis where it cuts a sentence."""
    text = evidence.quote
    if evidence.kind == PassageKind.RECORD and LISTED in text:
        text = text[: text.index(LISTED)].rstrip()
        if not text:
            return ()
    pieces = cut(text, [Placed(s.start, s.end, _MARK) for s in evidence.highlights])
    inside = text[:1].islower() or text[:1].isdigit() or text[:1] in "(,;"
    before = (Piece(_ELLIPSIS + " "),) if inside else ()
    return (*before, *pieces, *(() if text.endswith(_ENDS) else (Piece(" " + _ELLIPSIS),)))


def placed_links(
    links: Iterable[LinkOut], shift: int = 0, previews: Mapping[str, str] | None = None, name: str = "v"
) -> list[Placed]:
    """Citations in their places; `shift` is where their passage begins in the text shown.

    One citation may have several targets (a range, a list): it leads to the first, and the note names them all.
    `previews` are those of the provisions; `name` tells this passage's from the others of the page.
    """
    by_place: dict[tuple[int, int], list[LinkOut]] = {}
    for link in links:
        by_place.setdefault((link.start, link.end), []).append(link)
    return [
        Placed(start + shift, end + shift, _linked(same, previews or {}, f"{name}-{start}"))
        for (start, end), same in by_place.items()
    ]


def blocks(text: str, placed: Sequence[Placed]) -> list[Block]:
    """A text by alinéa; neighbouring lines with cells make one table."""
    parts: list[Block] = []
    start, number = 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        if _CELL in line:
            row = _cells(text, placed, start, end)
            if parts and parts[-1].kind == "table":
                parts[-1] = Block("table", (*parts[-1].lines, row))
            else:
                parts.append(Block("table", (row,)))
        elif line.strip():
            number += 1
            parts.append(Block("alinea", ((cut(text, placed, start, end),),), number))
        start = end + 1
    return parts


def edited_blocks(edits: Sequence[EditOut]) -> list[Block]:
    """A comparison by alinéa; cells are not told from text, as a table may have gained or lost some."""
    parts: list[Block] = []
    line: list[Piece] = []
    for edit in edits:
        first, *others = edit.text.split("\n")
        line += [Piece(first, status=edit.kind)] if first else []
        for text in others:
            parts += [_edited(line)] if line else []
            line = [Piece(text, status=edit.kind)] if text else []
    return [*parts, _edited(line)] if line else parts


def _edited(line: Sequence[Piece]) -> Block:
    return Block("alinea", ((tuple(line),),))


def _cells(text: str, placed: Sequence[Placed], start: int, end: int) -> tuple[tuple[Piece, ...], ...]:
    row = []
    for cell in text[start:end].split(_CELL):
        row.append(cut(text, placed, start, start + len(cell)))
        start += len(cell) + len(_CELL)
    return tuple(row)


def _linked(links: Sequence[LinkOut], previews: Mapping[str, str], key: str) -> Piece:
    first = next((link for link in links if link.url), links[0])
    notes = [link.message or link.citation for link in links[:3]]
    note = " ; ".join(dict.fromkeys(notes)) + (" ; …" if len(links) > len(notes) else "")
    preview = previews.get(first.provision or "", "")
    if preview and len(links) > 1:
        preview = f"{note}. {preview}"
    return Piece("", href=first.url or "", status=first.status, note=note, preview=preview, key=key)


def short_edits(edits: Sequence[EditOut]) -> list[EditOut]:
    """A comparison with what stayed the same cut to the words around each change.

    >>> [e.text for e in short_edits([EditOut(kind="same", text="a" * 500), EditOut(kind="added", text="b")])][1]
    'b'
    """
    return [
        edit
        if edit.kind != "same" or len(edit.text) <= 3 * _KEPT
        else EditOut(kind="same", text=_cut(edit.text))
        for edit in edits
    ]


def _cut(text: str) -> str:
    before, after = text[:_KEPT].rsplit(" ", 1)[0], text[-_KEPT:].partition(" ")[2]
    return f"{before} {_ELLIPSIS} {after}"
