"""What a page printed on paper asks of the text: spaces at which no line is broken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from kb.text.diff import Edit
from kb.text.typography import spaced
from workplace.exports.outline import Block, Heading, Paragraph, Quote, Rewording, Table


@singledispatch
def typeset(block: object) -> Block:
    """The same block with such spaces.

    >>> typeset(Paragraph("Quoi ?"))
    Paragraph(text='Quoi\\u202f?', facts=False)
    """
    raise TypeError(type(block))


@typeset.register
def _heading(block: Heading) -> Block:
    return replace(block, text=spaced(block.text))


@typeset.register
def _paragraph(block: Paragraph) -> Block:
    return replace(block, text=spaced(block.text))


@typeset.register
def _quote(block: Quote) -> Block:
    return Quote(_all(block.alineas), spaced(block.footnote))


@typeset.register
def _rewording(block: Rewording) -> Block:
    return Rewording(tuple(Edit(edit.kind, spaced(edit.text)) for edit in block.edits))


@typeset.register
def _table(block: Table) -> Block:
    return replace(block, columns=_all(block.columns), rows=tuple(_all(row) for row in block.rows))


def _all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(spaced(text) for text in texts)
