"""The lines of a questionnaire as paragraphs, whether they were wrapped by a printer or stand each on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.questionnaires.openings import Kind, Opening, alone, opening
from corpus.readers.questionnaire.joining import Joiner, continues, ends_sentence
from corpus.readers.questionnaire.layout import Gap, Line, Zone, read_lines
from kb.text.spans import MappedText

# Printed lines hold 88 to 105 characters, those of messages 72: when the longest line of a text is of another length,
# none was wrapped.
_WRAPPED = range(60, 161)
# Of the width of a text: a line that stops before was not wrapped there.
_SHORT = 0.75
_RULE = re.compile(r"^ {20,}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, what opens it, and the level of heading that the format gives it (0: none).

    `body` is False for what stands outside the running text: footnotes, page headers, the targets of links.
    """

    content: MappedText
    opening: Opening
    level: int = 0
    body: bool = True

    @property
    def text(self) -> str:
        """The readable text."""
        return self.content.text


def read_blocks(raw: str, levels: Mapping[int, int]) -> list[Block]:
    """All of a text, in order; `levels` are those of the headings, by the offset at which their line begins."""
    lines = read_lines(raw, fed=None if _RULE.search(raw) else True)
    joiner = Joiner(raw)
    body = [line for line in lines if line.zone is Zone.BODY]
    blocks = [_block(joiner, group, levels) for group in _paragraphs(body, levels)]
    blocks += [
        Block(joiner.join([line]), Opening(Kind.NONE), body=False)
        for line in lines
        if line.zone is not Zone.BODY
    ]
    return sorted(blocks, key=lambda block: block.content.segments[0].raw)


def _block(joiner: Joiner, lines: list[Line], levels: Mapping[int, int]) -> Block:
    content = joiner.join(lines)
    start = opening(content.text)
    if start.kind is Kind.BULLET:
        content = content.slice(start.length, len(content.text))
    return Block(content, start, levels.get(lines[0].span.start, 0))


def _paragraphs(lines: Sequence[Line], levels: Mapping[int, int]) -> list[list[Line]]:
    longest = max((len(line.text) for line in lines), default=0)
    groups: list[list[Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        numbered = last is not None and len(groups[-1]) == 1 and alone(last.text)
        if last is None or (not numbered and _parts(last, line, longest, levels)):
            groups.append([])
        groups[-1].append(line)
    return groups


def _parts(before: Line, line: Line, width: int, levels: Mapping[int, int]) -> bool:
    """Whether a line opens a paragraph. A number inside a sentence may fall at the start of a line: it opens none."""
    if levels.get(before.span.start, 0) != levels.get(line.span.start, 0):
        return True
    if width not in _WRAPPED:
        carries_on = line.gap is Gap.NONE and line.text[0].islower() and not ends_sentence(before.text)
        return not carries_on or opening(line.text).kind is not Kind.NONE
    kind, short = opening(line.text).kind, len(before.text) < _SHORT * width
    stops = line.gap is not Gap.NONE or ends_sentence(before.text) or short
    if short and opening(before.text).kind is Kind.HEADING:
        return True
    if kind in (Kind.NUMBER, Kind.DECIMAL, Kind.LETTER, Kind.BULLET):
        return stops or line.page != before.page
    return kind is Kind.HEADING or not continues(before, line)
