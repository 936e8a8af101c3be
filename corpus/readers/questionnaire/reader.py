"""The reply to the questionnaire, from the bytes of its text to passages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from corpus.reader_result import Reading
from corpus.readers.decoding import decode_text
from corpus.readers.documents.extraction import extract
from corpus.readers.questionnaire import anomalies
from corpus.readers.questionnaire.blocks import read_blocks
from corpus.readers.questionnaire.coverage import dropped
from corpus.readers.questionnaire.drafts import PassageMaker, headings
from corpus.readers.questionnaire.joining import Joiner
from corpus.readers.questionnaire.layout import Line, Zone, read_lines, show
from corpus.readers.questionnaire.links import Link, owners, read_links
from corpus.readers.questionnaire.notes import Note, read_notes, stray_calls
from corpus.readers.questionnaire.sections import Outline
from kb.errors import UnreadableSource
from kb.ids import DocumentId, slug
from kb.model import Anomaly, Document, DocumentKind, Passage

_STEM = re.compile(r"(?:reponse|reply)-(?P<state>.+)-greta-(?P<round>\d+)")


def read_questionnaire(data: bytes, path: str) -> Reading:
    """Read a State's reply to the questionnaire of GRETA: a PDF, a DOCX, or plain text extracted from its PDF.

    The Convention on action against trafficking (STCE n° 197, article 38) has each State answer a questionnaire at
    each evaluation round: parts, chapters, numbered questions, sub-questions (a, b… or bullets) and statistics.
    The question's own text and the answer are apart; footnotes are given to the passage that calls them.

    Raises UnreadableSource when the bytes are neither a whole PDF or DOCX nor a UTF-8 text, or hold no question.
    """
    raw = _raw(data, path)
    lines = read_lines(raw)
    joiner = Joiner(raw)
    notes = read_notes(raw, lines)
    outline = Outline()
    units = outline.units(read_blocks(raw, joiner, _body(raw, lines, notes)))
    if not outline.last_number:
        raise UnreadableSource(
            f"Le fichier « {path} » ne contient aucune question numérotée : ce n'est pas une réponse au questionnaire.",
            hint="Donnez le texte complet de la réponse, avec les questions.",
        )
    document = _document(data, path)
    passages = PassageMaker(raw, document.id).passages(units, notes, joiner)
    links = read_links(lines)
    owner = owners(links, passages, lines)
    faults = [
        *anomalies.of_questions(document.id, outline.missing),
        *anomalies.of_notes(document.id, notes),
        *anomalies.of_stray_calls(document.id, raw, stray_calls(raw, lines, notes)),
        *anomalies.of_links(document.id, links, owner),
        *anomalies.of_tables(document.id, passages),
    ]
    left_out = dropped(raw, lines, headings(units), notes, passages)
    return Reading(document, raw, _with_links(passages, links, owner), _in_order(faults), left_out)


def _raw(data: bytes, path: str) -> str:
    """The text; that of a PDF or a DOCX is laid out as its own extraction to plain text would be."""
    packed = data.startswith((b"%PDF-", b"PK\x03\x04")) or path.lower().endswith((".pdf", ".docx"))
    return extract(data, path).raw if packed else decode_text(data, path)


def _document(data: bytes, path: str) -> Document:
    """The reply does not state its own date: `day` is None."""
    name = slug(PurePosixPath(path.replace("\\", "/")).stem)
    title = "Réponse au questionnaire du GRETA"
    if match := _STEM.fullmatch(name):
        title += f" : {match['state'].replace('-', ' ').title()}, cycle d'évaluation n° {match['round']}"
    else:
        title += f" ({name})"
    digest = hashlib.sha256(data).hexdigest()
    return Document(DocumentId(name), DocumentKind.QUESTIONNAIRE, title, path, digest)


def _body(raw: str, lines: Sequence[Line], notes: Sequence[Note]) -> list[Line]:
    """The lines of the running text, without the calls that a footnote answers."""
    calls = sorted(note.call for note in notes if note.call)
    body = [line for line in lines if line.zone is Zone.BODY]
    parts = []
    for line in body:
        cuts = tuple(c for c in calls if line.span.start <= c.start < line.span.end)
        parts.append(show(raw, line, cuts) if cuts else line)
    return parts


def _with_links(
    passages: Sequence[Passage], links: Sequence[Link], owner: Sequence[tuple[int, ...]]
) -> tuple[Passage, ...]:
    urls: dict[int, dict[str, None]] = {}
    for link, positions in zip(links, owner, strict=True):
        for position in positions:
            urls.setdefault(position, {})[link.url] = None
    return tuple(replace(p, urls=tuple(urls.get(n, ()))) for n, p in enumerate(passages))


def _in_order(faults: Sequence[Anomaly]) -> tuple[Anomaly, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.span.start if fault.span else -1))
