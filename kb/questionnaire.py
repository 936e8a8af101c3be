"""A questionnaire that is to be answered: its questions, each with its place in the text that was given."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.text.spans import MappedText

_NUMBER = re.compile(
    r"\s*(?:(?:question\b|q(?=[\s.\d]))\.?\s*)?(?:(?:n[°º]|№)\s*)?"
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,2})?|[a-z]{1,4}(?=[.)]))[)\]]?\s*[°.):/|–—-]*\s+|\s*•\s*",
    re.IGNORECASE,
)


def unnumbered(text: str) -> str:
    """The words of a question or of a part of it, without what numbers it.

    >>> unnumbered("2.1 Comment ?"), unnumbered("Question 3 – Qui ?"), unnumbered("a) recherche ;"), unnumbered("Qui ?")
    ('Comment ?', 'Qui ?', 'recherche ;', 'Qui ?')
    >>> {unnumbered(n + " Qui ?") for n in ("4°", "5/", "Q6.", "7 -", "(8)", "IX.", "Question n° 12")}
    {'Qui ?'}
    """
    match = _NUMBER.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-question. `label` is what opens it in the text: "a", "ii", or "" for a bullet or a plain paragraph."""

    label: str
    content: MappedText


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its sub-questions, under the headings above it.

    `rank` counts from 1 over the whole text; `label` is the number that the text gives it, which another part may give
    again, or "". `sure` is False when only its number, and none of its words, tells that it is a question.
    """

    rank: int
    label: str
    heading: tuple[str, ...]
    content: MappedText
    parts: tuple[Part, ...] = ()
    sure: bool = True

    @property
    def name(self) -> str:
        """
        >>> Asked(7, "2.1", (), MappedText("Comment ?", ())).name
        'Question 2.1'
        """
        return f"Question {self.label or self.rank}"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All that a text holds, in its order: each printed character is in one of these, but for bullets and the hyphens
    of words broken at the end of a line.

    `others` is what was not recognised, `missing` the numbers that the numbering skips.
    """

    raw: str
    questions: tuple[Asked, ...]
    headings: tuple[MappedText, ...] = ()
    others: tuple[MappedText, ...] = ()
    missing: tuple[int, ...] = ()
