"""The dated versions of each article of a code whose history is known (docs/adr/0019).

Within a linked stretch a wording holds until the day before the consolidation that changes it: both bounds are the
source's. Across a gap equal texts are one version; different ones leave the days between undetermined. An article
that is absent for less than `LONGEST_HOLE` and comes back is a hole of the source, and undetermined too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.history.consolidations import Announcement, Consolidation, State
from corpus.versions.concurrent import Verdict, Wording, judge
from corpus.versions.timeline import Timeline, Witness
from kb.ids import ProvisionId
from kb.model import Bound, Document, Version
from kb.model import State as VersionState
from kb.text.spans import MappedText

# In the nine codes, 41 absences last at most 175 days and end with another text (ten articles of the Code civil from
# 9 February to 9 May 1995): the source lacks a wording. The next longest are repeals, and their numbers given anew.
LONGEST_HOLE = timedelta(days=183)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DatedWording:
    """One version with its mapped text and its key; `position` is its place in the consolidation that holds it."""

    version: Version
    content: MappedText
    key: str
    number: str
    position: int


@dataclass(slots=True)
class _Run:
    """A wording over consecutive consolidations, `first` to `last`."""

    wording: Wording
    first: int
    last: int
    rivals: int
    order: int
    verdict: Verdict
    former: int | None = None
    hole: int | None = None
    after_hole: bool = False


def continuous_versions(
    timeline: Timeline, number: ProvisionId, announced: Sequence[Announcement] = ()
) -> list[DatedWording]:
    """The versions of one number, in the order of their days."""
    states = list(_spans(timeline.consolidations, timeline.states.get(number, ())))
    runs = sorted(_runs(states), key=lambda run: (run.first, run.order))
    found = [_dated(timeline, number, run) for run in runs]
    for announcement in announced:
        if number in announcement.changes:
            found = _announce(found, announcement.document, *announcement.changes[number])
    return _numbered(_stated(found, timeline))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The wordings from `first` to `last`; from `hole` on, to `last`, the number is absent though it comes back."""

    wordings: tuple[Wording, ...]
    first: int
    last: int
    hole: int | None = None
    after_hole: bool = False


def _spans(consolidations: Sequence[Consolidation], states: Sequence[State]) -> Iterator[_Stretch]:
    """The states that have wordings, with the ranks over which they hold."""
    after_hole, existed = False, False
    for place, state in enumerate(states):
        wordings = _in_place(state.wordings, states[place - 1].wordings if place else None, existed)
        if not wordings:
            continue
        following = states[place + 1 :]
        last = following[0].rank - 1 if following else len(consolidations) - 1
        hole = None
        if len(following) > 1 and not following[0].wordings:
            leaves, returns = (consolidations[state.rank] for state in following[:2])
            if leaves.linked and returns.linked and returns.day - leaves.day <= LONGEST_HOLE:
                hole, last = following[0].rank, following[1].rank - 1
        yield _Stretch(wordings, state.rank, last, hole, after_hole)
        after_hole, existed = hole is not None, True


def _in_place(
    wordings: tuple[Wording, ...], before: tuple[Wording, ...] | None, existed: bool
) -> tuple[Wording, ...]:
    """Without the leftovers of a code that was written anew: out of the plan, under a number that had ended."""
    if existed and not before:
        return tuple(wording for wording in wordings if not wording.article.outside_plan)
    return wordings


def _runs(stretches: Sequence[_Stretch]) -> Iterator[_Run]:
    """Each wording with the consecutive stretches that hold it."""
    active: dict[str, _Run] = {}
    known: set[str] = set()
    for stretch in stretches:
        for order, (wording, verdict) in enumerate(judge(stretch.wordings, known)):
            run = active.get(wording.key)
            if run is None or run.last != stretch.first - 1:
                if run:
                    yield run
                run = active[wording.key] = _Run(wording, stretch.first, stretch.last, 0, order, verdict)
                run.after_hole = stretch.after_hole
            elif verdict is Verdict.FORMER and run.former is None:
                run.former = stretch.first
            run.last, run.hole = stretch.last, stretch.hole
            run.verdict, run.rivals = verdict, len(stretch.wordings) - 1
        known |= {wording.key for wording in stretch.wordings}
    yield from active.values()


def _dated(timeline: Timeline, number: ProvisionId, run: _Run) -> DatedWording:
    days = timeline.consolidations
    first = days[run.first]
    end, end_bound, last_seen = _end(days, run)
    absent = _absent_until(days, run)
    article, document = run.wording.article, first.document
    if witness := _witness(timeline, number, run.wording.key, first.day, last_seen):
        article, document = witness.article, witness.document
    version = Version(
        provision=number,
        ordinal=0,
        start=first.day,
        end=end,
        first_seen=first.day,
        last_seen=last_seen,
        state=VersionState.UNCERTAIN if _is_uncertain(run) else VersionState.IN_FORCE,
        text=article.content.text,
        document=document.id,
        spans=article.content.spans(),
        heading=article.heading,
        concurrent=run.rivals,
        start_bound=Bound.SOURCE if first.linked and not run.after_hole else Bound.UNKNOWN,
        end_bound=end_bound,
        absent_from=days[0].day if absent else None,
        absent_until=absent,
    )
    return DatedWording(version, article.content, run.wording.key, article.number, article.position)


def _is_uncertain(run: _Run) -> bool:
    return run.verdict is Verdict.UNCERTAIN or run.wording.article.outside_plan


def _absent_until(days: Sequence[Consolidation], run: _Run) -> date | None:
    """The last day before a wording on which the code is known not to have it."""
    if run.first == 0 or run.after_hole:
        return None
    return days[run.first].day - _DAY if days[run.first].linked else days[run.first - 1].day


def _end(days: Sequence[Consolidation], run: _Run) -> tuple[date | None, Bound, date]:
    """The first day without the wording, how it is known, and the last day with it."""
    rank = run.former if run.former is not None else run.last + 1
    if run.hole is not None and run.former is None:
        return days[rank].day, Bound.UNKNOWN, days[run.hole].day - _DAY
    if rank >= len(days):
        return None, Bound.UNKNOWN, days[-1].day
    if days[rank].linked:
        return days[rank].day, Bound.SOURCE, days[rank].day - _DAY
    return days[rank].day, Bound.UNKNOWN, days[rank - 1].day


def _witness(timeline: Timeline, number: ProvisionId, key: str, first: date, last: date) -> Witness | None:
    """The latest snapshot that holds the wording while it applies."""
    witnesses = [w for w in timeline.witnesses.get((number, key), ()) if first <= w.day <= last]
    return max(witnesses, key=lambda witness: witness.day, default=None)


def _announce(
    dated: list[DatedWording], document: Document, before: Sequence[Wording], after: Sequence[Wording]
) -> list[DatedWording]:
    """With what a commit of a day to come changes: wordings that end on it, others that begin."""
    day = document.day or date.max
    new = {wording.key for wording in after}
    ending = {wording.key for wording in before} - new
    standing = {d.key for d in dated if d.version.end is None}
    found = [
        replace_version(d, end=day, end_bound=Bound.SOURCE)
        if d.key in ending and d.version.end is None
        else d
        for d in dated
    ]
    return found + [_to_come(wording, document, day) for wording in after if wording.key not in standing]


def _to_come(wording: Wording, document: Document, day: date) -> DatedWording:
    article = wording.article
    version = Version(
        provision=article.id,
        ordinal=0,
        start=day,
        end=None,
        first_seen=day,
        last_seen=day,
        state=VersionState.DEFERRED,
        text=article.content.text,
        document=document.id,
        spans=article.content.spans(),
        heading=article.heading,
        start_bound=Bound.SOURCE,
    )
    return DatedWording(version, article.content, wording.key, article.number, article.position)


def replace_version(dated: DatedWording, **changes: object) -> DatedWording:
    """The same wording with other days."""
    return replace(dated, version=replace(dated.version, **changes))  # type: ignore[arg-type]


def _stated(dated: list[DatedWording], timeline: Timeline) -> list[DatedWording]:
    """With the state of each: of the past, repealed, in force."""
    final = timeline.consolidations[-1].day if timeline.consolidations else date.min
    latest = max(
        (d.version.start for d in dated if d.version.state is not VersionState.DEFERRED), default=date.min
    )
    found = []
    for d in dated:
        ended = d.version.end is not None and d.version.end <= final
        if d.version.state is not VersionState.DEFERRED and ended:
            last = d.version.start == latest
            d = replace_version(d, state=VersionState.REPEALED if last else VersionState.MODIFIED)
        found.append(d)
    return found


def _numbered(dated: list[DatedWording]) -> list[DatedWording]:
    ordered = sorted(dated, key=lambda d: d.version.start)
    return [replace_version(d, ordinal=ordinal) for ordinal, d in enumerate(ordered)]
