"""What the first characters of a paragraph announce in a questionnaire, and whether its words ask something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.readers.questionnaire.outline import opening as reply_opening
from corpus.readers.questionnaire.outline import part_number


class Kind(StrEnum):
    """What a paragraph opens."""

    HEADING = "titre"
    NUMBER = "numéro"
    DECIMAL = "numéro décimal"
    LETTER = "lettre"
    BULLET = "puce"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """`label` is the number, the letter or the bullet; `length` that of what opens the paragraph."""

    kind: Kind
    label: str = ""
    length: int = 0

    @property
    def number(self) -> int:
        """What its label counts, in either numerals.

        >>> Opening(Kind.NUMBER, "12").number, Opening(Kind.NUMBER, "IX").number
        (12, 9)
        """
        return part_number(self.label)


_NAMED = r"(?:Question|Q)\.?\s*(?:(?:n[°ºo]|№)\.?\s*)?"
# Where a question begins once its number is read: 24/7, 3-4 and 12:30 are no numbers of questions.
_WORDS = r"(?=[^\W\d]|[«“\"(])"
_PATTERNS = (
    (Kind.DECIMAL, re.compile(r"(?:Question\s+|Q\.?\s?)?(\d{1,2}\.\d{1,2})[.):]?\s+(?=\S)", re.IGNORECASE)),
    (Kind.NUMBER, re.compile(_NAMED + r"(\d{1,3})\s*[.):/–—-]?\s+(?=\S)", re.IGNORECASE)),
    (Kind.NUMBER, re.compile(r"(?:n[°º]|№)\s?(\d{1,3})\s*[.):/–—-]?\s*" + _WORDS)),
    (Kind.NUMBER, re.compile(r"(\d{1,3})\s?(?:°\s?[.):–—-]?|[.)]-|[.):/|–—-])\s*" + _WORDS)),
    (Kind.NUMBER, re.compile(r"[(\[](\d{1,3})[)\]]\s*" + _WORDS)),
    (Kind.NUMBER, re.compile(r"([IVX]{1,6})\s?[.)–—-]\s+(?=\S.*\?\s*$)", re.DOTALL)),
    (Kind.LETTER, re.compile(r"\(?([a-z]|i{2,3}|iv|vi{1,3})[.)]\s+(?=\S)")),
    (Kind.BULLET, re.compile(r"([\uf000-\uf0ff•·▪◦●○■□‣➢➤✓*–—-]|o(?=\s))\s*(?=\S)")),
)
# A number alone on its line: what it numbers is on the next.
_ALONE = re.compile(rf"(?:{_NAMED}\d{{1,3}}\s*[.):–—-]?|\d{{1,3}}\s?[.)])$", re.IGNORECASE)
_HEADINGS = {"partie", "chapitre", "introduction"}
_ASKS = re.compile(
    r"(?:(?:si (?:oui|non|c|tel)|le cas échéant|if (?:so|yes|not|applicable))[^.;?]{0,80}?[\s,(]+)?"
    r"(?:veuillez|prière de|merci de|pourriez-vous|please|kindly)\b",
    re.IGNORECASE,
)
_BLANKS_AND_QUOTES = ' \t\u00a0\u202f\u2009»”")]'


def opening(text: str) -> Opening:
    """
    >>> opening("21. Quelles mesures"), opening("Question 3 – Comment").length
    (Opening(kind=<Kind.NUMBER: 'numéro'>, label='21', length=4), 13)
    >>> opening("I. PRÉVENTION (articles 5 et 6)").kind.value, opening("a) recherche ;").label
    ('titre', 'a')
    >>> [opening(text).label for text in ("4° Comment", "5/ Quel", "(8) Quelle", "7 - Qui", "IX. Quelles peines ?")]
    ['4', '5', '8', '7', 'IX']
    """
    if reply_opening(text)[0].value in _HEADINGS and not asks(text):
        return Opening(Kind.HEADING)
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text):
            return Opening(kind, match[1], match.end())
    return Opening(Kind.NONE)


def alone(text: str) -> bool:
    """Whether a line holds the number of a question and nothing of the question.

    >>> alone("Question n° 12"), alone("12."), alone("12"), alone("12. Comment ?")
    (True, True, False, False)
    """
    return _ALONE.match(text) is not None


def asks(text: str) -> bool:
    """Whether a paragraph is a question by itself: it ends with a question mark, or starts with « Veuillez ».

    >>> asks("Comment ?"), asks("Si oui, veuillez les décrire."), asks("Elles disposent de fonds.")
    (True, True, False)
    """
    return text.rstrip(_BLANKS_AND_QUOTES).endswith("?") or _ASKS.match(text) is not None
