"""The decisions of all the files of Judilibre, each once, the fullest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.citing import cite_document, cite_passages
from corpus.readers.judilibre import DecisionReading, read_decisions
from corpus.readers.judilibre.decision import renamed
from corpus.source_files import read_place
from corpus.sources import Source
from corpus.unreadable import left_out
from kb.errors import UnreadableSource
from kb.ids import DocumentId, slug
from kb.model import Anomaly, PassageKind
from kb.store import PlacedCitation, SourceContent


def read_decision_source(source: Source) -> SourceContent:
    """Read every file that can be; one that cannot is told as an anomaly and brings nothing."""
    readings: list[DecisionReading] = []
    faults: list[Anomaly] = []
    for place in source.places:
        try:
            readings += read_decisions(read_place(place).data, place.name)
        except UnreadableSource as error:
            faults.append(left_out(place.name, error))
    kept = tuple(_each_once(readings))
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=tuple(r.document for r in kept),
        provisions=(),
        passages=tuple(p for r in kept for p in r.passages),
        citations=tuple(c for r in kept for c in _citations(r)),
        anomalies=(*faults, *(a for r in kept for a in r.anomalies)),
    )


def _each_once(readings: Iterable[DecisionReading]) -> Iterator[DecisionReading]:
    """Each decision in its fullest form; a second decision of one number under its Judilibre key.

    A result without text, summary or themes brings nothing to quote and is left out.
    """
    known: dict[DocumentId, set[str]] = {}
    for reading in sorted(readings, key=lambda r: (-r.notice, -len(r.raw), r.judilibre, r.document.path)):
        same = known.setdefault(reading.document.id, set())
        if not reading.passages or reading.judilibre in same:
            continue
        same.add(reading.judilibre)
        yield reading if len(same) == 1 else renamed(reading, _other_name(reading))


def _other_name(reading: DecisionReading) -> DocumentId:
    """A name that no decision but this one has: the ECLI may be that of the number, the key never is."""
    return DocumentId(f"judilibre/{slug(reading.judilibre)}")


def _citations(reading: DecisionReading) -> Iterator[PlacedCitation]:
    """Those of the text, read whole; those of its visa and summaries, which stand by themselves."""
    texts = [p for p in reading.passages if p.kind is PassageKind.TEXT]
    yield from cite_document(reading.raw[: reading.notice], texts)
    yield from cite_passages((p for p in reading.passages if p.kind is not PassageKind.TEXT), None)
