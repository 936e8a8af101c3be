"""The names and titles of a base that are proposed while typing, and the words that it knows."""

from __future__ import annotations

from collections.abc import Iterator

from kb.french_citation import text_name
from kb.memo import remembered
from kb.model import DocumentKind
from kb.records import Record, TermRecord
from kb.store import Reader
from kb.suggestions.code_names import code_label_names
from kb.suggestions.labels import Label, LabelKind, every_word
from kb.suggestions.vocabulary import Vocabulary
from kb.taxonomy import load_themes
from service.catalogue import catalogue_of
from service.themes import questions_of, without_number

# Of a question of GRETA: one line on a wide screen.
_QUESTION = 110
_KINDS = {
    "disposition": "Fiche",
    "reponse": "Fiche d'une réponse",
    "decision": "Décision",
    "plan": "Plan ou texte",
    "terme": "Glossaire",
}


@remembered()
def labels_of(reader: Reader) -> tuple[Label, ...]:
    """Every name that leads to a page."""
    return tuple(_labels(reader))


@remembered()
def vocabulary_of(reader: Reader) -> Vocabulary:
    """The words of names and titles, of the headings of the codes and of every document that is no code."""
    return Vocabulary.of(_texts(reader))


def _labels(reader: Reader) -> Iterator[Label]:
    catalogue = catalogue_of(reader)
    for code in catalogue.codes:
        short = text_name(code.slug)
        detail = code.title if short != code.title else ""
        yield Label(LabelKind.CODE, code.slug, short, (*code_label_names(code.slug), code.title), detail)
    for theme in load_themes().values():
        names = (theme.en, *theme.examples, *theme.examples_en)
        yield Label(LabelKind.THEME, theme.id, theme.fr, names, theme.group.fr)
    for name, stored in catalogue.records.items():
        yield _of_record(name, stored.record)
    for number, text in questions_of(reader).items():
        words = without_number(text)
        line = words if len(words) <= _QUESTION else words[: _QUESTION - 1] + "…"
        yield Label(LabelKind.QUESTION, str(number), f"Question {number}", (words,), line)


def _of_record(name: str, record: Record) -> Label:
    names = (*record.terms, *filter(None, (record.title_en,)), *record.terms_en)
    acronym = (record.acronym or "") if isinstance(record, TermRecord) else ""
    return Label(LabelKind.RECORD, name, record.title, names, _KINDS[record.kind], acronym)


def _texts(reader: Reader) -> Iterator[str]:
    yield from every_word(labels_of(reader))
    for code in catalogue_of(reader).codes:
        yield from {heading for _, headings in reader.headings(code.slug) for heading in headings}
    for document in catalogue_of(reader).documents:
        if document.kind is not DocumentKind.CODE:
            yield from (passage.text for _, passage in reader.passages_of(document.id))
