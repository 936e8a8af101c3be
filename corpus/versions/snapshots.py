"""The dated versions of each article, from the snapshots of one code.

A snapshot says what a code holds at one date and nothing of the dates between: no bound of these versions is the day
of a change, all are `Bound.UNKNOWN`. The rules:

1. Two texts are one wording when they differ by spaces and typography only.
2. A wording seen in consecutive snapshots is one version: `first_seen` and `last_seen` are the first and the last of
   them. It starts at the first snapshot that has it, and ends at the first later one that has not (None: still there).
3. The wording of the last snapshot is VIGUEUR. An older one is MODIFIE when a newer one exists, and ABROGE when it is
   the last wording of a number that the last snapshot no longer has.
4. Several wordings of one number in one snapshot are all kept, over the same interval, `concurrent` being the number
   of the others. `corpus.versions.concurrent` judges them: the current one is VIGUEUR, the former ones
   MODIFIE; when nothing
   decides they are INCERTAIN, likeliest first. A former one that an older snapshot has ends where the other appears.
5. An article outside the plan of the last snapshot, without a twin in the plan, is INCERTAIN.

The default version of a provision is its VIGUEUR one, else its first INCERTAIN one, else its last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.readers.code_markdown import CodeReading
from corpus.versions.concurrent import Verdict, Wording, judge, wording_key
from kb.errors import InvalidInput
from kb.ids import ProvisionId
from kb.model import Provision, State, Version
from kb.text.spans import MappedText


@dataclass(frozen=True, slots=True)
class DatedProvision:
    """A provision with the mapped text of each of its versions, in the same order."""

    provision: Provision
    contents: tuple[MappedText, ...]


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A wording in the snapshot of index `snapshot`, `rank`-th likeliest among `rivals` others."""

    snapshot: int
    wording: Wording
    verdict: Verdict
    rank: int
    rivals: int


def merge_versions(readings: Sequence[CodeReading]) -> tuple[DatedProvision, ...]:
    """The provisions of one code from its snapshots, in the order of the last one; older-only ones after.

    Raises InvalidInput when the snapshots are not of one code, or two are of one day.
    """
    ordered = sorted(readings, key=_day)
    if len({r.slug for r in ordered}) > 1 or len({_day(r) for r in ordered}) < len(ordered):
        raise InvalidInput(
            "Les versions d'un code se tirent d'instantanés de ce seul code, à des dates distinctes."
        )
    sightings: dict[ProvisionId, list[_Sighting]] = {}
    for snapshot, reading in enumerate(ordered):
        for provision, wordings in _by_number(reading).items():
            seen = sightings.setdefault(provision, [])
            seen.extend(_sight(snapshot, wordings, {s.wording.key for s in seen}))
    places = sorted(sightings, key=lambda p: _place(sightings[p]))
    return tuple(
        _provision(ordered, position, provision, sightings[provision])
        for position, provision in enumerate(places)
    )


def default_version(provision: Provision) -> Version:
    """The version to show when no date is asked for.

    The one in force, else the likeliest of the uncertain ones, else the last.
    """
    for state in (State.IN_FORCE, State.UNCERTAIN):
        for version in provision.versions:
            if version.state is state:
                return version
    return provision.versions[-1]


def _by_number(reading: CodeReading) -> dict[ProvisionId, list[Wording]]:
    """The distinct wordings of each number; of two equal ones, that of the plan."""
    found: dict[ProvisionId, list[Wording]] = {}
    for article in sorted(reading.articles, key=lambda a: a.outside_plan):
        wordings = found.setdefault(article.id, [])
        key = wording_key(article.content.text)
        if all(w.key != key for w in wordings):
            wordings.append(Wording(key, article))
    return found


def _sight(snapshot: int, wordings: list[Wording], known: set[str]) -> Iterator[_Sighting]:
    for rank, (wording, verdict) in enumerate(judge(wordings, known)):
        yield _Sighting(snapshot, wording, verdict, rank, len(wordings) - 1)


def _place(sightings: list[_Sighting]) -> tuple[int, int]:
    """Where a provision comes in the order: by its last snapshot, latest first, then its place there."""
    last = sightings[-1].snapshot
    return -last, min(s.wording.article.position for s in sightings if s.snapshot == last)


def _provision(
    readings: list[CodeReading], position: int, identifier: ProvisionId, sightings: list[_Sighting]
) -> DatedProvision:
    runs = sorted(_runs(sightings), key=lambda run: (run[0].snapshot, run[-1].rank))
    latest = max(s.snapshot for s in sightings)
    versions = tuple(_version(readings, ordinal, run, latest) for ordinal, run in enumerate(runs))
    article = runs[-1][-1].wording.article
    text_id = readings[latest].document.text_id or ""
    bare = Provision(
        identifier, readings[0].slug, text_id, article.number, position, article.heading, versions
    )
    default = default_version(bare)
    shown = runs[default.ordinal][-1].wording.article
    provision = Provision(identifier, bare.code, text_id, shown.number, position, shown.heading, versions)
    return DatedProvision(provision, tuple(run[-1].wording.article.content for run in runs))


def _runs(sightings: list[_Sighting]) -> Iterator[list[_Sighting]]:
    """The sightings of each wording in consecutive snapshots."""
    open_runs: dict[str, list[_Sighting]] = {}
    for sighting in sightings:
        run = open_runs.get(sighting.wording.key)
        if run is not None and run[-1].snapshot == sighting.snapshot - 1:
            run.append(sighting)
            continue
        if run is not None:
            yield run
        open_runs[sighting.wording.key] = [sighting]
    yield from open_runs.values()


def _version(readings: list[CodeReading], ordinal: int, run: list[_Sighting], latest: int) -> Version:
    first, last = run[0], run[-1]
    article = last.wording.article
    source = readings[last.snapshot]
    return Version(
        provision=article.id,
        ordinal=ordinal,
        start=_day(readings[first.snapshot]),
        end=_end(readings, run),
        first_seen=_day(readings[first.snapshot]),
        last_seen=_day(source),
        state=_state(last, latest, len(readings) - 1),
        text=article.content.text,
        document=source.document.id,
        spans=article.content.spans(),
        heading=article.heading,
        concurrent=last.rivals,
        absent_from=_day(readings[0]) if first.snapshot else None,
        absent_until=_day(readings[first.snapshot - 1]) if first.snapshot else None,
    )


def _end(readings: list[CodeReading], run: list[_Sighting]) -> date | None:
    """The first snapshot without the wording, or where another one takes its place; None when there is none."""
    for sighting in run[1:]:
        if sighting.verdict is Verdict.FORMER:
            return _day(readings[sighting.snapshot])
    following = run[-1].snapshot + 1
    return _day(readings[following]) if following < len(readings) else None


def _state(last: _Sighting, latest: int, final: int) -> State:
    """The state of a wording last seen at `last`; `latest` is the last snapshot of its number, `final` of the code."""
    if last.snapshot < latest or last.verdict is Verdict.FORMER:
        return State.MODIFIED
    if latest < final:
        return State.REPEALED
    if last.verdict is Verdict.UNCERTAIN or last.wording.article.outside_plan:
        return State.UNCERTAIN
    return State.IN_FORCE


def _day(reading: CodeReading) -> date:
    day = reading.document.day
    if day is None:
        raise InvalidInput(f"L'instantané {reading.document.id} n'a pas de date.")
    return day
