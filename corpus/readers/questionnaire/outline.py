"""What opens a block of the reply: part, chapter, question, sub-question, list item."""

from __future__ import annotations

import re
from enum import StrEnum


class Opening(StrEnum):
    """What the first line of a block announces."""

    INTRODUCTION = "introduction"
    PART = "partie"
    CHAPTER = "chapitre"
    NUMBER = "numéro"
    DECIMAL = "numéro décimal"
    LETTER = "lettre"
    BULLET = "puce"
    NONE = ""


# The symbol fonts of word processors come out of a PDF in the private use area: U+F0D8 is an arrow head.
_PATTERNS = {
    Opening.INTRODUCTION: re.compile(r"(Introduction|Préambule|Avant-propos|Preamble|Foreword)$"),
    Opening.PART: re.compile(r"(?:Partie|Part)\s+(\d|[IVX]+)\s*[–—:-]\s*(\S.*)"),
    Opening.CHAPTER: re.compile(r"([IVX]+)\.\s+([A-ZÀ-Þ][A-ZÀ-Þ’',\s-]{3,})(?=\s*(?:\(|$))"),
    Opening.DECIMAL: re.compile(r"(\d{1,2}\.\d{1,2})\.?\s+\S"),
    Opening.NUMBER: re.compile(r"(\d{1,2})\.\s+\S"),
    Opening.LETTER: re.compile(r"([a-z])\.\s+\S"),
    Opening.BULLET: re.compile(r"(?:([\uf000-\uf0ff•▪◦‣➢➤])\s*|[-–]\s+|-(?=[A-ZÀ-Þ])|o\s+)(?=\S)"),
}
_QUESTION_WORDS = re.compile(r"\?|\b\w{2,}ez\b|\b[Pp]lease\b")
_ROMAN = {"I": 1, "V": 5, "X": 10}
SENTENCE_BOUND = re.compile(r"(?<=[a-zà-ÿ]{3})[.;](?=[A-ZÀ-Þ][a-zà-ÿ])")
"""A full stop with no space after it: where an answer was typed against its sub-question."""


def opening(text: str) -> tuple[Opening, re.Match[str] | None]:
    """What a line opens, with the match that tells.

    >>> opening("21. Quelles mesures ont été mises en place")[0].value
    'numéro'
    >>> opening("26.")[0].value
    ''
    """
    for kind, pattern in _PATTERNS.items():
        if match := pattern.match(text):
            return kind, match
    return Opening.NONE, None


def is_question(text: str) -> bool:
    """Whether a numbered block asks something: a question mark, or a verb such as « Veuillez », or « Please ».

    >>> is_question("41. Veuillez donner des informations"), is_question("11. En effet, il ressort")
    (True, False)
    """
    return _QUESTION_WORDS.search(text) is not None


def part_number(label: str) -> int:
    """The number of a part, in either numerals.

    >>> part_number("1"), part_number("IV")
    (1, 4)
    """
    if label.isdigit():
        return int(label)
    values = [_ROMAN[letter] for letter in label]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
