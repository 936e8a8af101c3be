"""The former replies of the base: which of their questions is closest to a new one, and which figures they print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.model import Document, DocumentKind, Passage, PassageKind
from kb.statistics import Family, Figure, Measure, Statistics
from service.base import Service
from service.catalogue import Catalogue, answer_record, catalogue_of
from service.search import PassageHit
from service.statistics import statistics_of

# Figures are proposed from the places of a reply whose question or answer is at least so close. On the 42 questions of
# the fourth round, each place that has figures is then found by its own sub-question.
CLOSE = 0.1
# Under this, the closest question has no more than a word in common: of 200 questions that nothing covers, half.
FLOOR = 0.05
MOST_SERIES = 8


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its score."""

    key: int
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class FormerAnswer:
    """The closest question of a former reply, with the passages of its answer in order, by number in the store.

    When a sub-question is the closest and has an answer of its own, the passages are those of that answer. `closest` is
    the kind of the passage that made it the closest.
    """

    reply: Document
    question: int
    place: str
    text: str
    score: float
    closest: PassageKind
    passages: Mapping[int, Passage]


@dataclass(frozen=True, slots=True)
class MeasureNearby:
    """A measure of the figures, printed at `place` of a reply, close to the question; `passage` is where, if known."""

    family: Family
    measure: Measure
    figures: tuple[Figure, ...]
    score: float
    place: str
    passage: str | None
    statistics: Statistics


def scored_passages(service: Service, hits: Sequence[PassageHit]) -> list[ScoredPassage]:
    """The hits with their passages, best first."""
    passages = service.reader.passages([hit.passage_key for hit in hits])
    return [ScoredPassage(h.passage_key, passages[h.passage_key], h.score) for h in hits]


def as_shown(service: Service, scored: ScoredPassage) -> ScoredPassage:
    """The same, but for the words of a record, which are for the search alone: in their place, what the record says."""
    passage = scored.passage
    if passage.kind is not PassageKind.RECORD:
        return scored
    title = service.reader.document(passage.document).title
    if not passage.text.startswith(f"{title} : "):
        return scored
    key, first = next(iter(service.reader.passages_of(passage.document)))
    return ScoredPassage(key, first, scored.score)


def closest(service: Service, passages: Sequence[ScoredPassage]) -> FormerAnswer | None:
    """The question of a reply whose own words, answer or record come first; None when none is close."""
    catalogue = catalogue_of(service.reader)
    replies = {str(d.id): d for d in catalogue.documents if d.kind is DocumentKind.QUESTIONNAIRE}
    for one in (f for f in passages if f.score >= FLOOR):
        place = _answered(one.passage, replies, catalogue)
        if place is not None:
            return _former(service, replies[place[0]], place[1], one)
    return None


def _answered(
    passage: Passage, replies: Mapping[str, Document], catalogue: Catalogue
) -> tuple[str, int] | None:
    """The reply and question that a passage, or one of our records, belongs to."""
    if passage.question is None:
        return None
    if passage.document in replies:
        return passage.document, passage.question
    for reply in replies:
        record = answer_record(catalogue, reply, passage.question)
        if record is not None and record.document == passage.document:
            return reply, passage.question
    return None


def _former(service: Service, reply: Document, question: int, best: ScoredPassage) -> FormerAnswer:
    passages = dict(service.reader.passages_of(reply.id, question=question))
    answers = {
        k: p for k, p in passages.items() if p.kind not in (PassageKind.QUESTION, PassageKind.FOOTNOTE)
    }
    own = {k: p for k, p in answers.items() if p.place == best.passage.place}
    place = best.passage.place if own else str(question)
    questions = [p.text for p in passages.values() if p.kind is PassageKind.QUESTION and p.place == place]
    text = questions[0] if questions else ""
    return FormerAnswer(reply, question, place, text, best.score, best.passage.kind, own or answers)


def measures_nearby(
    service: Service, passages: Sequence[ScoredPassage], also: Sequence[ScoredPassage]
) -> list[MeasureNearby]:
    """The measures printed where the passages found stand; `also` are those found for the parts of the question."""
    close: dict[tuple[str, str], float] = {}
    for one in (*passages, *also):
        place = (str(one.passage.document), one.passage.place)
        close[place] = max(one.score, close.get(place, 0.0))
    statistics, figures = statistics_of(service.database)
    documents = {m.id: str(f.document) for f in statistics.families for m in f.measures}
    scored: dict[str, tuple[float, str]] = {}
    for figure in figures:
        score = close.get((documents[figure.measure], figure.place), 0.0)
        if score >= CLOSE:
            scored[figure.measure] = max(scored.get(figure.measure, (0.0, "")), (score, figure.place))
    best = sorted(scored, key=lambda m: (-scored[m][0], m))[:MOST_SERIES]
    return [_measure(service, name, *scored[name]) for name in best]


def _measure(service: Service, name: str, score: float, place: str) -> MeasureNearby:
    statistics, every = statistics_of(service.database)
    family = statistics.family_of(name)
    measure = next(m for m in family.measures if m.id == name)
    figures = tuple(f for f in every if f.measure == name)
    passage = _printed(service, str(family.document), figures, place)
    return MeasureNearby(family, measure, figures, score, place, passage, statistics)


def _printed(service: Service, document: str, figures: Sequence[Figure], place: str) -> str | None:
    """The passage of the reply in which most of these figures are."""
    question = next((f.question for f in figures if f.place == place), None)
    if question is None:
        return None
    held = [
        p
        for _, p in service.reader.passages_of(document, question=question)
        if p.place == place and p.kind in (PassageKind.TABLE, PassageKind.ANSWER)
    ]
    values = Counter(str(f.value) for f in figures if f.place == place and f.value is not None)
    held.sort(key=lambda p: -sum(n for value, n in values.items() if value in p.text))
    return held[0].id if held else None
