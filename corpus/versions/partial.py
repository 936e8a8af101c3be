"""What a partial history adds to the versions of an article: it only speaks where no whole consolidation does.

Where the whole code is known the consolidations are right, and each text of a partial history that differs is told.
In a gap, or after the last consolidation, a text of the partial history holds from its day on: it is that very day
that its source gives. One that began before the gap counts only when the consolidation there has the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.history.articles import PartialWording
from corpus.versions.continuous import DatedWording, replace_version
from corpus.versions.timeline import Timeline
from kb.model import Anomaly, Bound, State, Version

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """Days of which no whole consolidation tells anything: after `before` and until the eve of `after`."""

    before: date
    after: date


def silences(timeline: Timeline) -> list[Silence]:
    """The gaps of a code, with what precedes its first consolidation and what follows its last."""
    found, before = [], date.min
    for consolidation in timeline.consolidations:
        if not consolidation.linked:
            found.append(Silence(before, consolidation.day))
        before = consolidation.day
    return [*found, Silence(before, date.max)]


def add_partial(
    dated: Sequence[DatedWording], wordings: Sequence[PartialWording], gaps: Sequence[Silence], horizon: date
) -> tuple[list[DatedWording], list[Anomaly]]:
    """The versions of one article with those that a partial history adds, and where the two disagree."""
    holdings = list(_holdings(_timely(wordings, gaps), horizon))
    merged = list(dated)
    for gap in gaps:
        inside = [h for h in holdings if h.start < gap.after and h.until > gap.before]
        for place, holding in enumerate(inside):
            alone = all(later.wording.key == holding.wording.key for later in inside[place + 1 :])
            merged = _take(merged, holding, gap, alone)
    return _closed([_acted(d, wordings) for d in merged], gaps), list(_disagreements(dated, holdings, gaps))


def _timely(wordings: Sequence[PartialWording], gaps: Sequence[Silence]) -> list[PartialWording]:
    """Without what was to come on a day that a later consolidation has gone past: it may have been given up."""
    return [w for w in wordings if not w.to_come or w.start > gaps[-1].before]


@dataclass(frozen=True, slots=True)
class _Holding:
    """A wording of a partial history and the days over which it holds, both included."""

    wording: PartialWording
    start: date
    until: date


def _holdings(wordings: Sequence[PartialWording], horizon: date) -> Iterator[_Holding]:
    """Of two texts of one day the last; what was to come is only known to begin."""
    for place, wording in enumerate(wordings):
        following = wordings[place + 1].start - _DAY if place + 1 < len(wordings) else date.max
        if following < wording.start:
            continue
        until = wording.start if wording.to_come else min(following, horizon)
        yield _Holding(wording, wording.start, max(until, wording.start))


def _take(dated: list[DatedWording], holding: _Holding, gap: Silence, alone: bool) -> list[DatedWording]:
    """With one holding, as far as it stands in the gap; `alone`: no other text follows it there."""
    start, until = max(holding.start, gap.before + _DAY), min(holding.until, gap.after - _DAY)
    key = holding.wording.key
    if holding.start <= gap.before:
        standing = [d for d in dated if d.version.start <= gap.before <= d.version.last_seen]
        return [
            _stretched(d, holding, d.version.start, until) if d.key == key and d in standing else d
            for d in dated
        ]
    for d in dated:
        joins = d.version.last_seen + _DAY == start or (alone and until < d.version.start == gap.after)
        if d.key == key and (joins or _overlaps(d.version, start, until)):
            return [_stretched(d, holding, start, until) if other is d else other for other in dated]
    if any(_overlaps(d.version, start, until) for d in dated):
        return dated
    absent = gap.before if gap.before > date.min and holding.start > gap.before else None
    return [*dated, _new(holding.wording, start, until, absent)]


def _overlaps(version: Version, start: date, until: date) -> bool:
    return version.start <= until and start <= version.last_seen


def _stretched(dated: DatedWording, holding: _Holding, start: date, until: date) -> DatedWording:
    version = dated.version
    changes: dict[str, object] = {"last_seen": max(version.last_seen, until)}
    if start < version.start:
        bound = Bound.SOURCE if holding.wording.certain else Bound.UNKNOWN
        changes |= {"start": start, "first_seen": start, "start_bound": bound}
    return replace_version(dated, **changes)


def _new(wording: PartialWording, start: date, until: date, absent: date | None) -> DatedWording:
    version = Version(
        provision=wording.provision,
        ordinal=0,
        start=start,
        end=None,
        first_seen=start,
        last_seen=until,
        state=State.DEFERRED if wording.to_come else State.IN_FORCE,
        text=wording.content.text,
        document=wording.document.id,
        spans=wording.content.spans(),
        heading=wording.heading,
        start_bound=Bound.SOURCE if wording.certain else Bound.UNKNOWN,
        act=wording.act,
        absent_from=absent,
        absent_until=absent,
    )
    return DatedWording(version, wording.content, wording.key, wording.number, 0)


def _acted(dated: DatedWording, wordings: Sequence[PartialWording]) -> DatedWording:
    """With the act that the partial history names for the same text begun on the same day."""
    if dated.version.act or dated.version.start_bound is not Bound.SOURCE:
        return dated
    same = (w.act for w in wordings if w.key == dated.key and w.start == dated.version.start and w.act)
    act = next(same, None)
    return replace_version(dated, act=act) if act else dated


def _closed(dated: list[DatedWording], gaps: Sequence[Silence]) -> list[DatedWording]:
    """In the order of their days, each ending at the latest where the next one begins."""
    ordered = sorted(dated, key=lambda d: d.version.start)
    found: list[DatedWording] = []
    for d in ordered:
        version = d.version
        later = [o.version.start for o in ordered if o.version.start > version.last_seen]
        absent = next((g.after for g in gaps if g.before <= version.last_seen < g.after != date.max), None)
        ends = [day for day in (*later[:1], absent, version.end) if day and day > version.last_seen]
        end = min(ends, default=None)
        bound = version.end_bound if end == version.end else _bound(version, end, ordered)
        found.append(replace_version(d, ordinal=len(found), end=end, end_bound=bound))
    return found


def _bound(version: Version, end: date | None, ordered: Sequence[DatedWording]) -> Bound:
    """The end of a wording is the source's when it is known up to the eve, and the next one begins that day."""
    exact = any(d.version.start == end and d.version.start_bound is Bound.SOURCE for d in ordered)
    announced = any(d.version.start == end and d.version.state is State.DEFERRED for d in ordered)
    return Bound.SOURCE if end and exact and (version.last_seen + _DAY == end or announced) else Bound.UNKNOWN


def _disagreements(
    dated: Sequence[DatedWording], holdings: Sequence[_Holding], gaps: Sequence[Silence]
) -> Iterator[Anomaly]:
    """Each text that a partial history begins on a day of which the whole code is known, and known otherwise."""
    for holding in holdings:
        day, wording = holding.start, holding.wording
        if any(gap.before < day < gap.after for gap in gaps):
            continue
        texts = {d.key for d in dated if d.version.start <= day <= d.version.last_seen}
        if wording.key not in texts:
            what = "un autre texte" if texts else "aucun texte"
            message = f"{wording.provision} : les consolidations du code ont {what} le {day.isoformat()}, et priment."
            yield Anomaly(wording.document.id, "sources_discordantes", message)
