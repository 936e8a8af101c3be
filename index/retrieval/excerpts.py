"""Where the words of a question stand in a text, and which part of the text shows most of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence, Set

from index import tokens
from index.tokens import Token

Place = tuple[int, int]
Mark = Token


def highlights(text: str, terms: Collection[str]) -> tuple[Place, ...]:
    """Places `[start, end)` in `text` of the words that have one of these terms, in order.

    >>> highlights("La victime de la traite", ["victim", "traite"])
    ((3, 10), (17, 23))
    """
    return tuple((mark.start, mark.end) for mark in marks(text, frozenset(terms)))


def marks(text: str, terms: Set[str]) -> list[Mark]:
    """The same places, each with its term."""
    return tokens.places(text, terms) if terms else []


def excerpt(text: str, marks: Sequence[Place], length: int) -> Place:
    """The part of at most `length` characters that shows most of `marks`, cut between words.

    >>> text = "Un mot, puis la traite, et encore autre chose."
    >>> start, end = excerpt(text, [(16, 22)], 25)
    >>> text[start:end]
    'puis la traite, et'
    """
    if len(text) <= length:
        return 0, len(text)
    centre = _densest(marks, length)
    start = max(0, min(centre - length // 2, len(text) - length))
    return _word_start(text, start), _word_end(text, start + length)


def _densest(places: Sequence[Place], length: int) -> int:
    """The middle of the window of `length` characters that holds most places; 0 when there are none."""
    if not places:
        return 0
    starts = [start for start, _ in places]
    counts = [bisect_left(starts, start + length) - i for i, start in enumerate(starts)]
    first = counts.index(max(counts))
    last = first + counts[first] - 1
    return (places[first][0] + places[last][1]) // 2


def _word_start(text: str, start: int) -> int:
    if start == 0:
        return 0
    space = text.find(" ", start)
    return start if space < 0 else space + 1


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", 0, end)
    return end if space < 0 else space


def question_terms(text: str) -> frozenset[str]:
    """The terms of a question, to be highlighted in what answers it."""
    return frozenset(tokens.terms(text))
