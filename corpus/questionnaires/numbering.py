"""Which numbered paragraphs are questions: a reply has numbered lists of its own, which are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.questionnaires.blocks import Block
from corpus.questionnaires.openings import Kind
from corpus.readers.documents.outline import heading_level
from corpus.readers.questionnaire.outline import is_question


@dataclass(frozen=True, slots=True)
class Numbering:
    """The blocks that are questions, by position, each with whether its words tell so; the numbers skipped."""

    questions: dict[int, bool]
    missing: tuple[int, ...] = ()


def numbering(blocks: Sequence[Block]) -> Numbering:
    """Those that ask something under the next number, then those that have a number which was skipped."""
    series = _Series()
    for position, block in enumerate(blocks):
        series.read(position, block, _opens_section(blocks, position))
    series.mend(blocks)
    return Numbering(dict(sorted(series.found.items())), tuple(series.missing))


def _opens_section(blocks: Sequence[Block], position: int) -> bool:
    """Whether "2. Prevention" is followed by "2.1 How…": it is then a heading."""
    block = blocks[position]
    if block.opening.kind is not Kind.NUMBER or is_question(block.text):
        return False
    following = (b.opening for b in blocks[position + 1 :] if b.opening.kind in (Kind.NUMBER, Kind.DECIMAL))
    after = next(following, None)
    return after is not None and after.kind is Kind.DECIMAL and after.label == f"{block.opening.number}.1"


@dataclass(slots=True)
class _Series:
    """Follows the numbers. A part may start again at 1, after a heading."""

    found: dict[int, bool] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    _last: int = 0
    _decimal: tuple[int, int] = (0, 0)
    _after_heading: bool = False
    _gaps: list[tuple[int, int, int]] = field(default_factory=list)  # (number, after, before), in positions
    _doubtful: list[int] = field(default_factory=list)  # that have the next decimal number
    _at: int = -1

    def read(self, position: int, block: Block, section: bool) -> None:
        """The next block."""
        if not block.body:
            return
        worded = block.opening.kind is Kind.NONE and heading_level(block.text, None)
        if block.opening.kind is Kind.HEADING or block.level or worded or section:
            self._after_heading = True
        if section:
            self._last = max(self._last, block.opening.number)
        elif block.opening.kind is Kind.NUMBER:
            self._number(position, block.opening.number, block.text)
        elif block.opening.kind is Kind.DECIMAL:
            self._two_numbers(position, block)

    def _number(self, position: int, number: int, text: str) -> None:
        again = number == 1 and self._after_heading
        lists = number == self._last + 1 and text.endswith(":")
        if not (number > self._last or again) or not (lists or is_question(text)):
            return
        last = 0 if again else self._last
        if self._decimal == (0, 0):  # else the numbers between are those of sections
            self._gaps += [(skipped, self._at, position) for skipped in range(last + 1, number)]
        self._take(position, number)

    def _two_numbers(self, position: int, block: Block) -> None:
        number, rank = (int(part) for part in block.opening.label.split("."))
        section, last = self._decimal
        if (number, rank) != (section, last + 1) and not (number > section and rank == 1):
            return
        if is_question(block.text):
            self._take(position, max(self._last, number))
        else:
            self._doubtful.append(position)
        self._decimal = number, rank

    def _take(self, position: int, number: int) -> None:
        self.found[position] = True
        self._last, self._at, self._after_heading = number, position, False

    def mend(self, blocks: Sequence[Block]) -> None:
        """Take for questions the only blocks that have the numbers skipped, and those that carry on at the end."""
        self.found.update(dict.fromkeys(self._doubtful, False))
        numbered = [
            (position, block.opening.number)
            for position, block in enumerate(blocks)
            if block.body and block.opening.kind is Kind.NUMBER and position not in self.found
        ]
        after = self._at
        for number, start, end in self._gaps:
            here = [
                p for p, n in numbered if n == number and max(start, _before(after, start, end)) < p < end
            ]
            if len(here) == 1:
                self.found[here[0]] = False
                after = here[0]
            else:
                self.missing.append(number)
        for position, number in numbered:
            if position > self._at and number == self._last + 1:
                self.found[position] = False
                self._last = number


def _before(after: int, start: int, end: int) -> int:
    """The last block taken, when it is in the same gap."""
    return after if start < after < end else start
