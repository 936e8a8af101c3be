"""The sentence of a text in which a citation stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# A dot that ends no sentence: of an abbreviation, or between figures.
_ABBREVIATED = re.compile(
    r"(?:\b(?:art|arts|al|n|p|C|pén|civ|Cass|crim|soc|com|req|aff|L|R|D|M|Mme|cf|s|obs|ch|ass|plén|trib|const|Cons|préc)"
    r"|\b[A-Z])\Z"
)
_END = re.compile(r"\n\s*\n|[.!?](?=\s+(?:[A-ZÀ-Ý«“\"]|\Z))|[.!?]\Z|;(?=\s)")
LONGEST = 600
"""Characters of a sentence that are read on either side of a citation."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence at `[start, end)` of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """The ends of the sentences of a text, to find the one that holds a place."""

    text: str
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sentences:
        """Read once for a text, in time that is in proportion to its length."""
        return cls(text, tuple(m.end() for m in _END.finditer(text) if not _abbreviated(text, m)))

    def around(self, start: int, end: int) -> Sentence:
        """The sentence that holds `[start, end)`, no longer than LONGEST on either side."""
        before = bisect_right(self.ends, start) - 1
        after = bisect_left(self.ends, end)
        low = self.ends[before] if before >= 0 else 0
        high = self.ends[after] if after < len(self.ends) else len(self.text)
        low, high = max(low, start - LONGEST), min(high, end + LONGEST)
        return Sentence(low, high, self.text[low:high])


def _abbreviated(text: str, end: re.Match[str]) -> bool:
    return end[0] == "." and _ABBREVIATED.search(text, max(0, end.start() - 8), end.start()) is not None


def ranks_within(sentence: Sentence, starts: Sequence[int]) -> range:
    """The ranks of the citations of a text that begin in this sentence, from where each begins, in order."""
    return range(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
