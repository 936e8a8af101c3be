"""The dated versions of each article from LEGI data, and how they join those drawn from Markdown snapshots.

LEGI gives the very days on which a wording came into force and ended; a snapshot only that it was there one day. For
an article that LEGI gives, its wordings are taken from there; older wordings that only a snapshot has are kept, and end
where the first of LEGI begins. An article that only the snapshots have stays as they give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.readers.legi import LegiReading, LegiWording
from corpus.versions.concurrent import wording_key
from corpus.versions.snapshots import DatedProvision, default_version
from kb.ids import DocumentId, ProvisionId
from kb.model import Bound, Provision, State, Version

_NUMBER = re.compile(r"(?P<series>[A-Z]*)(?P<rest>\d.*)")
_SERIES = ("LO", "L", "", "R", "D", "A")


@dataclass(frozen=True, slots=True)
class LegiSource:
    """What is known of the data besides their wordings: the code, the document that holds them, their date."""

    code: str
    text_id: str
    document: DocumentId
    day: date


def legi_versions(source: LegiSource, readings: Iterable[LegiReading]) -> tuple[DatedProvision, ...]:
    """The provisions of a code, in the order of the file or, of many files of one article, of their numbers."""
    found: dict[ProvisionId, dict[str, LegiWording]] = {}
    single = True
    for reading in readings:
        single &= len(reading.wordings) <= 1
        for wording in reading.wordings:
            found.setdefault(wording.provision, {})[wording.legiarti] = wording
    places = sorted(found, key=_by_number) if single else list(found)
    return tuple(
        _provision(source, position, tuple(found[name].values())) for position, name in enumerate(places)
    )


def join_snapshots(
    snapshots: Sequence[DatedProvision], legi: Sequence[DatedProvision]
) -> tuple[DatedProvision, ...]:
    """All the provisions of a code, those of the snapshots first, in their order."""
    given = {dated.provision.id: dated for dated in legi}
    joined = [_joined(old, given.pop(old.provision.id, None)) for old in snapshots]
    return tuple(
        replace(dated, provision=replace(dated.provision, position=position))
        for position, dated in enumerate([*joined, *given.values()])
    )


def _provision(source: LegiSource, position: int, wordings: Sequence[LegiWording]) -> DatedProvision:
    ordered = sorted(wordings, key=lambda w: (w.start, w.end or date.max, w.order))
    kept = [
        w for w in ordered if w.end is None or w.start < w.end
    ]  # LEGI has some that ended the day they began
    kept = kept or ordered[-1:]
    versions = tuple(_version(source, ordinal, wording, kept) for ordinal, wording in enumerate(kept))
    last = kept[-1]
    bare = Provision(
        last.provision, source.code, source.text_id, last.number, position, last.heading, versions
    )
    shown = kept[default_version(bare).ordinal]
    provision = replace(bare, number=shown.number, heading=shown.heading)
    return DatedProvision(provision, tuple(w.content for w in kept))


def _version(
    source: LegiSource, ordinal: int, wording: LegiWording, all_of_them: Sequence[LegiWording]
) -> Version:
    rivals = sum(_overlap(wording, other) for other in all_of_them if other is not wording)
    last = wording.end - timedelta(days=1) if wording.end else source.day
    return Version(
        provision=wording.provision,
        ordinal=ordinal,
        start=wording.start,
        end=wording.end,
        first_seen=min(wording.start, source.day),
        last_seen=max(wording.start, min(last, source.day)) if wording.start <= source.day else source.day,
        state=State.UNCERTAIN if rivals and wording.state is State.IN_FORCE else wording.state,
        text=wording.content.text,
        document=source.document,
        spans=wording.content.spans(),
        heading=wording.heading,
        concurrent=rivals,
        legiarti=wording.legiarti,
        start_bound=Bound.SOURCE,
        end_bound=Bound.SOURCE if wording.end else Bound.UNKNOWN,
    )


def _overlap(one: LegiWording, other: LegiWording) -> bool:
    """Whether two wordings of a number are in force together: two annexes I of a code, in different parts of it."""
    starts, ends = max(one.start, other.start), min(one.end or date.max, other.end or date.max)
    return starts < ends and one.state is State.IN_FORCE and other.state is State.IN_FORCE


def _joined(old: DatedProvision, new: DatedProvision | None) -> DatedProvision:
    if new is None:
        return old
    first = min(version.start for version in new.provision.versions)
    known = {wording_key(version.text) for version in new.provision.versions}
    kept = [
        (_until(v, first), content)
        for v, content in zip(old.provision.versions, old.contents, strict=True)
        if v.start < first and wording_key(v.text) not in known
    ]
    pairs = [*kept, *zip(new.provision.versions, new.contents, strict=True)]
    versions = tuple(replace(version, ordinal=ordinal) for ordinal, (version, _) in enumerate(pairs))
    provision = replace(new.provision, position=old.provision.position, versions=versions)
    return DatedProvision(provision, tuple(content for _, content in pairs))


def _until(version: Version, first: date) -> Version:
    """A wording that LEGI does not have, of before the first day that LEGI speaks of."""
    end = min(version.end or first, first)
    return replace(
        version,
        end=end,
        last_seen=min(version.last_seen, end - timedelta(days=1)),
        state=State.MODIFIED,
        end_bound=version.end_bound if version.end == end else Bound.UNKNOWN,
    )


def _by_number(provision: ProvisionId) -> tuple[int, list[tuple[int, str]]]:
    """The order of a code: series by series, and numbers as numbers; annexes last."""
    number = provision.partition("/")[2]
    found = _NUMBER.fullmatch(number)
    if found is None or found["series"] not in _SERIES:
        return len(_SERIES), [(0, number)]
    parts = [(int(p), "") if p.isdigit() else (0, p) for p in re.split(r"-", found["rest"])]
    return _SERIES.index(found["series"]), parts
