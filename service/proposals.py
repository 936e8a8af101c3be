"""What may answer a new question: passages of a former reply first, provisions, decisions, plans, records, figures.

All is found by the search engine, each with its reason and its score; what it does not find is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.errors import InvalidQuery
from kb.model import Document, DocumentKind, Passage, PassageKind, Provision, Version
from kb.questionnaire import unnumbered
from kb.records import RECORD_PREFIX
from kb.text.characters import one_line
from kb.validity import LawOfDay, law_on
from service.base import Service
from service.catalogue import catalogue_of
from service.cited_since import CitedSince, Period, cited_since
from service.former_answers import (
    FLOOR,
    FormerAnswer,
    MeasureNearby,
    ScoredPassage,
    as_shown,
    closest,
    measures_nearby,
    scored_passages,
)
from service.search import Hit, Question

# A question has a gap when its best passage and its best provision score less than these: measured on 200 questions
# that nothing covers, of which 156 are said to be gaps, and on the 100 questions and sub-questions of the fourth
# round, of which 8 are, their own wording set aside.
WEAK_PASSAGE, WEAK_PROVISION = 0.1, 0.3
MAX_QUESTION = 4_000
"""Characters of a question: as many as a search takes."""
MAX_PARTS = 60
BEST, BEST_OF_PART = 5, 2
# Passages looked at; those of the articles are apart.
_DEPTH = 300
# A part with fewer words of more than three letters says too little by itself: it is asked with its question.
_TELLING, _LETTERS = 2, 3
# Passages of the closest answer, so that the page stays light; the answer has its own.
MOST_OF_ANSWER = 15
# Of a longer answer, those that score less have a word or two of the question: the tables of another of its figures.
_NEAR = 0.02
CLOSEST, PROVISIONS = "question-proche", "disposition"
"""Groups of the passages of the closest answer, and of the provisions; the others are named by what they hold."""
_OTHERS = ("decision", "plan", "fiche", "reponse")


@dataclass(frozen=True, slots=True)
class QuestionToAnswer:
    """A question, its sub-questions, the day of the law (None: today) and the day of the reply to reuse, if known."""

    text: str
    parts: tuple[str, ...] = ()
    as_of: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ProposedPassage:
    """A passage with what became of each of its citations; `of_closest`: it is part of the closest answer."""

    scored: ScoredPassage
    document: Document
    changes: tuple[CitedSince, ...]
    of_closest: bool


@dataclass(frozen=True, slots=True)
class ProposedProvision:
    """A provision, what is known of it on the day, and our note on it."""

    hit: Hit
    provision: Provision
    law: LawOfDay[Version]
    note: Passage | None


Proposed = ProposedPassage | ProposedProvision


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """What is proposed of one kind, in its order."""

    name: str
    results: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """What answers a sub-question. `searched`: it has a word to search; `short`: it was searched with its question."""

    text: str
    searched: bool
    short: bool
    gap: bool
    results: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class ProposalSet:
    """All that may answer a question. `gap`: nothing convincing answers it as a whole."""

    query: str
    period: Period
    generation: str
    former: FormerAnswer | None
    groups: tuple[ProposedGroup, ...]
    measures: tuple[MeasureNearby, ...]
    parts: tuple[PartAnswer, ...]
    gap: bool

    @property
    def provisions(self) -> tuple[ProposedProvision, ...]:
        """Those proposed for the whole question, the best first."""
        results = (one for group in self.groups for one in group.results)
        return tuple(one for one in results if isinstance(one, ProposedProvision))


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found for one wording, and against what it is shown."""

    service: Service
    period: Period
    hits: tuple[Hit, ...]
    passages: list[ScoredPassage]

    @property
    def gap(self) -> bool:
        weak = not self.hits or self.hits[0].score < WEAK_PROVISION
        best = max(
            (f.score for f in self.passages if f.passage.kind is not PassageKind.QUESTION), default=0.0
        )
        return weak and best < WEAK_PASSAGE


def propose(service: Service, question: QuestionToAnswer) -> ProposalSet:
    """All that may answer a question and each of its parts. Raises InvalidQuery."""
    query = one_line(unnumbered(question.text))
    today = question.as_of or date.today()
    period = Period(today, question.since)
    whole = _search(service, query, period)
    parts = [(part, _search_part(service, part, query, period)) for part in question.parts if part.strip()]
    former = closest(service, whole.passages)
    period = Period(today, question.since or (former.reply.day if former else None))
    whole = _Search(service, period, whole.hits, whole.passages)
    return ProposalSet(
        query,
        period,
        service.generation,
        former,
        _groups(whole, former),
        tuple(measures_nearby(service, whole.passages, [f for _, s in parts if s for f in s.passages])),
        tuple(_part(text, search) for text, search in parts),
        whole.gap,
    )


def _search(service: Service, query: str, period: Period) -> _Search:
    ranking = service.searcher.rank(Question(query, period.today, BEST))
    hits = service.searcher.passages(Question(query, period.today, _DEPTH), articles=False)
    return _Search(service, period, ranking.hits, scored_passages(service, hits))


def _search_part(service: Service, part: str, query: str, period: Period) -> _Search | None:
    """None for a part that has no word to search for."""
    words = one_line(unnumbered(part))
    wanted = f"{words} {query}" if _is_short(words) else words
    try:
        return _search(service, wanted[:MAX_QUESTION], period)
    except InvalidQuery:
        return None


def _is_short(words: str) -> bool:
    return sum(len(word) > _LETTERS for word in words.split()) < _TELLING


def _groups(search: _Search, former: FormerAnswer | None) -> tuple[ProposedGroup, ...]:
    """The answer to the closest question whole and in its order, then each kind by itself."""
    own = former.passages if former else {}
    scores = {scored.key: scored.score for scored in search.passages}
    answer = [ScoredPassage(key, own[key], scores.get(key, 0.0)) for key in _closest_of(own, scores)]
    groups = (
        ProposedGroup(CLOSEST, _proposals(search, answer, of_closest=True)),
        ProposedGroup(PROVISIONS, tuple(_provisions(search, BEST))),
        *(ProposedGroup(name, _proposals(search, some)) for name, some in _by_kind(search, own).items()),
    )
    return tuple(group for group in groups if group.results)


def _by_kind(search: _Search, own: Mapping[int, Passage]) -> dict[str, list[ScoredPassage]]:
    """The best passages of each other kind, each once."""
    documents = {d.id: d for d in catalogue_of(search.service.reader).documents}
    groups: dict[str, list[ScoredPassage]] = {name: [] for name in _OTHERS}
    for scored in search.passages:
        name = _group_of(scored.passage, documents[scored.passage.document])
        if name and scored.key not in own and scored.score >= FLOOR and len(groups[name]) < BEST:
            one = as_shown(search.service, scored)
            groups[name] += [] if one.key in {other.key for other in groups[name]} else [one]
    return groups


def _closest_of(own: Iterable[int], scores: Mapping[int, float]) -> list[int]:
    """The passages of an answer, in its order: all of a short one, of a long one those close to the question."""
    order = list(own)
    if len(order) <= MOST_OF_ANSWER:
        return order
    best = sorted(order, key=lambda key: -scores.get(key, 0.0))[:MOST_OF_ANSWER]
    near = {key for rank, key in enumerate(best) if rank < BEST or scores.get(key, 0.0) >= _NEAR}
    return [key for key in order if key in near]


def _group_of(passage: Passage, document: Document) -> str:
    """The group of a passage, "" for one that is not proposed: questions, and notes, which go with their call."""
    if passage.kind in (PassageKind.QUESTION, PassageKind.FOOTNOTE):
        return ""
    if document.kind is DocumentKind.RECORD:
        kind = passage.document.removeprefix(RECORD_PREFIX).partition("/")[0]
        return {"reponse": "", "decision": "decision", "plan": "plan"}.get(kind, "fiche")
    return {
        DocumentKind.QUESTIONNAIRE: "reponse",
        DocumentKind.DECISION: "decision",
        DocumentKind.CODE: "",
    }.get(document.kind, "plan")


def _provisions(search: _Search, most: int) -> list[ProposedProvision]:
    hits = [hit for hit in search.hits[:most] if hit.score >= FLOOR]
    known = search.service.reader.provisions([hit.provision for hit in hits])
    notes = catalogue_of(search.service.reader).notes
    return [
        ProposedProvision(hit, one, law_on(one.versions, search.period.today), notes.get(hit.provision))
        for hit in hits
        if (one := known.get(hit.provision))
    ]


def _proposals(
    search: _Search, passages: Sequence[ScoredPassage], *, of_closest: bool = False
) -> tuple[ProposedPassage, ...]:
    """Passages, each with what became of what it cites."""
    documents = {d.id: d for d in catalogue_of(search.service.reader).documents}
    changes = cited_since(search.service, {f.key: f.passage for f in passages}, search.period)
    return tuple(
        ProposedPassage(one, documents[one.passage.document], tuple(changes.get(one.key, ())), of_closest)
        for one in passages
    )


def _part(text: str, search: _Search | None) -> PartAnswer:
    if search is None:
        return PartAnswer(text, searched=False, short=False, gap=True, results=())
    candidates = [
        f for f in search.passages if f.passage.kind not in (PassageKind.QUESTION, PassageKind.FOOTNOTE)
    ]
    strong = {f.key: f for f in (as_shown(search.service, k) for k in candidates if k.score >= WEAK_PASSAGE)}
    provisions = [p for p in _provisions(search, BEST_OF_PART) if round(p.hit.score, 4) >= WEAK_PROVISION]
    passages = _proposals(search, list(strong.values())[:BEST_OF_PART])
    results: tuple[Proposed, ...] = (*passages, *provisions)
    return PartAnswer(text, True, _is_short(one_line(unnumbered(text))), search.gap, results)
