"""A code, from all its files: Markdown snapshots and LEGI data joined, cut, dated and cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hashlib import sha256
from itertools import groupby

from corpus.citing import cite_passages
from corpus.passages import code_passages
from corpus.readers.code_markdown import CodeReading, front_matter, read_code
from corpus.readers.legi import read_legi_json, read_legi_xml
from corpus.source_files import SourceFile
from corpus.sources import Source
from corpus.versions.histories import read_histories
from corpus.versions.legi import LegiSource, join_snapshots, legi_versions
from corpus.versions.reforms import date_by_reforms
from corpus.versions.snapshots import DatedProvision, merge_versions
from kb.codes import code_by_legitext
from kb.errors import InvalidIdentifier, UnreadableSource
from kb.ids import DocumentId, parse_id, slug
from kb.model import Anomaly, Document, DocumentKind
from kb.store import SourceContent

_HEAD = 20_000
_TITLE = re.compile(
    rb'"title"\s*:\s*"(?P<json>[^"\\]{1,300})"|<TITRE_TXT\b[^<>]*>(?P<xml>[^<>]{1,300})</TITRE_TXT>'
)
_TEXT_URL = "https://www.legifrance.gouv.fr/codes/texte_lc/"


@dataclass(frozen=True, slots=True)
class _Batch:
    """LEGI data of one date: one document of the base."""

    document: Document
    provisions: tuple[DatedProvision, ...]
    anomalies: tuple[Anomaly, ...]


def read_code_source(source: Source, files: tuple[SourceFile, ...]) -> SourceContent:
    """Read all the files of one code. Raises UnreadableSource."""
    text_id = str(source.text_id)
    readings = [_snapshot(text_id, file) for file in files if file.path.endswith(".md")]
    taken = {reading.document.id for reading in readings}
    legi = [file for file in files if not file.path.endswith(".md")]
    slug_of = _slug_of(source, readings, legi)
    past = read_histories(source.histories, slug_of, readings)
    batches = list(_batches(text_id, slug_of, legi, taken | {document.id for document in past.documents}))
    merged = past.provisions if source.histories else merge_versions(readings)
    joined = reduce(join_snapshots, (batch.provisions for batch in batches), merged)
    days = [reading.document.day for reading in readings if reading.document.day]
    dated = date_by_reforms(joined, sorted({*days, *past.days}))
    passages = code_passages(dated)
    numbers = frozenset(number for d in dated if (number := parse_id(d.provision.id).number))
    return SourceContent(
        key=source.key,
        fingerprint=source.fingerprint,
        documents=(*(r.document for r in readings), *past.documents, *(b.document for b in batches)),
        provisions=tuple(d.provision for d in dated),
        passages=passages,
        citations=tuple(cite_passages(passages, slug_of, numbers)),
        anomalies=(
            *(a for r in readings for a in r.anomalies),
            *past.anomalies,
            *(a for b in batches for a in b.anomalies),
            *(_twins(source, readings[-1]) if readings else ()),
        ),
    )


def _slug_of(source: Source, readings: Sequence[CodeReading], legi: Sequence[SourceFile]) -> str:
    """That of the snapshots, of the histories, or of the LEGI data."""
    if readings:
        return readings[-1].slug
    return source.histories[0].slug if source.histories else _slug(str(source.text_id), legi[0])


def _twins(source: Source, last: CodeReading) -> Iterator[Anomaly]:
    for text_id in source.twins:
        other = code_by_legitext(text_id)
        name = f"{other.title} ({text_id})" if other else text_id
        yield Anomaly(
            last.document.id,
            "texte_jumeau",
            f"Le fichier contient mot pour mot le texte d'un autre code : {name}. Un seul des deux peut être juste.",
        )


def _snapshot(text_id: str, file: SourceFile) -> CodeReading:
    """The slug is the registry's, or made of the title for a code that it does not know."""
    title = front_matter(file.data, file.path).get("title", "")
    code = code_by_legitext(text_id)
    if code is None and not title:
        raise UnreadableSource(f"{file.path} : l'en-tête ne donne pas le titre de ce code.")
    return read_code(file.data, file.path, file.day or date.min, code.slug if code else slug(title))


def _slug(text_id: str, file: SourceFile) -> str:
    """The registry's, or made of the title that LEGI data give at their beginning."""
    code = code_by_legitext(text_id)
    if code is not None:
        return code.slug
    title = _TITLE.search(file.data[:_HEAD])
    try:
        return slug(title["json" if title["json"] else "xml"].decode()) if title else slug("")
    except (InvalidIdentifier, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{file.path} ne donne pas le titre de ce code.") from error


def _batches(
    text_id: str, code: str, files: Sequence[SourceFile], taken: Iterable[DocumentId]
) -> Iterator[_Batch]:
    """The JSON files one by one, the XML files of one date together, oldest data first."""
    found = []
    for file in files:
        if file.path.endswith(".json"):
            reading = read_legi_json(file.data, file.path, code)
            found.append((file.day or reading.day or date.min, [file], [reading]))
    articles = [file for file in files if file.path.endswith(".xml")]
    for day, same in groupby(articles, key=lambda file: file.day or date.min):
        group = list(same)
        found.append((day, group, [read_legi_xml(file.data, file.path, code) for file in group]))
    used = set(taken)
    for day, group, readings in sorted(found, key=lambda batch: batch[0]):
        identifier = _free(DocumentId(f"{code}@{day.isoformat()}"), used)
        used.add(identifier)
        document = _document(text_id, identifier, day, group, readings[0].title)
        yield _Batch(
            document,
            legi_versions(LegiSource(code, text_id, document.id, day), readings),
            tuple(a for r in readings for a in r.anomalies(document.id)),
        )


def _free(identifier: DocumentId, used: set[DocumentId]) -> DocumentId:
    """This identifier or, when a snapshot or other data of the same day have it, the next one."""
    names = (f"{identifier}-legi{n or ''}" for n in range(len(used) + 1))
    return identifier if identifier not in used else DocumentId(next(n for n in names if n not in used))


def _document(
    text_id: str, identifier: DocumentId, day: date, files: Sequence[SourceFile], title: str
) -> Document:
    digest = sha256(b"".join(sha256(file.data).digest() for file in files)).hexdigest()
    path = files[0].path if len(files) == 1 else "/".join(files[0].path.split("/")[:2])
    return Document(identifier, DocumentKind.CODE, title, path, digest, day, text_id, _TEXT_URL + text_id)
