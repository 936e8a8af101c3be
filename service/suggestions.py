"""What may be meant by what is being typed in the search box, from one open base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from index.retrieval.query import checked
from kb.french_citation import cite_id
from kb.ids import ProvisionId
from kb.memo import remembered
from kb.resolution.article_table import ArticleTable
from kb.store import Reader
from kb.suggestions.code_names import codes_begun
from kb.suggestions.labels import Label, LabelIndex
from kb.suggestions.numbers import NumberTable
from kb.suggestions.spelling import respelt
from kb.suggestions.typed_reference import TypedNumber, typed_numbers
from kb.suggestions.vocabulary import Vocabulary
from kb.taxonomy import load_themes
from kb.text.spans import Span
from kb.validity import Standing
from kb.wording.validity import STANDINGS
from service.base import Service
from service.catalogue import catalogue_of
from service.suggestion_labels import labels_of, vocabulary_of

# Places kept for names and titles when numbers alone would fill the list ("119" is also a helpline).
_KEPT_FOR_NAMES = 2


PROVISION, QUERY = "disposition", "requete"
"""Kinds of suggestions that are no label: a provision, and the question better spelt."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant. `kind` is `PROVISION`, `QUERY` or that of a label; `target` its identifier in that kind;
    `value` the words to search for, in place of the characters `span` of what was typed; `state` the standing of a
    provision on the day, None for the other kinds."""

    kind: str
    target: str
    label: str
    value: str
    span: Span
    detail: str = ""
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The closest first, and in how many milliseconds."""

    query: str
    day: date
    suggestions: tuple[Suggestion, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Suggester:
    """The tables of an open base, all in memory."""

    numbers: NumberTable
    texts: frozenset[str]
    labels: LabelIndex
    vocabulary: Vocabulary


@remembered()
def suggester_of(reader: Reader, articles: ArticleTable) -> Suggester:
    """Build it once for an open base."""
    themes = load_themes().values()
    known = {*catalogue_of(reader).notes, *(p for theme in themes for p in theme.provisions)}
    labels = labels_of(reader)
    numbers = NumberTable(articles, known)
    return Suggester(numbers, numbers.texts(), LabelIndex(labels), vocabulary_of(reader))


def suggest(service: Service, query: str, day: date, limit: int) -> Suggestions:
    """At most `limit` suggestions, the closest first. Raises InvalidQuery."""
    started = perf_counter()
    text = checked(query)
    tables = suggester_of(service.reader, service.articles)
    labels = tables.labels.beginning(text, limit)
    room = limit - min(_KEPT_FOR_NAMES, len(labels))
    provisions = _provisions(service, tables, text, day, max(1, room))
    spellings = _spellings(tables.vocabulary, text)
    whole = Span(0, len(text))
    closest = (*provisions, *spellings, *(_of_label(label, whole) for label in labels))[:limit]
    return Suggestions(text, day, closest, (perf_counter() - started) * 1000)


def _provisions(service: Service, tables: Suggester, text: str, day: date, limit: int) -> list[Suggestion]:
    """Those whose number begins as typed; none when what is typed is a quantity among other words."""
    for typed in typed_numbers(text):
        texts = _texts(typed, tables.texts)
        if texts is None:
            continue
        numbers = tables.numbers.beginning(typed.prefix, texts, day, limit)
        if numbers:
            return list(_of_provisions(service, numbers, _span(typed, texts, text)))
    return []


def _texts(typed: TypedNumber, known: frozenset[str]) -> tuple[str, ...] | None:
    """The codes that the words around a number name; empty for any, None when it is no number of an article."""
    around = tuple(word for word in typed.rest if word != "code")
    if not around:
        return ()
    codes = tuple(slug for slug in codes_begun(typed.rest) if slug in known)
    return codes or (() if typed.sure and not codes_begun(typed.rest) else None)


def _span(typed: TypedNumber, texts: tuple[str, ...], text: str) -> Span:
    return Span(0, len(text)) if texts or not typed.rest else typed.span


def _of_provisions(
    service: Service, provisions: list[tuple[ProvisionId, Standing]], span: Span
) -> Iterator[Suggestion]:
    notes = catalogue_of(service.reader).records
    bare = service.reader.bare_provisions([provision for provision, _ in provisions])
    for provision, standing in provisions:
        note, headings = notes.get(provision), bare[provision].heading
        detail = note.record.title if note else (headings[-1] if headings else "")
        citation = cite_id(provision)
        yield Suggestion(PROVISION, provision, citation, citation, span, detail, STANDINGS[standing])


def _spellings(vocabulary: Vocabulary, text: str) -> list[Suggestion]:
    """The same words, those that are unknown read as known ones; nothing when all are known, or none is near."""
    words = respelt(vocabulary, text)
    return [] if words == text else [Suggestion(QUERY, words, words, words, Span(0, len(text)))]


def _of_label(label: Label, span: Span) -> Suggestion:
    return Suggestion(label.kind.value, label.value, label.text, label.text, span, label.detail)
