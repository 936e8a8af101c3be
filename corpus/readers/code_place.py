"""Whether an article stands where the plan of its code puts it, or is a leftover of an older version of the code.

The source keeps articles that it could not hang in the plan: before its first heading (the old numbers at the top of
the CESEDA of 2026), in the part of the other kind (an `L` article among the decrees), or among the annexes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.hierarchy import SATURATED, fold
from corpus.readers.code_layout import Mark
from kb.ids import ProvisionId

# A preamble and a first article may stand before the first title: the Constitution of 1958 begins so.
_FIRST_NUMBER = re.compile(r"(?:pr[ée]ambule|(?:L\.? ?)?1(?:er)?|premier)\Z", re.IGNORECASE)
_PREFIXED = re.compile(r"(?P<prefix>LO|[LRDA])\d")


def plan_start(marks: Sequence[Mark]) -> int:
    """Where the plan begins: at the first heading of the highest level; 0 when no leftover stands before it."""
    headings = [mark for mark in marks if mark.number is None]
    top = min((mark.level for mark in headings), default=SATURATED)
    start = next((mark.start for mark in headings if mark.level == top), 0)
    before = (mark.number for mark in marks if mark.number is not None and mark.start < start)
    return 0 if may_come_first(before) else start


def may_come_first(numbers: Iterable[str]) -> bool:
    """Whether articles of these numbers may stand before the first title of a code."""
    return all(_FIRST_NUMBER.match(number) for number in numbers)


def is_misplaced(provision: ProvisionId, heading: Sequence[str]) -> bool:
    """Whether the part of the code that holds an article cannot be its own.

    >>> is_misplaced(ProvisionId("code-de-la-consommation/L115-5"), ["Partie réglementaire nouvelle", "Annexes"])
    True
    """
    number = provision.rsplit("/", 1)[1]
    match = _PREFIXED.match(number)
    if match is None or not heading or "annexe" in number:
        return False
    part = fold(heading[0])
    if part.startswith("partie legislative") and not match["prefix"].startswith("L"):
        return True
    if part.startswith("partie reglementaire") and match["prefix"].startswith("L"):
        return True
    return any(fold(title).startswith("annexe") for title in heading)
