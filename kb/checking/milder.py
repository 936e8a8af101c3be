"""Which of two laws is the milder one, for facts of one day judged on another (article 112-1 of the Code pénal).

A new law applies to the facts of before it when it is less severe, never when it is more so. It is only said to be
milder, or harsher, where the penalties of both days are known as data and all go one way: elements of an offence, an
added circumstance or a penalty unknown are for the judge to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.checking.penalties import Stated, read_penalties

BASIS = "code-penal/112-1"
_FINE = re.compile(r"\s*d['’]amende")


class Severity(StrEnum):
    """What the later law is, beside the earlier one."""

    SAME = "identique"
    MILDER = "plus douce"
    HARSHER = "plus sévère"
    TO_WEIGH = "à apprécier"


class Ground(StrEnum):
    """Why; the sentences are in `kb.wording.milder`."""

    SAME_TEXT = "same_text"
    UNKNOWN_TEXT = "unknown_text"
    UNKNOWN_PENALTIES = "unknown_penalties"
    OTHER_CASES = "other_cases"
    BOTH_WAYS = "both_ways"
    SAME_PENALTIES = "same_penalties"
    ALL_LOWER = "all_lower"
    ALL_HIGHER = "all_higher"


@dataclass(frozen=True, slots=True)
class Term:
    """The heaviest that may be pronounced: months of deprivation of liberty, euros; `life` is above any number."""

    months: int = 0
    euros: int = 0
    life: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the later law is, and why."""

    severity: Severity
    ground: Ground


Penalties = Mapping[str, Term]
"""By circumstance ("" for the offence alone), what may be pronounced."""


def weigh_texts(old: str, new: str) -> Weighing | None:
    """Two wordings that differ by the figures of their penalties alone; None when anything else changes.

    >>> weigh_texts("Est puni de sept ans d'emprisonnement.", "Est puni de dix ans d'emprisonnement.").severity.value
    'plus sévère'
    >>> weigh_texts("Le vol est puni de trois ans d'emprisonnement.", "La fraude est punie de deux ans.") is None
    True
    """
    if old.split() == new.split():
        return Weighing(Severity.SAME, Ground.SAME_TEXT)
    one, other = _penalties(old), _penalties(new)
    if not one or len(one) != len(other) or _without(old, one) != _without(new, other):
        return None
    pairs = {str(rank): (_term(a), _term(b)) for rank, (a, b) in enumerate(zip(one, other, strict=True))}
    return weigh({k: a for k, (a, _) in pairs.items()}, {k: b for k, (_, b) in pairs.items()})


def _penalties(text: str) -> list[Stated]:
    """What is incurred: a term of imprisonment, a fine; no age, delay or threshold."""
    return [
        p for p in read_penalties(text) if p.is_term or (p.euros is not None and _FINE.match(text, p.end))
    ]


def _without(text: str, penalties: Sequence[Stated]) -> list[str]:
    """The words of a text, each penalty as a blank of its kind: a term of days or another nature is no figure."""
    parts, position = [], 0
    for stated in penalties:
        kind = f"[{stated.nature}|{stated.days}|{stated.euros is None}]"
        parts += [text[position : stated.start], kind]
        position = stated.end
    return " ".join([*parts, text[position:]]).split()


def _term(stated: Stated) -> Term:
    return Term(stated.months or 0, stated.euros or 0, stated.life)


def weigh(old: Penalties | None, new: Penalties | None) -> Weighing:
    """The penalties of the later law beside those of the earlier one; None when they are not known as data.

    >>> weigh({"": Term(84, 150_000)}, {"": Term(120, 150_000)}).severity.value
    'plus sévère'
    >>> weigh({"": Term(84)}, None).severity.value
    'à apprécier'
    """
    if not old or not new:
        return Weighing(Severity.TO_WEIGH, Ground.UNKNOWN_PENALTIES)
    if old.keys() != new.keys():
        return Weighing(Severity.TO_WEIGH, Ground.OTHER_CASES)
    steps = {step for case in old for step in _steps(old[case], new[case])}
    if not steps:
        return Weighing(Severity.TO_WEIGH, Ground.SAME_PENALTIES)
    if len(steps) > 1:
        return Weighing(Severity.TO_WEIGH, Ground.BOTH_WAYS)
    if steps == {1}:
        return Weighing(Severity.HARSHER, Ground.ALL_HIGHER)
    return Weighing(Severity.MILDER, Ground.ALL_LOWER)


def _steps(old: Term, new: Term) -> set[int]:
    """1 where the new one is heavier, -1 where it is lighter."""
    pairs = [(int(old.life), int(new.life)), (old.euros, new.euros)]
    if not old.life and not new.life:  # beside a life sentence, a number of months says nothing
        pairs.append((old.months, new.months))
    return {1 if later > earlier else -1 for earlier, later in pairs if later != earlier}
