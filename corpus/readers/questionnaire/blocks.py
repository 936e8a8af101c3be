"""The body of the reply as blocks: paragraphs, list items, headings and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.questionnaire.cells import CellCutter, Rows
from corpus.readers.questionnaire.joining import Joiner, concatenate, continues, ends_sentence
from corpus.readers.questionnaire.layout import Gap, Line
from corpus.readers.questionnaire.outline import Opening, opening
from corpus.readers.questionnaire.tables import find_tables
from kb.text.spans import MappedText


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or list item (`content`), or one table (`rows`).

    `label` is what opened it: the number of the question, the letter, the glyph of the bullet.
    """

    opening: Opening
    label: str
    content: MappedText
    rows: Rows | None = None


def read_blocks(raw: str, joiner: Joiner, lines: Sequence[Line]) -> list[Block]:
    """All the blocks of the body, in order, whatever pages they run over."""
    cutter = CellCutter(raw, joiner)
    blocks: list[Block] = []
    position = 0
    for table in find_tables(lines):
        blocks += [_block(raw, joiner, p) for p in paragraphs(lines[position : table.start])]
        rows = cutter.rows(lines[table.start : table.stop])
        blocks.append(Block(Opening.NONE, "", MappedText("", ()), rows))
        position = table.stop
    return blocks + [_block(raw, joiner, p) for p in paragraphs(lines[position:])]


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one paragraph or list item together."""
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or _opens_block(last, line) or not continues(last, line):
            groups.append([])
        groups[-1].append(line)
    return groups


def _opens_block(before: Line, line: Line) -> bool:
    """Whether a line starts a block by its first characters.

    A number or a letter inside a sentence may fall at the start of a line: it opens nothing there.
    """
    kind = opening(line.text)[0]
    if kind in (Opening.NUMBER, Opening.DECIMAL, Opening.LETTER):
        return line.gap is not Gap.NONE or line.page != before.page or ends_sentence(before.text)
    return kind is not Opening.NONE


def _block(raw: str, joiner: Joiner, lines: list[Line]) -> Block:
    kind, match = opening(lines[0].text)
    label = (match[1] or "") if match and match.re.groups else ""
    if match and kind is Opening.BULLET and label:
        return Block(kind, label, concatenate(raw, ["• ", joiner.join(lines, match.end())]))
    return Block(kind, label, joiner.join(lines))
