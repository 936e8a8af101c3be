"""One source, read whole: which reader its files want, and what goes to the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from corpus.citing import cite_document, cite_passages
from corpus.passages import code_passages
from corpus.readers.code_markdown import CodeReading, front_matter, read_code
from corpus.readers.questionnaire import read_questionnaire
from corpus.readers.starter import RecordReading, read_record
from corpus.readers.statistics import read_statistics
from corpus.sources import STARTER_KEY, STATISTICS_KEY, Source, SourceFile
from corpus.versions import merge_versions
from kb.codes import code_by_legitext, code_by_slug
from kb.errors import UnreadableSource
from kb.ids import parse_id, slug
from kb.model import Anomaly
from kb.records import Record
from kb.store import PlacedCitation, SourceContent, StoredRecord


def read_source(source: Source) -> SourceContent:
    """Read a source's files, cut, date and cite them. Raises UnreadableSource."""
    files = source.read()
    if source.text_id:
        return _code(source, files)
    if source.key == STATISTICS_KEY:
        return _figures(source, files)
    return _records(source, files) if source.key == STARTER_KEY else _questionnaire(source, files[0])


def _code(source: Source, files: tuple[SourceFile, ...]) -> SourceContent:
    readings = [_code_file(str(source.text_id), file) for file in files]
    dated = merge_versions(readings)
    passages = code_passages(dated)
    numbers = frozenset(number for d in dated if (number := parse_id(d.provision.id).number))
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=tuple(r.document for r in readings),
        provisions=tuple(d.provision for d in dated),
        passages=passages,
        citations=tuple(cite_passages(passages, readings[-1].slug, numbers)),
        anomalies=(*(a for r in readings for a in r.anomalies), *_twins(source, readings[-1])),
    )


def _twins(source: Source, last: CodeReading) -> Iterator[Anomaly]:
    for text_id in source.twins:
        other = code_by_legitext(text_id)
        name = f"{other.title} ({text_id})" if other else text_id
        yield Anomaly(
            last.document.id,
            "texte_jumeau",
            f"Le fichier contient mot pour mot le texte d'un autre code : {name}. Un seul des deux peut être juste.",
        )


def _code_file(text_id: str, file: SourceFile) -> CodeReading:
    """The slug is the registry's, or made of the title for a code that it does not know."""
    title = front_matter(file.data, file.path).get("title", "")
    code = code_by_legitext(text_id)
    if code is None and not title:
        raise UnreadableSource(f"{file.path} : l'en-tête ne donne pas le titre de ce code.")
    return read_code(file.data, file.path, file.day or date.min, code.slug if code else slug(title))


def _questionnaire(source: Source, file: SourceFile) -> SourceContent:
    reading = read_questionnaire(file.data, file.path)
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
