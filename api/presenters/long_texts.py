"""The text of an article in parts, where it is too long for one page: some codes have annexes of 300 kB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.presenters.highlighting import Block, Piece
from api.presenters.pagination import leaves
from kb.errors import NotFound

# Bytes of HTML in one part: a page has 150 000, of which the style sheet and what surrounds the text take up to 60 000.
MOST = 85_000
# Bytes of markup around an alinéa, a row, a cell, a citation, as the templates write them.
_ALINEA, _ROW, _CELL, _CITATION = 110, 12, 12, 170


def part_of(texts: Sequence[Sequence[Block]], number: int) -> tuple[list[list[Block]], int]:
    """One part of each of the wordings that a page shows, the first being 1, and how many parts the longest has.

    A wording that has fewer is empty from there on. Raises NotFound past the last part of all.
    """
    cut = [_parts(text, MOST // len(texts)) for text in texts]
    several = max(map(len, cut))
    if number > several:
        raise NotFound(f"Ce texte n'a pas de partie {number}.", hint="Ouvrez la page sans « partie ».")
    return [parts[number - 1] if number <= len(parts) else [] for parts in cut], several


def _parts(text: Sequence[Block], most: int) -> list[list[Block]]:
    whole = [piece for block in text for piece in _split(block, most)]
    return [whole[leaf] for leaf in leaves([_weight(block) for block in whole], most)]


def _split(block: Block, most: int) -> list[Block]:
    """A table too long for one part, in several that have its first row each."""
    if block.kind != "table":
        return [block]
    head, *rows = block.lines
    cuts = leaves([_row(line) for line in rows], most - _row(head))
    return [replace(block, lines=(head, *rows[leaf])) for leaf in cuts]


def _weight(block: Block) -> int:
    return (
        sum(_row(line) for line in block.lines) if block.kind == "table" else _ALINEA + _bytes(block.pieces)
    )


def _row(line: Sequence[Sequence[Piece]]) -> int:
    return _ROW + sum(_CELL + _bytes(cell) for cell in line)


def _bytes(pieces: Sequence[Piece]) -> int:
    return sum(
        len(piece.text.encode())
        + (
            _CITATION + sum(len(words.encode()) for words in (piece.preview, piece.note))
            if piece.status
            else 0
        )
        for piece in pieces
    )
