"""Existing provisions that a wrong number may have meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kb.codes import code_by_slug
from kb.errors import InvalidIdentifier
from kb.ids import parse_id
from kb.resolution.resolve import one_slip

NEAREST = 5


class Articles(Protocol):
    """Which articles there are."""

    def numbers(self, text: str) -> Sequence[str]:
        """Canonical numbers of a text, in its order."""
        ...

    def with_number(self, number: str) -> Sequence[str]:
        """The articles of any text that bear this number."""
        ...


def nearest(articles: Articles, target: str) -> tuple[str, ...]:
    """Existing provisions that a wrong number may have meant: in the same code, then that number in other codes."""
    try:
        identifier = parse_id(target)
    except InvalidIdentifier:
        return ()
    number = identifier.number or ""
    if code_by_slug(identifier.text) is None:
        return ()  # articles of laws and treaties are all numbered 1, 2, 3
    numbers = articles.numbers(identifier.text)
    close = sorted(numbers, key=lambda other: (not one_slip(number, other), _distance(number, other)))
    elsewhere = [p for p in articles.with_number(number) if not p.startswith(f"{identifier.text}/")]
    return (*(f"{identifier.text}/{n}" for n in close[:NEAREST]), *elsewhere[:NEAREST])


def _distance(number: str, other: str) -> tuple[int, int, bool, int]:
    """How far two numbers are: 425-1 is next to L425-1, 225-4-99 to the last of 225-4-x.

    >>> sorted(["225-3", "225-4-9", "225-4-1"], key=lambda n: _distance("225-4-99", n))
    ['225-4-9', '225-4-1', '225-3']
    """
    one, two = (re.findall(r"\d+", value) for value in (number, other))
    pairs = list(zip(one, two, strict=False))
    common = next((i for i, (a, b) in enumerate(pairs) if a != b), len(pairs))
    gap = abs(int(one[common]) - int(two[common])) if common < len(pairs) else 0
    return -common, gap, number[:1] != other[:1], abs(len(one) - len(two))
