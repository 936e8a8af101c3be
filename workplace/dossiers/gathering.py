"""From the base to an item: the wording is taken as it is on that day, with its citation and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.french_citation import cite, text_name
from kb.model import Document, Passage, PassageKind, Provision
from kb.text.characters import printable
from kb.text.french_dates import french_date
from kb.validity import law_on
from kb.wording.validity import warnings_of
from workplace.dossiers.model import Source

_PLACES = {
    PassageKind.QUESTION: "question {question}",
    PassageKind.ANSWER: "réponse à la question {place}",
    PassageKind.FOOTNOTE: "réponse à la question {question}, {place}",
    PassageKind.TABLE: "réponse à la question {place}, tableau",
}


@dataclass(frozen=True, slots=True)
class Gathering:
    """When it is done, and from which generation of the base."""

    today: date
    generation: str


def provision_source(provision: Provision, day: date, gathering: Gathering) -> Source:
    """A provision in its wording of a day; without any text when the base has none, and it says so."""
    law = law_on(provision.versions, day)
    version = law.text_holder
    return Source(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        text=printable(version.text) if version else "",
        day=day,
        kept=gathering.today,
        generation=gathering.generation,
        document=version.document if version else "",
        document_title=text_name(provision.code),
        heading=law.shown.heading if law.shown else provision.heading,
        start=version.start if version else None,
        end=version.end if version else None,
        seen=version.last_seen if version else None,
        warnings=tuple(warnings_of(law)),
    )


def passage_source(passage: Passage, document: Document, gathering: Gathering) -> Source:
    """A passage of a document other than a code."""
    return Source(
        id=passage.id,
        citation=place_of(passage, document),
        text=printable(passage.text),
        day=gathering.today,
        kept=gathering.today,
        generation=gathering.generation,
        document=document.id,
        document_title=document.title,
        heading=passage.heading,
        seen=document.day,
    )


def place_of(passage: Passage, document: Document) -> str:
    """The citation of a passage: its document, and where it stands there."""
    place = _PLACES.get(passage.kind, "{place}") if passage.question is not None else "{place}"
    where = place.format(question=passage.question, place=passage.place.replace("note-", "note ")).strip()
    return f"{document.title}, {where}" if where else document.title


def provenance(source: Source) -> str:
    """Of which date the wording is, and when it was taken from which base: one or two French sentences.

    >>> day = date(2026, 5, 2)
    >>> provenance(Source("a/1", "A, art. 1", "Texte.", day, day, "1a2b", seen=date(2026, 4, 3)))
    'Observé le 3 avril 2026. Gardé le 2 mai 2026 de la base 1a2b.'
    """
    parts = []
    if source.start:
        ended = f", jusqu'au {french_date(source.end)} au plus tard" if source.end else ""
        parts.append(f"Rédaction connue depuis le {french_date(source.start)}{ended}")
    if source.seen:
        parts.append(
            f"{'o' if parts else 'O'}bservé{'e' if source.start else ''} le {french_date(source.seen)}"
        )
    observed = f"{', '.join(parts)}. " if parts else ""
    base = f" de la base {source.generation}" if source.generation else ""
    return f"{observed}Gardé le {french_date(source.kept)}{base}."
