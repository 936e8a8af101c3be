"""A report in Markdown, with the footnotes and tables of GitHub and Pandoc. Nothing of a text is taken for a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch
from itertools import count

from kb.text.diff import Edit
from workplace.exports.outline import Heading, Paragraph, Quote, Rewording, Table, outline
from workplace.exports.report import Report

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$^@])")
# At the beginning of a line: a list, a rule or the underline of a title.
_LEADING = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
_AROUND = {"same": "", "removed": "~~", "added": "**"}


def to_markdown(report: Report) -> str:
    """The text of the file."""
    notes: list[str] = []
    numbers = count(1)
    blocks = [_write(block, notes, numbers) for block in outline(report)]
    return "\n\n".join([*blocks, *notes]) + "\n"


def escaped(text: str) -> str:
    r"""
    >>> escaped("1. <b> de l'_article_ *5*"), escaped("- un")
    ("1\\. \\<b\\> de l'\\_article\\_ \\*5\\*", '\\- un')
    """
    return _LEADING.sub(_apart, _MARKS.sub(r"\\\1", text))


def _apart(match: re.Match[str]) -> str:
    digits = match[2].isdigit()
    return match[0] + "\\" if digits else f"{match[1]}\\{match[2]}"


@singledispatch
def _write(block: object, notes: list[str], numbers: Iterator[int]) -> str:
    raise TypeError(type(block))


@_write.register
def _heading(block: Heading, notes: list[str], numbers: Iterator[int]) -> str:
    return f"{'#' * block.level} {escaped(block.text)}"


@_write.register
def _paragraph(block: Paragraph, notes: list[str], numbers: Iterator[int]) -> str:
    return escaped(block.text)


@_write.register
def _quote(block: Quote, notes: list[str], numbers: Iterator[int]) -> str:
    number = next(numbers)
    notes.append(f"[^{number}]: {escaped(block.footnote)}")
    return "\n>\n".join(f"> {escaped(alinea)}" for alinea in block.alineas) + f"[^{number}]"


@_write.register
def _rewording(block: Rewording, notes: list[str], numbers: Iterator[int]) -> str:
    return "".join(_marked(edit) for edit in block.edits).strip()


def _marked(edit: Edit) -> str:
    """A mark holds only when it touches the words: blanks and line ends stay outside of it."""
    around = _AROUND[edit.kind]
    parts = re.split(r"(\s*\n\s*)", edit.text)
    return "".join(
        re.sub(r"\n", "\n\n", part) if rank % 2 else _around(part, around) for rank, part in enumerate(parts)
    )


def _around(text: str, around: str) -> str:
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}{around}{escaped(words)}{around}{after}"


@_write.register
def _table(block: Table, notes: list[str], numbers: Iterator[int]) -> str:
    lines = [_row(block.columns), _row(("---",) * len(block.columns), plain=True)]
    return "\n".join([*lines, *(_row(row) for row in block.rows)])


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else escaped(cell) for cell in cells)} |"
