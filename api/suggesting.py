"""What may be meant by what is being typed in the search box, from one open base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import perf_counter

from api.addresses import answer_url, provision_url, record_url, results_url, section_url, theme_url
from api.schemas.answers import TextSpan
from api.schemas.suggestions import SuggestionKind, SuggestionOut, SuggestionResponse
from api.suggesting_labels import labels_of, vocabulary_of
from index.retrieval.query import checked
from kb.french_citation import cite_id
from kb.ids import ProvisionId
from kb.resolution.article_table import ArticleTable
from kb.store import Reader
from kb.suggestions.code_names import codes_begun
from kb.suggestions.labels import Label, LabelIndex, LabelKind
from kb.suggestions.numbers import NumberTable
from kb.suggestions.spelling import respelt
from kb.suggestions.typed_reference import TypedNumber, typed_numbers
from kb.suggestions.vocabulary import Vocabulary
from kb.taxonomy import REPLY, load_themes
from kb.text.spans import Span
from kb.validity import Standing
from kb.wording.validity import STANDINGS
from service.base import Service
from service.catalogue import catalogue_of

# Places kept for names and titles when numbers alone would fill the list ("119" is also a helpline).
_KEPT_FOR_NAMES = 2


@dataclass(frozen=True, slots=True)
class Suggester:
    """The tables of an open base, all in memory."""

    numbers: NumberTable
    texts: frozenset[str]
    labels: LabelIndex
    vocabulary: Vocabulary


@lru_cache(maxsize=4)  # by reader, and what an open base holds never changes
def suggester_of(reader: Reader, articles: ArticleTable) -> Suggester:
    """Build it once for an open base."""
    themes = load_themes().values()
    known = {*catalogue_of(reader).notes, *(p for theme in themes for p in theme.provisions)}
    labels = labels_of(reader)
    numbers = NumberTable(articles, known)
    return Suggester(numbers, numbers.texts(), LabelIndex(labels), vocabulary_of(reader))


def suggest(service: Service, query: str, day: date, limit: int) -> SuggestionResponse:
    """At most `limit` suggestions, the closest first. Raises InvalidQuery."""
    started = perf_counter()
    text = checked(query)
    tables = suggester_of(service.reader, service.articles)
    labels = tables.labels.beginning(text, limit)
    room = limit - min(_KEPT_FOR_NAMES, len(labels))
    provisions = _provisions(service, tables, text, day, max(1, room))
    mended = _mended(tables.vocabulary, text)
    whole = Span(0, len(text))
    found = [*provisions, *mended, *(_label(label, whole) for label in labels)][:limit]
    took = round((perf_counter() - started) * 1000, 2)
    return SuggestionResponse(query=text, as_of=day, took=took, total=len(found), results=found)


def _provisions(service: Service, tables: Suggester, text: str, day: date, limit: int) -> list[SuggestionOut]:
    """Those whose number begins as typed; none when what is typed is a quantity among other words."""
    for typed in typed_numbers(text):
        texts = _texts(typed, tables.texts)
        if texts is None:
            continue
        found = tables.numbers.beginning(typed.prefix, texts, day, limit)
        if found:
            return list(_shown(service, found, _span(typed, texts, text)))
    return []


def _texts(typed: TypedNumber, known: frozenset[str]) -> tuple[str, ...] | None:
    """The codes that the words around a number name; empty for any, None when it is no number of an article."""
    around = tuple(word for word in typed.rest if word != "code")
    if not around:
        return ()
    named = tuple(slug for slug in codes_begun(typed.rest) if slug in known)
    return named or (() if typed.sure and not codes_begun(typed.rest) else None)


def _span(typed: TypedNumber, texts: tuple[str, ...], text: str) -> Span:
    return Span(0, len(text)) if texts or not typed.rest else typed.span


def _shown(
    service: Service, found: list[tuple[ProvisionId, Standing]], span: Span
) -> Iterator[SuggestionOut]:
    notes = catalogue_of(service.reader).records
    bare = service.reader.bare_provisions([provision for provision, _ in found])
    for provision, state in found:
        note, headings = notes.get(provision), bare[provision].heading
        yield SuggestionOut(
            kind=SuggestionKind.PROVISION,
            label=cite_id(provision),
            detail=note.record.title if note else (headings[-1] if headings else ""),
            state=STANDINGS[state],
            value=cite_id(provision),
            url=provision_url(provision),
            span=TextSpan(start=span.start, end=span.end),
        )


def _mended(vocabulary: Vocabulary, text: str) -> list[SuggestionOut]:
    """The same words, those that are unknown read as known ones; nothing when all are known, or none is near."""
    said = respelt(vocabulary, text)
    if said == text:
        return []
    return [
        SuggestionOut(
            kind=SuggestionKind.QUERY,
            label=said,
            detail="",
            state=None,
            value=said,
            url=results_url(said),
            span=TextSpan(start=0, end=len(text)),
        )
    ]


def _label(label: Label, span: Span) -> SuggestionOut:
    return SuggestionOut(
        kind=SuggestionKind(label.kind.value),
        label=label.text,
        detail=label.detail,
        state=None,
        value=label.text,
        url=_address(label),
        span=TextSpan(start=span.start, end=span.end),
    )


def _address(label: Label) -> str:
    if label.kind is LabelKind.QUESTION:
        return answer_url(REPLY, int(label.value))
    if label.kind is LabelKind.CODE:
        return section_url(label.value)
    return theme_url(label.value) if label.kind is LabelKind.THEME else record_url(label.value)
