"""Faults of the reply, each told in a French sentence with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.readers.questionnaire.links import Link, is_local
from corpus.readers.questionnaire.notes import Note
from corpus.readers.questionnaire.tables import LEGEND
from kb.ids import DocumentId
from kb.model import Anomaly, Passage, PassageKind
from kb.text.spans import Span


def of_notes(document: DocumentId, notes: Iterable[Note]) -> Iterator[Anomaly]:
    """Footnotes that could not be given to one call."""
    for note in notes:
        span = note.label or note.lines[0].span
        if note.label is None:
            yield Anomaly(
                document, "note_sans_numero", "Note de bas de page sans numéro : non rattachée.", span
            )
        elif note.candidates > 1:
            message = f"Note {note.number} : {note.candidates} appels possibles sur la page ; non rattachée."
            yield Anomaly(document, "appel_ambigu", message, span)
        elif note.call is None:
            message = f"Note {note.number} : aucun appel sur la page ; non rattachée."
            yield Anomaly(document, "note_sans_appel", message, span)


def of_stray_calls(document: DocumentId, raw: str, calls: Iterable[Span]) -> Iterator[Anomaly]:
    """Numbers that look like calls and have no footnote; they stay in the text."""
    for span in calls:
        message = f"Appel de note « {raw[span.start : span.end]} » sans note : laissé dans le texte."
        yield Anomaly(document, "appel_sans_note", message, span)


def of_links(
    document: DocumentId, links: Sequence[Link], matches: Sequence[tuple[int, ...]]
) -> Iterator[Anomaly]:
    """Link targets that belong to no passage for sure, or that nobody can open."""
    for link, owner in zip(links, matches, strict=True):
        if is_local(link):
            message = "Lien vers un fichier de l'ordinateur du rédacteur : inaccessible, non repris."
            yield Anomaly(document, "lien_local", message, link.span)
        elif not owner:
            message = f"Le passage qui porte le lien {link.url} ne peut être déterminé : non rattaché."
            yield Anomaly(document, "lien_non_rattache", message, link.span)


def of_questions(document: DocumentId, missing: Iterable[int]) -> Iterator[Anomaly]:
    """Numbers of questions that the reply jumps over."""
    for number in missing:
        message = f"La question {number} n'a pas été trouvée entre ses voisines."
        yield Anomaly(document, "question_manquante", message)


def of_tables(document: DocumentId, passages: Iterable[Passage]) -> Iterator[Anomaly]:
    """Legends without figures: the table was a picture, and the extraction kept no text of it."""
    for passage in passages:
        lines = [line for line in passage.text.split("\n") if not line.endswith(":")]
        if passage.kind is PassageKind.TABLE and all(LEGEND.match(line) for line in lines):
            message = f"Tableau sans chiffres ({passage.place}) : il était sans doute une image ; se reporter au PDF."
            yield Anomaly(document, "tableau_absent", message, passage.content.spans()[0])
