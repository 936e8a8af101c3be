"""All that whole observations say of one code: the consolidations of a history, and snapshots set among them.

A history knows every change within a linked stretch. A snapshot of a day within one, or of the very day of a commit,
brings no day: it only lends its document to the wordings that it holds, and where it differs the history is right and
the difference is told. Any other snapshot is an observation of its own, linked to nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.history.consolidations import Consolidation, Series, State
from corpus.history.pieces import text_key
from corpus.readers.code_markdown import CodeArticle, CodeReading
from corpus.versions.concurrent import Wording
from kb.ids import ProvisionId
from kb.model import Anomaly, Document


@dataclass(frozen=True, slots=True)
class Witness:
    """A snapshot's own copy of a wording, shown rather than that of a history."""

    article: CodeArticle
    document: Document
    day: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days on which the whole code is known, and the states of each number over them."""

    consolidations: tuple[Consolidation, ...]
    states: Mapping[ProvisionId, tuple[State, ...]]
    witnesses: Mapping[tuple[ProvisionId, str], tuple[Witness, ...]]
    anomalies: tuple[Anomaly, ...]


def make_timeline(series: Series, readings: Sequence[CodeReading]) -> Timeline:
    """Set the snapshots of a code among the consolidations of its history."""
    snapshots = [_Snapshot(_day(reading), reading, _by_number(reading)) for reading in readings]
    own = [s for s in snapshots if not _within(s.day, series.consolidations)]
    merged, ranks, added = _ranked(series.consolidations, own)
    states = {
        number: tuple(_states(number, series.states.get(number, ()), ranks, added))
        for number in {*series.states, *(n for s in own for n in s.wordings)}
    }
    anomalies = [a for s in snapshots if s not in own for a in _differences(s, series)]
    return Timeline(merged, states, _witnesses(snapshots), tuple(anomalies))


@dataclass(frozen=True, slots=True, eq=False)
class _Snapshot:
    day: date
    reading: CodeReading
    wordings: Mapping[ProvisionId, tuple[Wording, ...]]


def _within(day: date, consolidations: Sequence[Consolidation]) -> bool:
    """Whether a history knows this day: one of its commits, or between two that are linked."""
    place = bisect_left(consolidations, day, key=lambda c: c.day)
    if place == len(consolidations):
        return False
    return consolidations[place].day == day or consolidations[place].linked


def _ranked(
    consolidations: Sequence[Consolidation], own: Sequence[_Snapshot]
) -> tuple[tuple[Consolidation, ...], list[int], dict[int, _Snapshot]]:
    """All of them by day, the new rank of each consolidation, the snapshots by their rank."""
    entries: list[tuple[date, Consolidation, _Snapshot | None]] = [(c.day, c, None) for c in consolidations]
    entries += [(s.day, Consolidation(s.day, s.reading.document, False), s) for s in own]
    entries.sort(key=lambda entry: entry[0])
    merged, ranks, added = [], [], {}
    for rank, (_, consolidation, snapshot) in enumerate(entries):
        if snapshot is None:
            ranks.append(rank)
        else:
            added[rank] = snapshot
        merged.append(replace(consolidation, linked=consolidation.linked and rank - 1 not in added))
    return tuple(merged), ranks, added


def _states(
    number: ProvisionId, states: Sequence[State], ranks: Sequence[int], added: Mapping[int, _Snapshot]
) -> Iterator[State]:
    """The states of one number over the merged days, each different from the one before."""
    events = {ranks[state.rank]: state.wordings for state in states}
    last = ranks[-1] if ranks else -1
    for rank, snapshot in added.items():
        if rank < last and rank + 1 not in events and rank + 1 not in added:
            before = [
                wordings for place, wordings in sorted(events.items()) if place < rank and place not in added
            ]
            events[rank + 1] = before[-1] if before else ()
        events[rank] = snapshot.wordings.get(number, ())
    current: tuple[Wording, ...] = ()
    for rank, wordings in sorted(events.items()):
        if _signs(wordings) != _signs(current):
            yield State(rank, wordings)
        current = wordings


def _signs(wordings: Sequence[Wording]) -> set[tuple[str, bool]]:
    return {(wording.key, wording.article.outside_plan) for wording in wordings}


def _differences(snapshot: _Snapshot, series: Series) -> Iterator[Anomaly]:
    """Each number that a snapshot gives otherwise than the history does on that day."""
    rank = bisect_left(series.consolidations, snapshot.day, key=lambda c: c.day)
    exact = rank < len(series.consolidations) and series.consolidations[rank].day == snapshot.day
    at = rank if exact else rank - 1
    for number in sorted({*series.states, *snapshot.wordings}):
        mine = {wording.key for wording in snapshot.wordings.get(number, ())}
        if mine != {wording.key for wording in _at(series.states.get(number, ()), at)}:
            message = (
                f"{number} n'a pas le même texte que dans l'histoire du code à cette date, qui est préférée."
            )
            yield Anomaly(snapshot.reading.document.id, "sources_discordantes", message)


def _at(states: Sequence[State], rank: int) -> tuple[Wording, ...]:
    place = bisect_left(states, rank + 1, key=lambda state: state.rank)
    return states[place - 1].wordings if place else ()


def _by_number(reading: CodeReading) -> dict[ProvisionId, tuple[Wording, ...]]:
    """The distinct wordings of each number; of two equal ones, that of the plan."""
    found: dict[ProvisionId, dict[str, Wording]] = {}
    for article in sorted(reading.articles, key=lambda a: a.outside_plan):
        key = text_key(article.content.text)
        found.setdefault(article.id, {}).setdefault(key, Wording(key, article))
    return {number: tuple(wordings.values()) for number, wordings in found.items()}


def _witnesses(snapshots: Sequence[_Snapshot]) -> dict[tuple[ProvisionId, str], tuple[Witness, ...]]:
    found: dict[tuple[ProvisionId, str], tuple[Witness, ...]] = {}
    for snapshot in snapshots:
        for number, wordings in snapshot.wordings.items():
            for wording in wordings:
                witness = Witness(wording.article, snapshot.reading.document, snapshot.day)
                found[number, wording.key] = (*found.get((number, wording.key), ()), witness)
    return found


def _day(reading: CodeReading) -> date:
    return reading.document.day or date.min
