"""One source, read whole: which reader its files want, and what goes to the store."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.citing import cite_document, cite_passages
from corpus.code_source import read_code_source
from corpus.decision_source import read_decision_source
from corpus.reader_result import Reading
from corpus.readers.documents.reader import read_document
from corpus.readers.questionnaire import read_questionnaire
from corpus.readers.starter import RecordReading, read_record
from corpus.readers.statistics import read_statistics
from corpus.source_files import SourceFile, read_place
from corpus.sources import Source, SourceKind
from corpus.unreadable import left_out
from kb.codes import code_by_slug
from kb.errors import UnreadableSource
from kb.ids import DocumentId, parse_id
from kb.model import DocumentKind
from kb.records import Record
from kb.store import PlacedCitation, SourceContent, StoredRecord

_KINDS = {
    "plans": DocumentKind.PLAN,
    "circulaires": DocumentKind.CIRCULAR,
    "rapports": DocumentKind.REPORT,
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_source(source: Source) -> SourceContent:
    """Read a source's files, cut, date and cite them. Raises UnreadableSource."""
    if source.kind is SourceKind.CODE:
        return read_code_source(source, source.read())
    if source.kind is SourceKind.HISTORY:
        return _repository(source)
    if source.kind is SourceKind.DECISIONS:
        return read_decision_source(source)
    if source.kind is SourceKind.DOCUMENT:
        return _document(source)
    if source.kind is SourceKind.RECORDS:
        return _records(source, source.read())
    if source.kind is SourceKind.STATISTICS:
        return _figures(source, source.read())
    return _questionnaire(source, source.read()[0])


def _repository(source: Source) -> SourceContent:
    """What is wrong with a git repository: it brings nothing by itself."""
    anomalies = tuple(left_out(source.key, UnreadableSource(fault)) for fault in source.faults)
    return SourceContent(source.key, source.fingerprint, (), (), (), (), anomalies)


def _document(source: Source) -> SourceContent:
    """A plan, a circular or a report; one that cannot be read is told as an anomaly and brings nothing."""
    place = source.places[0]
    try:
        reading = read_document(read_place(place).data, place.name, *_identity(source))
    except UnreadableSource as error:
        anomaly = left_out(place.name, error)
        return SourceContent(source.key, source.fingerprint, (), (), (), (), (anomaly,))
    return _content(source, reading)


def _identity(source: Source) -> tuple[DocumentId, DocumentKind]:
    """A circular whose file bears its date alone has the identifier by which it is cited."""
    folder, _, name = source.key.partition("/")
    kind = _KINDS[folder]
    if kind is DocumentKind.CIRCULAR and _DATE.fullmatch(name):
        return DocumentId(f"circulaire/{name}"), kind
    return DocumentId(f"{kind.value}-{name}"), kind


def _questionnaire(source: Source, file: SourceFile) -> SourceContent:
    return _content(source, read_questionnaire(file.data, file.path))


def _content(source: Source, reading: Reading) -> SourceContent:
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=(reading.document,),
        provisions=(),
        passages=reading.passages,
        citations=tuple(cite_document(reading.raw, reading.passages)),
        anomalies=reading.anomalies,
    )


def _records(source: Source, files: tuple[SourceFile, ...]) -> SourceContent:
    """Records speak of provisions that a code may bring or not: the store completes them (`Writer.add_stubs`)."""
    readings = [read_record(file.data, file.path) for file in files]
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=tuple(r.document for r in readings),
        provisions=(),
        passages=tuple(p for r in readings for p in r.passages),
        citations=tuple(c for r in readings for c in _record_citations(r)),
        anomalies=(),
        records=tuple(StoredRecord(r.document.id, r.record) for r in readings),
    )


def _record_citations(reading: RecordReading) -> Iterator[PlacedCitation]:
    """Those of its body, then those of its fields."""
    yield from cite_passages(reading.texts, _code_of(reading.record))
    yield from reading.cited


def _figures(source: Source, files: tuple[SourceFile, ...]) -> SourceContent:
    reading = read_statistics({file.path: file.data for file in files})
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=(),
        provisions=(),
        passages=(),
        citations=(),
        anomalies=(),
        statistics=reading.statistics,
        figures=reading.figures,
    )


def _code_of(record: Record) -> str | None:
    """The code in which a bare number of a record stands, None for an act and for what is not a provision."""
    text = parse_id(record.provision).text if record.provision else ""
    return text if code_by_slug(text) else None
