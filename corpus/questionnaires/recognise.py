"""The questions of a text, with their sub-questions and headings; nothing of the text is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.questionnaires.blocks import Block, read_blocks
from corpus.questionnaires.numbering import Numbering, numbering
from corpus.questionnaires.openings import Kind, Opening, asks
from corpus.readers.documents.outline import Path, heading_level
from corpus.readers.questionnaire.outline import SENTENCE_BOUND
from kb.questionnaire import Asked, Part, Questionnaire
from kb.text.spans import MappedText

# As `heading_level` counts them: below those that the format gives.
_PART, _CHAPTER = 10, 14
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def recognise(raw: str, levels: Mapping[int, int] | None = None) -> Questionnaire:
    """The questionnaire that a text holds; `levels` of its headings by offset, where its format gives them.

    >>> found = recognise("I. PRÉVENTION\\n\\n1. Quelles mesures prenez-vous :\\na. recherche ;\\nb. campagnes.")
    >>> [(q.label, q.heading, len(q.parts)) for q in found.questions]
    [('1', ('I. PRÉVENTION',), 2)]

    Without any number that tells, every paragraph that asks something is a question. A reply may be given too: its
    answers are then among the `others`.
    """
    blocks = read_blocks(raw, levels or {})
    numbers = numbering(blocks)
    assembly = _Assembly(numbers if numbers.questions else _by_words(blocks))
    for position, block in enumerate(blocks):
        assembly.read(position, block)
    questions = assembly.asked()
    unnumbered = {question.rank for question in questions if not question.label}
    missing = tuple(number for number in numbers.missing if number not in unnumbered)
    return Questionnaire(raw, questions, tuple(assembly.headings), tuple(assembly.others), missing)


def _by_words(blocks: Sequence[Block]) -> Numbering:
    """Paragraphs that ask, except the bullets: those are parts of the question above them, if there is any."""
    plain = (Kind.NONE, Kind.HEADING)
    positions = [p for p, b in enumerate(blocks) if b.body and asks(b.text) and b.opening.kind in plain]
    if not positions:
        positions = [p for p, b in enumerate(blocks) if b.body and asks(b.text)]
    return Numbering(dict.fromkeys(positions, True))


@dataclass(slots=True)
class _Open:
    """The question that sub-questions are added to. `bullet` is the mark of its list, `asking` while one may start."""

    block: Block
    heading: tuple[str, ...]
    sure: bool
    parts: list[Part] = field(default_factory=list)
    bullet: str = ""
    asking: bool = True


@dataclass(slots=True)
class _Assembly:
    numbers: Numbering
    headings: list[MappedText] = field(default_factory=list)
    others: list[MappedText] = field(default_factory=list)
    _questions: list[_Open] = field(default_factory=list)
    _path: Path = field(default_factory=Path)
    _under_heading: bool = True
    _unnumbered: Opening | None = None

    def read(self, position: int, block: Block) -> None:
        """The next block, in its place."""
        if position in self.numbers.questions:
            heading, sure = self._path.titles(), self.numbers.questions[position]
            self._questions.append(_Open(block, heading, sure))
            self._under_heading, self._unnumbered = False, None
        elif self._asks_anew(block):
            self._questions.append(_Open(block, self._path.titles(), True))
            self._under_heading, self._unnumbered = False, block.opening
        elif not block.body:
            self.others.append(block.content)
        elif level := self._heading(block):
            self._path.enter(level, block.text)
            self.headings.append(block.content)
            self._under_heading, self._unnumbered = True, None
        elif self._under_heading:
            self.others.append(block.content)
        else:
            self.others += _enter(self._questions[-1], block)

    def _asks_anew(self, block: Block) -> bool:
        """Whether a block that has no number asks the first thing under its heading, or the next in the same way."""
        if not block.body or block.level or not asks(block.text):
            return False
        kind, mark = block.opening.kind, block.opening.label
        if self._under_heading:
            return bool(self._questions or self._path.titles()) and kind in (Kind.NONE, Kind.BULLET)
        known = self._unnumbered
        return known is not None and (kind, mark) == (known.kind, known.label)

    def _heading(self, block: Block) -> int:
        """The level of a heading; 0 for a paragraph, and for a heading that asks something: it is a sub-question."""
        if asks(block.text):
            return 0
        if block.opening.kind is Kind.HEADING:
            return _CHAPTER if block.text.partition(".")[0].strip("IVX") == "" else _PART
        worded = block.opening.kind in (Kind.NONE, Kind.NUMBER)
        return heading_level(block.text, block.level or None) if worded else 0

    def asked(self) -> tuple[Asked, ...]:
        """The questions."""
        return tuple(
            Asked(rank, _own_label(q.block), q.heading, q.block.content, tuple(q.parts), q.sure)
            for rank, q in enumerate(self._questions, 1)
        )


def _own_label(block: Block) -> str:
    """The number that the text gives a question; a bullet is none."""
    return "" if block.opening.kind is Kind.BULLET else block.opening.label


def _enter(question: _Open, block: Block) -> list[MappedText]:
    """Add a block to the question when it is its next sub-question; what is left of it."""
    label = _label(question, block)
    if label is None:
        question.asking = False
        return [block.content]
    answered = SENTENCE_BOUND.search(block.text)
    end = answered.end() if answered else len(block.text)
    question.parts.append(Part(label, block.content.slice(0, end)))
    question.asking = question.asking and answered is None
    return [block.content.slice(end, len(block.text))] if answered else []


def _label(question: _Open, block: Block) -> str | None:
    """The label under which a block is the next sub-question, None when it is not."""
    kind, label = block.opening.kind, block.opening.label
    if kind is Kind.LETTER:
        last = next((part.label for part in reversed(question.parts) if part.label), "")
        return label if label in _following(last) and (question.asking or last) else None
    if kind is Kind.BULLET:
        mark = label + ("A" if block.text[:1].isupper() else "a")
        if mark == question.bullet or (question.asking and not question.bullet):
            question.bullet = mark
            return ""
        return None
    return "" if question.asking and (asks(block.text) or _goes_on(question, block.text)) else None


def _goes_on(question: _Open, text: str) -> bool:
    """Whether a paragraph is an item of the list that the question opens: a word processor's own marks are not text."""
    before = question.parts[-1].content.text if question.parts else question.block.text
    if text.endswith(";"):
        return before.endswith((":", ";"))
    return before.endswith(";") and text[:1].islower()


def _following(last: str) -> tuple[str, ...]:
    """The labels that may come next: the next letter, or the next Roman numeral."""
    if not last:
        return ("a", "i")
    letter = chr(ord(last) + 1) if len(last) == 1 else ""
    roman = _ROMAN[_ROMAN.index(last) + 1] if last in _ROMAN[:-1] else ""
    return tuple(label for label in (letter, roman) if label)
