"""The starter records: our own notes, in Markdown with a YAML front matter; the folder tells the kind.

    ---
    id: code-penal/225-4-3
    title: Traite des êtres humains en bande organisée
    terms: [réseau de traite, filière organisée, …]
    …
    ---
    Text of 60 to 150 words.

They make the program useful before any official text is there, and tie the words of practice to those of the law.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.front_matter import FrontMatter, read_front_matter
from corpus.readers.record_body import Section, flowed, sections
from corpus.record_checking import check_body, check_record, check_statements
from kb.codes import code_by_slug
from kb.errors import UnreadableSource
from kb.ids import DocumentId, PassageId, ProvisionId, parse_id
from kb.model import Citation, CitationKind, Document, DocumentKind, Passage, PassageKind
from kb.records import FOLDERS, RECORD_PREFIX, AnswerRecord, Record, RecordKind
from kb.store import PlacedCitation
from kb.text.spans import MappedText, Span

HEADING = "Fiches de Renvoi"
# The entries of the words passage, in the order in which it gives them; the last names what the record cites.
_WORDS = ("title", "terms", "title_en", "terms_en")
_CITED = "applies"


@dataclass(frozen=True, slots=True)
class RecordReading:
    """One record, read: what it says (`record`), its sections, its passages, and the citation that its fields make.

    The last passage is the words: titles and terms in French and English, then what it cites. The others are the
    sections of its body; a body without headings opens with the title. Those of a provision's record are tied to it.
    """

    document: Document
    raw: str
    record: Record
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    cited: tuple[PlacedCitation, ...]

    @property
    def texts(self) -> tuple[Passage, ...]:
        """The passages of the body."""
        return self.passages[:-1]


def read_record(data: bytes, path: str) -> RecordReading:
    """Read the record that the file `path`, whose folder tells its kind, holds.

    Raises UnreadableSource when the file is not UTF-8, has no front matter, or says something that is not allowed.
    """
    raw = _decode(data, path)
    front = read_front_matter(raw, (*_WORDS, _CITED), path)
    record = check_record(front.values, _kind(path), path)
    parts = tuple(sections(raw, front.end))
    check_body(record, raw[front.end :], [raw[slice(*s.heading)] for s in parts], path)
    document = Document(
        DocumentId(f"{RECORD_PREFIX}{record.id}"),
        DocumentKind.RECORD,
        record.title,
        path,
        hashlib.sha256(data).hexdigest(),
        record.checked,
    )
    passages = tuple(_passages(raw, document.id, record, parts, front))
    check_statements(record, [passage.text for passage in passages[:-1]], path)
    return RecordReading(document, raw, record, parts, passages, _cited(record, front, passages[-1]))


def _kind(path: str) -> RecordKind:
    folder = path.rpartition("/")[0].rpartition("/")[2]
    if folder not in FOLDERS:
        raise UnreadableSource(
            f"Fiche « {path} » : aucun genre de fiche ne va dans le dossier « {folder} ».",
            hint=f"Les dossiers sont : {', '.join(FOLDERS)}.",
        )
    return FOLDERS[folder]


def _text(raw: str, part: Section, front: FrontMatter) -> Iterator[Span | str]:
    """The text of a section, or that of a body without any, after the title."""
    if part.heading.start == part.heading.end:
        yield front.places["title"][0]
        yield ".\n\n"
    yield from flowed(raw, part.text)


def _enumerated(places: Mapping[str, tuple[Span, ...]]) -> Iterator[Span | str]:
    """The titles and terms as two readable sentences: `Titre : un terme, un autre.`; then what is cited."""
    for key in _WORDS:
        yield from _listed(places[key])
        yield " : " if key.startswith("title") else ".\n"
    if places[_CITED]:
        yield from ("Textes : ", *_listed(places[_CITED]), ".\n")


def _listed(spans: tuple[Span, ...]) -> Iterator[Span | str]:
    for index, span in enumerate(spans):
        if index:
            yield ", "
        yield span


def _passages(
    raw: str, document: DocumentId, record: Record, parts: Sequence[Section], front: FrontMatter
) -> Iterator[Passage]:
    own = record.id.split("/", 1)[-1]
    contents = [(part.place or own, raw[slice(*part.heading)], _text(raw, part, front)) for part in parts]
    for ordinal, (place, heading, pieces) in enumerate([*contents, (own, "", _enumerated(front.places))]):
        yield Passage(
            id=PassageId(f"{document}/{place}/{ordinal + 1}"),
            document=document,
            ordinal=ordinal,
            kind=PassageKind.RECORD,
            heading=(HEADING, record.title, heading) if heading else (HEADING, record.title),
            place=place,
            content=MappedText.join(raw, pieces),
            question=record.question if isinstance(record, AnswerRecord) else None,
            provision=ProvisionId(record.provision) if record.provision else None,
        )


def _cited(record: Record, front: FrontMatter, words: Passage) -> tuple[PlacedCitation, ...]:
    """What the fields cite, as one citation: a record that cites forty provisions weighs on each as a range would."""
    spans = front.places[_CITED]
    if not record.cited or not spans:
        return ()
    end = len(words.text) - len(".\n")
    start = end - sum(s.end - s.start for s in spans) - sum(len(", ") for _ in pairwise(spans))
    code = all(code_by_slug(parse_id(target).text) for target in record.cited)
    kind = CitationKind.CODE if code else CitationKind.OTHER
    return (PlacedCitation(words.id, Citation(spans, words.text[start:end], record.cited, kind), start, end),)


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"Fiche « {path} » : octet {error.start} non UTF-8.", hint="Enregistrer en UTF-8."
        ) from error
