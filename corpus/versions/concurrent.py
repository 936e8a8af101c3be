"""Several wordings of one article number in one snapshot: which one is likely the current one.

The consolidated files sometimes keep a former wording beside the current one, under the same number and without a
word about it. A wording is taken for the former one for a stated reason only:

- outside the plan: the other stands in the plan of the code;
- known before: an older snapshot has it already, and not the other;
- outdated: it uses words that a law has since replaced everywhere (`_OUTDATED`), and the other does not.

A reason shared by all the wordings says nothing. When a single wording has no reason against it, it is the current
one; otherwise those without reason are all uncertain. The order of the file says nothing: of the 22 numbers of the
2026 codes where a wording counts in francs and another does not, it comes first in 8 and later in 14.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from corpus.readers.code_markdown import CodeArticle

_OUTDATED = re.compile(
    r"\d ?F\b|\bfrancs\b"  # the euro: règlement (CE) n° 974/98; ordonnance n° 2000-916
    r"|tribunal de grande instance|tribunal d'instance"  # tribunal judiciaire: loi n° 2019-222, art. 95
    r"|personnes morales peuvent être déclarées responsables pénalement"  # loi n° 2009-526, art. 124
)
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("’‘", "'")
    | dict.fromkeys("«»“”ˮ‟", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"œ": "oe", "Œ": "OE"}
)


class Verdict(Enum):
    """What a wording is among those of its snapshot."""

    CURRENT = "current"
    UNCERTAIN = "uncertain"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Wording:
    """An article's text in one snapshot; `key` is equal for two texts that differ by typography only."""

    key: str
    article: CodeArticle


def wording_key(text: str) -> str:
    """What two texts have in common when they differ only by spaces and typography.

    >>> wording_key("l’œuvre « d'art » ;") == wording_key('l\\'oeuvre "d\\'art";')
    True
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    return "".join(plain.split())


def judge(wordings: Sequence[Wording], known: Collection[str]) -> list[tuple[Wording, Verdict]]:
    """The wordings of one number in one snapshot, likeliest current one first, each with its verdict.

    `known` holds the keys of the wordings that the previous snapshots give under this number.
    """
    if len(wordings) == 1:
        return [(wordings[0], Verdict.CURRENT)]
    reasons = [
        (w.article.outside_plan, w.key in known, bool(_OUTDATED.search(w.article.content.text)))
        for w in wordings
    ]
    shared = [all(column) for column in zip(*reasons, strict=True)]
    against = [sum(r and not s for r, s in zip(row, shared, strict=True)) for row in reasons]
    free = against.count(0)
    verdicts = [_verdict(count, free) for count in against]
    order = sorted(range(len(wordings)), key=lambda i: against[i])
    return [(wordings[i], verdicts[i]) for i in order]


def _verdict(against: int, free: int) -> Verdict:
    """The verdict of a wording with `against` reasons when `free` wordings have none."""
    if against == 0:
        return Verdict.CURRENT if free == 1 else Verdict.UNCERTAIN
    return Verdict.FORMER if free else Verdict.UNCERTAIN
