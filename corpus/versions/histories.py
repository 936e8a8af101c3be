"""The histories of one code and its snapshots made into dated versions (docs/adr/0019)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.history.articles import ArticleFiles, PartialHistory, read_articles
from corpus.history.consolidations import CodeFile, Series, SeriesReader
from corpus.history.discovery import HistoryPlace, open_history
from corpus.readers.code_markdown import CodeReading
from corpus.unreadable import left_out
from corpus.versions.continuous import DatedWording, continuous_versions, replace_version
from corpus.versions.partial import add_partial, silences
from corpus.versions.snapshots import DatedProvision, default_version
from corpus.versions.timeline import Timeline, make_timeline
from kb.errors import UnreadableSource
from kb.ids import DocumentId, ProvisionId
from kb.model import Anomaly, Document, Provision, State


@dataclass(frozen=True, slots=True)
class Past:
    """What the histories of a code bring, its snapshots included; `days` are those on which the whole is known."""

    provisions: tuple[DatedProvision, ...] = ()
    documents: tuple[Document, ...] = ()
    days: tuple[date, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()


def read_histories(places: Sequence[HistoryPlace], code: str, readings: Sequence[CodeReading]) -> Past:
    """Read every history of a code. One that cannot be read is told, and the rest is built."""
    if not places:
        return Past()
    wholes, partials, anomalies = _read(places)
    wholes.sort(key=lambda whole: len(whole.consolidations), reverse=True)
    series = wholes[0] if wholes else Series()
    for other in wholes[1:]:
        anomalies.append(_second(other))
    timeline = make_timeline(series, readings)
    versions, disagreements = _versions(timeline, series, partials)
    cited = {v.version.document for group in versions.values() for v in group}
    documents = _cited(cited, series, partials, {reading.document.id for reading in readings})
    return Past(
        tuple(_provisions(versions, code, places[0].text_id)),
        documents,
        tuple(c.day for c in timeline.consolidations),
        (*anomalies, *timeline.anomalies, *disagreements),
    )


def _read(places: Iterable[HistoryPlace]) -> tuple[list[Series], list[PartialHistory], list[Anomaly]]:
    wholes: list[Series] = []
    partials: list[PartialHistory] = []
    anomalies: list[Anomaly] = []
    for place in places:
        try:
            repository, file = open_history(place, date.today())
        except UnreadableSource as error:
            anomalies.append(left_out(place.name, error))
            continue
        history: Series | PartialHistory
        if isinstance(file, CodeFile):
            history = SeriesReader(repository, file).read()
            wholes.append(history)
        elif isinstance(file, ArticleFiles):
            history = read_articles(repository, file)
            partials.append(history)
        anomalies += [Anomaly(DocumentId(place.name), kind, message) for kind, message in history.faults]
        repository.close()
    return wholes, partials, anomalies


def _second(series: Series) -> Anomaly:
    document = series.consolidations[0].document if series.consolidations else None
    name = document.path if document else "une histoire vide"
    message = f"{name} : une autre histoire de ce code est plus longue ; celle-ci n'est pas lue."
    return Anomaly(DocumentId(name), "histoire_double", message)


_Versions = dict[ProvisionId, list[DatedWording]]


def _versions(
    timeline: Timeline, series: Series, partials: Sequence[PartialHistory]
) -> tuple[_Versions, list[Anomaly]]:
    """The versions of every number, and where a partial history does not agree."""
    final = timeline.consolidations[-1].day if timeline.consolidations else date.min
    announced = [a for a in series.announced if (a.document.day or date.min) > final]
    numbers = {*timeline.states, *(n for a in announced for n in a.changes)}
    versions = {number: continuous_versions(timeline, number, announced) for number in numbers}
    gaps = silences(timeline)
    anomalies: list[Anomaly] = []
    for partial in partials:
        for number, wordings in partial.wordings.items():
            versions[number], found = add_partial(versions.get(number, []), wordings, gaps, partial.horizon)
            anomalies += found
            final_day = max(final, partial.horizon)
            versions[number] = _restated(versions[number], final_day)
    return {number: group for number, group in versions.items() if group}, anomalies


def _restated(dated: Sequence[DatedWording], final: date) -> list[DatedWording]:
    """With the state of each, now that others may follow it."""
    latest = max((d.version.start for d in dated if d.version.state is not State.DEFERRED), default=date.min)
    found = []
    for d in dated:
        if d.version.state is not State.DEFERRED and d.version.end is not None and d.version.end <= final:
            d = replace_version(d, state=State.REPEALED if d.version.start == latest else State.MODIFIED)
        found.append(d)
    return found


def _cited(
    cited: set[DocumentId], series: Series, partials: Sequence[PartialHistory], others: set[DocumentId]
) -> tuple[Document, ...]:
    """The commits whose text some version shows, and the last of each history: it tells until when it goes."""
    whole = [c.document for c in series.consolidations]
    every = [*whole, *(a.document for a in series.announced), *(d for p in partials for d in p.documents)]
    wanted = cited | {document.id for document in whole[-1:]}
    by_id = {
        document.id: document for document in every if document.id in wanted and document.id not in others
    }
    return tuple(by_id.values())


def _provisions(versions: _Versions, code: str, text_id: str) -> Iterable[DatedProvision]:
    """In the order of the code: those of the last consolidation first, in its order."""
    places = sorted(versions, key=lambda number: _place(versions[number]))
    for position, number in enumerate(places):
        group = versions[number]
        bare = Provision(
            number, code, text_id, group[-1].number, position, (), tuple(d.version for d in group)
        )
        default = default_version(bare)
        shown = group[default.ordinal]
        yield DatedProvision(
            replace(bare, number=shown.number, heading=shown.version.heading), tuple(d.content for d in group)
        )


def _place(dated: Sequence[DatedWording]) -> tuple[int, int]:
    """By the last day on which it was there, latest first, then by its place there."""
    last = max(dated, key=lambda d: d.version.last_seen)
    return -last.version.last_seen.toordinal(), last.position
