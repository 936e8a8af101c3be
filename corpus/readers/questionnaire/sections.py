"""Where each block stands: its part, chapter, question and sub-question, and what it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.readers.questionnaire.blocks import Block
from corpus.readers.questionnaire.cells import Rows
from corpus.readers.questionnaire.outline import SENTENCE_BOUND, Opening, is_question, opening, part_number
from kb.model import PassageKind
from kb.text.spans import MappedText


@dataclass(frozen=True, slots=True)
class Unit:
    """A block in its place. `kind` is None for a heading, which is kept in the heading path only."""

    kind: PassageKind | None
    place: str
    heading: tuple[str, ...]
    question: int | None
    content: MappedText
    rows: Rows | None = None


@dataclass(slots=True)
class Outline:
    """Follows the blocks in order. `missing` are the numbers of questions that the reply skips."""

    part: str = ""
    part_place: str = "introduction"
    chapter: str = ""
    question: int | None = None
    sub: str = ""
    last_number: int = 0
    missing: list[int] = field(default_factory=list)
    _asked: bool = False
    _bullet: tuple[str, bool] | None = None

    def units(self, blocks: Iterable[Block]) -> list[Unit]:
        """All the blocks, placed."""
        return [unit for block in blocks for unit in self._place(block)]

    def _place(self, block: Block) -> list[Unit]:
        asked, self._asked = self._asked, False
        if block.rows is not None:
            return [self._unit(PassageKind.TABLE, block.content, block.rows)]
        if self._enters_heading(block):
            return [self._unit(None, block.content)]
        if self._enters_question(block) or self._enters_decimal(block):
            return [self._unit(PassageKind.QUESTION, block.content)]
        if self._enters_sub_question(block, asked):
            return self._sub_question(block)
        kind = PassageKind.TEXT if self.question is None else PassageKind.ANSWER
        return [self._unit(kind, block.content)]

    def _enters_heading(self, block: Block) -> bool:
        text = block.content.text
        if block.opening is Opening.PART:
            self.part, self.chapter = text, ""
            self.part_place = f"partie-{part_number(block.label)}"
        elif block.opening is Opening.CHAPTER and self.part:
            match = opening(text)[1]
            self.chapter = match[0].strip() if match else text
        elif block.opening is Opening.INTRODUCTION and not self.part:
            self.part = text
        else:
            return False
        self.question, self.sub, self._bullet = None, "", None
        return True

    def _enters_question(self, block: Block) -> bool:
        """A numbered block that comes after the last question and asks, or lists, something."""
        if block.opening is not Opening.NUMBER:
            return False
        number, text = int(block.label), block.content.text
        lists = number == self.last_number + 1 and text.endswith(":")
        if number <= self.last_number or not (lists or is_question(text)):
            return False
        self.missing += range(self.last_number + 1, number)
        self.question = self.last_number = number
        self.sub, self._bullet, self._asked = "", None, True
        return True

    def _enters_decimal(self, block: Block) -> bool:
        """A question of the third round, "2.1 Comment…": its number is that of the section, and its rank there."""
        if block.opening is not Opening.DECIMAL or not is_question(block.content.text):
            return False
        number, rank = (int(part) for part in block.label.split("."))
        last = int(self.sub or 0) if self.sub.isdigit() or not self.sub else 0
        if (number, rank) not in ((self.question, last + 1), (self.last_number + 1, 1)):
            return False
        self.question = self.last_number = number
        self.sub, self._bullet, self._asked = str(rank), None, False
        return True

    def _enters_sub_question(self, block: Block, asked: bool) -> bool:
        """The next letter, or a bullet like the one that directly follows the question."""
        if self.question is None:
            return False
        if block.opening is Opening.LETTER:
            expected = "a" if asked else chr(ord(self.sub) + 1) if self.sub.isalpha() else ""
            return self._go_to(block.label) if block.label == expected else False
        if block.opening is not Opening.BULLET or not block.label:
            return False
        bullet = (block.label, block.content.text[2:3].isupper())
        if asked:
            self._bullet = bullet
        elif bullet != self._bullet:
            return False
        return self._go_to(str(int(self.sub or 0) + 1))

    def _go_to(self, sub: str) -> bool:
        self.sub = sub
        return True

    def _sub_question(self, block: Block) -> list[Unit]:
        """The sub-question, and the answer when it was typed right after its full stop."""
        content = block.content
        bound = SENTENCE_BOUND.search(content.text)
        if bound is None:
            return [self._unit(PassageKind.QUESTION, content)]
        return [
            self._unit(PassageKind.QUESTION, content.slice(0, bound.end())),
            self._unit(PassageKind.ANSWER, content.slice(bound.end(), len(content.text))),
        ]

    def _unit(self, kind: PassageKind | None, content: MappedText, rows: Rows | None = None) -> Unit:
        number = self.question
        place = self.part_place if number is None else f"{number}.{self.sub}" if self.sub else str(number)
        labels = (self.part, self.chapter, "" if number is None else f"Question {number}", self.sub)
        return Unit(kind, place, tuple(label for label in labels if label), number, content, rows)
