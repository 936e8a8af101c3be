"""The periods of a provision: from one day to another what is known of it is one thing, gaps included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from kb.validity import PRESUMED, DatedWording, LawOfDay, Standing, first_possible_day, law_on

_DAY = timedelta(days=1)
_GAPS = (Standing.UNDETERMINED, Standing.UNKNOWN, Standing.LAST_KNOWN)
W = TypeVar("W", bound=DatedWording)
W_co = TypeVar("W_co", bound=DatedWording, covariant=True)


@dataclass(frozen=True, slots=True)
class Period(Generic[W_co]):
    """What is known over `[start, end)`; None for what has no beginning, or no end yet."""

    start: date | None
    end: date | None
    law: LawOfDay[W_co]

    @property
    def is_gap(self) -> bool:
        """Whether nobody can tell which wording applied."""
        return self.law.standing in _GAPS


def periods(wordings: Sequence[W]) -> tuple[Period[W], ...]:
    """Every period of a provision, oldest first, without a hole between them; none without any wording."""
    turns = sorted(set(_turns(wordings)))
    if not turns:
        return ()
    laws = [law_on(wordings, turns[0] - _DAY), *(law_on(wordings, day) for day in turns)]
    starts: list[date | None] = [None, *turns]
    kept = [i for i in range(len(laws)) if i == 0 or _sense(laws[i]) != _sense(laws[i - 1])]
    ends = [*(starts[i] for i in kept[1:]), None]
    return tuple(Period(starts[i], end, laws[i]) for i, end in zip(kept, ends, strict=True))


def _turns(wordings: Sequence[DatedWording]) -> Iterator[date]:
    """The days on which what is known may change."""
    for wording in wordings:
        yield wording.start
        yield first_possible_day(wording, wordings)
        yield wording.last_seen + _DAY
        if wording.end is not None:
            yield wording.end
        else:
            yield wording.last_seen + PRESUMED + _DAY
        if wording.absent_from is not None and wording.absent_from > date.min:
            yield wording.absent_from
        if wording.absent_until is not None:
            yield wording.absent_until + _DAY


def _sense(law: LawOfDay[W]) -> tuple[Standing, tuple[int, ...]]:
    """What makes two days of one period: the same standing, of the same wordings."""
    return law.standing, tuple(id(w) for w in (law.wording, *law.candidates, law.nearest) if w is not None)
