"""What is known of a provision on a day: the only place where the law of a day is decided.

A wording is known to apply from `start` to `last_seen`, and to `end` when something gives that day. Between what is
known of two wordings, nothing is chosen: the day is undetermined. A wording never seen again for a year is the last
known state, not the law of the day. Everything that shows, filters, compares, quotes, checks or exports asks `law_on`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from kb.model import Bound, State

# How long an observation speaks for the days that follow it: a year. Chosen, not measured.
PRESUMED = timedelta(days=366)
_DAY = timedelta(days=1)


class DatedWording(Protocol):
    """What the law of a day is decided from: a version, with or without its text."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...
    @property
    def last_seen(self) -> date: ...
    @property
    def state(self) -> State: ...
    @property
    def start_bound(self) -> Bound: ...
    @property
    def end_bound(self) -> Bound: ...
    @property
    def act(self) -> str | None: ...
    @property
    def absent_from(self) -> date | None: ...
    @property
    def absent_until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Validity:
    """When one version applies, without its text. As given by default: dated by its source, and known for ever."""

    start: date
    end: date | None
    state: State
    last_seen: date = date.max
    start_bound: Bound = Bound.SOURCE
    end_bound: Bound = Bound.SOURCE
    absent_from: date | None = None
    absent_until: date | None = None
    act: str | None = None


class Standing(StrEnum):
    """What is known of a provision on a day, in one word; exactly one a day."""

    IN_FORCE = "en-vigueur"
    UNDETERMINED = "indeterminee"
    """Several wordings, or a wording and its absence, that cannot be told apart."""
    UNCERTAIN = "incertaine"
    """The source itself gives several wordings at once, or does not say whether this one applies."""
    NOT_YET = "pas-encore"
    REPEALED = "abrogee"
    ABSENT = "absente"
    """Between two lives of the number: the text has none that day."""
    LAST_KNOWN = "dernier-etat"
    """Applied when last seen, long before the day."""
    UNKNOWN = "sans-redaction"
    """Nothing is known of that day."""
    WITHOUT_TEXT = "sans-texte"


class ReasonKind(StrEnum):
    """Why a standing is what it is; the sentences are in `kb.wording.validity`."""

    NO_TEXT = "no_text"
    CONCURRENT = "concurrent"
    NOT_SAID = "not_said"
    CHECKED = "checked"
    ANNOUNCED = "announced"
    LAST_SEEN = "last_seen"
    BETWEEN = "between"
    PERHAPS_ENDED = "perhaps_ended"
    PERHAPS_BEGUN = "perhaps_begun"
    BEGINS = "begins"
    FIRST_KNOWN = "first_known"
    ENDED = "ended"
    ENDED_BY = "ended_by"
    REPEALED = "repealed"
    FOLLOWED = "followed"
    BETWEEN_LIVES = "between_lives"


W = TypeVar("W", bound=DatedWording)
W_co = TypeVar("W_co", bound=DatedWording, covariant=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as data: the days that it speaks of, in the order of its sentence, or a count."""

    kind: ReasonKind
    days: tuple[date, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class LawOfDay(Generic[W_co]):
    """What is known of a provision on `day`.

    `wording` is the one that applies, None unless one surely does. `candidates` are those that may apply, oldest
    first, when none can be chosen. `nearest` is the wording nearest to the day when none may apply: the last one
    before, else the first one after. `exists` tells whether the number surely bears an article that day (None: it
    cannot be told).
    """

    day: date
    standing: Standing
    reason: Reason | None
    wording: W_co | None = None
    candidates: tuple[W_co, ...] = ()
    nearest: W_co | None = None
    exists: bool | None = None

    @property
    def shown(self) -> W_co | None:
        """The wording to look at first, whatever its standing."""
        return self.wording or (self.candidates[-1] if self.candidates else self.nearest)

    @property
    def text_holder(self) -> W_co | None:
        """The wording whose text may stand alone as that of the provision; None when several could."""
        return None if self.standing is Standing.UNDETERMINED else self.shown


def law_on(wordings: Sequence[W], day: date) -> LawOfDay[W]:
    """What is known on a day of the provision of which these are all the wordings, in any order."""
    if not wordings:
        return LawOfDay(day, Standing.WITHOUT_TEXT, Reason(ReasonKind.NO_TEXT))
    applying = tuple(w for w in wordings if _applies(w, day))
    if applying:
        return _applied(applying, day)
    possible = tuple(w for w in wordings if _may_apply(w, wordings, day))
    if possible:
        return _undetermined(tuple(sorted(possible, key=lambda w: w.start)), wordings, day)
    return _outside(wordings, day)


def as_last_known(wordings: Sequence[W]) -> LawOfDay[W]:
    """What was known of the provision when it was last observed, whenever that was."""
    return law_on(wordings, last_known_day(wordings))


def last_known_day(wordings: Sequence[DatedWording]) -> date:
    """The last day of which anything is known; a day that is only announced does not count."""
    return max((_last_fact(w) for w in wordings), default=date.min)


def first_possible_day(wording: DatedWording, wordings: Sequence[DatedWording]) -> date:
    """The first day on which a wording may apply: `start` when that is known, else the day after it did not."""
    if wording.start_bound is not Bound.UNKNOWN:
        return wording.start
    before = [w.last_seen for w in wordings if w.last_seen < wording.start]
    known = [day for day in (*before, wording.absent_until) if day is not None and day < wording.start]
    return max(known) + _DAY if known else wording.start


def _last_fact(wording: DatedWording) -> date:
    if wording.end is None:
        return wording.last_seen
    announced = wording.end_bound is Bound.SOURCE and wording.end - wording.last_seen > _DAY
    return wording.last_seen if announced else max(wording.last_seen, wording.end)


def _applies(wording: DatedWording, day: date) -> bool:
    """Whether it is known to apply, or does as far as its last observation goes."""
    if day < wording.start or (wording.end is not None and day >= wording.end):
        return False
    return wording.end is None or day <= wording.last_seen or wording.end_bound is not Bound.UNKNOWN


def _may_apply(wording: DatedWording, wordings: Sequence[DatedWording], day: date) -> bool:
    first = first_possible_day(wording, wordings)
    return first <= day and (wording.end is None or day < wording.end)


def _applied(applying: tuple[W, ...], day: date) -> LawOfDay[W]:
    """One wording, or several at once of which the source says, or does not say, which one is in force."""
    ruling = tuple(w for w in applying if w.state is State.IN_FORCE)
    chosen = ruling[0] if len(ruling) == 1 else applying[0] if len(applying) == 1 else None
    if chosen is None:
        reason = Reason(ReasonKind.CONCURRENT, count=len(applying))
        return LawOfDay(day, Standing.UNCERTAIN, reason, candidates=applying, exists=True)
    if chosen.end is None and chosen.state is State.REPEALED:
        return LawOfDay(day, Standing.REPEALED, Reason(ReasonKind.REPEALED), nearest=chosen, exists=False)
    if chosen.state is State.UNCERTAIN or (chosen.end is None and chosen.state is State.MODIFIED):
        return LawOfDay(day, Standing.UNCERTAIN, Reason(ReasonKind.NOT_SAID), candidates=(chosen,))
    return _in_force(chosen, day)


def _in_force(wording: W, day: date) -> LawOfDay[W]:
    if wording.state is State.DEFERRED and day > wording.last_seen:
        reason = Reason(ReasonKind.ANNOUNCED, (wording.start, wording.last_seen))
        return LawOfDay(day, Standing.IN_FORCE, reason, wording, exists=True)
    if wording.end is None and day - wording.last_seen > PRESUMED:
        reason = Reason(ReasonKind.LAST_SEEN, (wording.last_seen,))
        return LawOfDay(day, Standing.LAST_KNOWN, reason, candidates=(wording,))
    checked = Reason(ReasonKind.CHECKED, (wording.last_seen,)) if day > wording.last_seen else None
    return LawOfDay(day, Standing.IN_FORCE, checked, wording, exists=True)


def _undetermined(candidates: tuple[W, ...], wordings: Sequence[W], day: date) -> LawOfDay[W]:
    """Between what is known of two wordings; or of one and of its absence."""
    seen = [w for w in candidates if w.last_seen < day]
    coming = [w for w in candidates if w.start > day]
    if seen and coming:
        days = (max(w.last_seen for w in seen), min(w.start for w in coming))
        reason = Reason(ReasonKind.BETWEEN, days)
        return LawOfDay(day, Standing.UNDETERMINED, reason, candidates=candidates, exists=True)
    if seen:
        last = max(seen, key=lambda w: w.last_seen)
        reason = Reason(ReasonKind.PERHAPS_ENDED, (last.last_seen, last.end or day))
    else:
        reason = _perhaps_begun(candidates[0], wordings)
    return LawOfDay(day, Standing.UNDETERMINED, reason, candidates=candidates)


def _perhaps_begun(first: W, wordings: Sequence[W]) -> Reason:
    """Why a wording may not have begun yet: it followed another one, or the text did not have the article."""
    absent = first.absent_until or first.start - _DAY
    before = max((w.last_seen for w in wordings if w.last_seen < first.start), default=date.min)
    if before >= absent:
        return Reason(ReasonKind.BETWEEN, (before, first.start))
    return Reason(ReasonKind.PERHAPS_BEGUN, (absent, first.start))


def _outside(wordings: Sequence[W], day: date) -> LawOfDay[W]:
    """A day on which none of the wordings may apply."""
    before = [w for w in wordings if w.end is not None and w.end <= day]
    after = [w for w in wordings if w.start > day]
    if before and after:
        last, first = max(before, key=lambda w: w.start), min(after, key=lambda w: w.start)
        if last.state is State.MODIFIED and last.end_bound is Bound.REFORM:
            return replace(_ended(last, day), exists=True)
        reason = Reason(ReasonKind.BETWEEN_LIVES, (last.end or day, first.start))
        return LawOfDay(day, Standing.ABSENT, reason, nearest=last, exists=False)
    if before:
        return _ended(max(before, key=lambda w: (w.end or day, w.start)), day)
    return _before(min(after, key=lambda w: w.start), day)


def _ended(last: W, day: date) -> LawOfDay[W]:
    """After the last wording: the number bears none any more, unless the source says that another one followed."""
    end = last.end or day
    if last.state is State.MODIFIED:
        return LawOfDay(day, Standing.UNKNOWN, Reason(ReasonKind.FOLLOWED, (end,)), nearest=last)
    kind = ReasonKind.ENDED if last.end_bound is Bound.UNKNOWN else ReasonKind.ENDED_BY
    return LawOfDay(day, Standing.REPEALED, Reason(kind, (end,)), nearest=last, exists=False)


def _before(first: W, day: date) -> LawOfDay[W]:
    """Before the first wording: not yet in force when its absence is known, or when the source announces it."""
    last = first.absent_until or first.start - _DAY
    absent = first.absent_from is not None and first.absent_from <= day <= last
    if absent or first.state is State.DEFERRED:
        born = last + _DAY if first.absent_from == date.min else first.start
        reason = Reason(ReasonKind.BEGINS, (born,))
        return LawOfDay(day, Standing.NOT_YET, reason, nearest=first, exists=False)
    reason = Reason(ReasonKind.FIRST_KNOWN, (first.start,))
    return LawOfDay(day, Standing.UNKNOWN, reason, nearest=first)
