"""What the base holds and what it lacks: its codes, their dates, the codes that its texts cite and that it has not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kb.codes import code_by_slug
from kb.memo import remembered
from kb.model import Document, DocumentKind, Passage
from kb.records import AnswerRecord, ProvisionRecord
from kb.store import Reader, StoredRecord


@dataclass(frozen=True, slots=True)
class KnownCode:
    """One code of the base. `days` are the dates at which it was observed, oldest first; `first` the first day on
    which any of its wordings is known."""

    slug: str
    title: str
    text_id: str
    provisions: int
    days: tuple[date, ...]
    first: date


@dataclass(frozen=True, slots=True)
class MissingCode:
    """A code that the texts of the base cite and that is not in it; `citations` counts how often."""

    slug: str
    title: str
    citations: int


@dataclass(frozen=True, slots=True)
class KnownKind:
    """How many documents of a kind the base has, and the first and last of their days."""

    kind: DocumentKind
    documents: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The base as a whole. `titles` are those of the documents, `notes` our notes on provisions, by identifier."""

    generation: str
    documents: tuple[Document, ...]
    codes: tuple[KnownCode, ...]
    missing: tuple[MissingCode, ...]
    passages: dict[str, int]
    anomalies: dict[str, int]
    records: dict[str, StoredRecord]
    titles: dict[str, str]
    kinds: tuple[KnownKind, ...]
    notes: dict[str, Passage]

    @property
    def last_day(self) -> date | None:
        """The most recent observation of any code."""
        return max((code.days[-1] for code in self.codes if code.days), default=None)


@remembered()
def catalogue_of(reader: Reader) -> Catalogue:
    """Read it once for an open base."""
    documents = reader.documents()
    return Catalogue(
        reader.meta().get("generation", ""),
        documents,
        _codes(reader, documents),
        _missing(reader),
        reader.passages_by_document(),
        reader.anomalies_by_document(),
        {stored.record.id: stored for stored in reader.every_record()},
        {document.id: document.title for document in documents},
        _kinds(documents),
        reader.records(),
    )


def _kinds(documents: tuple[Document, ...]) -> tuple[KnownKind, ...]:
    kinds = []
    for kind in DocumentKind:
        days = [d.day for d in documents if d.kind is kind]
        dated = [day for day in days if day]
        if days:
            kinds.append(KnownKind(kind, len(days), min(dated, default=None), max(dated, default=None)))
    return tuple(kinds)


def _codes(reader: Reader, documents: tuple[Document, ...]) -> tuple[KnownCode, ...]:
    first = reader.first_dates()
    snapshots: dict[str, list[Document]] = {}
    for document in documents:
        if document.kind is DocumentKind.CODE:
            snapshots.setdefault(document.id.partition("@")[0], []).append(document)
    return tuple(
        KnownCode(
            slug,
            _title(slug, snapshots.get(slug, [])),
            next((d.text_id or "" for d in snapshots.get(slug, [])), ""),
            count,
            tuple(sorted({d.day for d in snapshots.get(slug, []) if d.day})),
            first[slug],
        )
        for slug, count in sorted(reader.provisions_by_code().items())
        if slug in first
    )


def _title(slug: str, snapshots: list[Document]) -> str:
    code = code_by_slug(slug)
    return code.title if code else next((d.title for d in snapshots), slug)


def _missing(reader: Reader) -> tuple[MissingCode, ...]:
    """Most cited first."""
    counts: Counter[str] = Counter()
    for target, count in reader.missing_targets().items():
        counts[target.partition("/")[0]] += count
    codes = ((code_by_slug(slug), count) for slug, count in counts.most_common())
    return tuple(MissingCode(code.slug, code.title, count) for code, count in codes if code)


def meant_by_record(catalogue: Catalogue, provision: str) -> str | None:
    """What our record on this number says is meant, when it holds the number for a slip."""
    stored = catalogue.records.get(provision)
    return stored.record.rather if stored and isinstance(stored.record, ProvisionRecord) else None


def answer_record(catalogue: Catalogue, document: str, question: int) -> StoredRecord | None:
    """Our record of one answer of a reply, when there is one."""
    for stored in catalogue.records.values():
        record = stored.record
        if isinstance(record, AnswerRecord) and (record.document, record.question) == (document, question):
            return stored
    return None
