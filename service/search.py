"""Search: the provisions, and the passages, that answer a question. Values in and out: no address, no schema.

parameters → SearchRequest → search() → SearchAnswer → a presenter, or the command line
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from time import perf_counter

from index.retrieval.excerpts import Mark as Mark
from index.retrieval.excerpts import excerpt as excerpt
from index.retrieval.excerpts import highlights as highlights
from index.retrieval.excerpts import marks as marks
from index.retrieval.excerpts import question_terms as question_terms
from index.retrieval.model import Evidence
from index.retrieval.model import Hit as Hit
from index.retrieval.model import Method as Method
from index.retrieval.model import Parts as Parts
from index.retrieval.model import PassageHit as PassageHit
from index.retrieval.model import Question as Question
from index.retrieval.model import Ranking as Ranking
from index.retrieval.model import Ranks as Ranks
from kb.checking.nearest import nearest
from kb.model import DocumentKind, Passage, PassageKind, Provision, Status, Version
from kb.validity import LawOfDay, law_on
from service.base import Service
from service.catalogue import Catalogue, catalogue_of
from service.facet_filter import Facet, FacetFilter, Refinement
from service.other_days import OtherDay, other_days
from service.reference_lookup import checked_name

# What a record puts before the identifiers of the texts it speaks of, which are for programs.
LISTED, _TITLED = "Textes : ", " : "
# Characters of a passage quoted as evidence: three or four lines.
QUOTE = 320
# How deep to look when only some kinds of passages are wanted.
_DEPTH = 200


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question, and which page of its answer: kept, sorted and counted as `refinement` says."""

    question: Question
    page: int = 0
    page_size: int = 10
    refinement: Refinement = field(default_factory=Refinement)


@dataclass(frozen=True, slots=True)
class Quote:
    """The part `[start, end)` of a passage that speaks for a provision; `score` is its weight in [0, 1]."""

    passage: Passage
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class FoundProvision:
    """One provision of an answer, what is known of it on the day, and why it is there."""

    hit: Hit
    provision: Provision
    law: LawOfDay[Version]
    note: Passage | None
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """The only wording that may be that of the day; empty when there is none, or several."""
        return self.law.text_holder.text if self.law.text_holder else ""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page of an answer.

    `counts`: the candidates of each facet's values, None when they were not asked for. `nearest`: by target, what a
    number that does not exist may have meant. `milliseconds`: how long ranking and counting took.
    `other_days`: the best of the candidates that did not exist on the day, or no more.
    """

    request: SearchRequest
    ranking: Ranking
    provisions: tuple[FoundProvision, ...]
    counts: Mapping[Facet, Counter[str]] | None
    nearest: Mapping[str, tuple[str, ...]]
    catalogue: Catalogue
    milliseconds: float
    other_days: tuple[OtherDay, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether anything in the base covers the question; otherwise the provisions are only the nearest."""
        return self.ranking.decision.covered


def search(service: Service, request: SearchRequest) -> SearchAnswer:
    """One page of the provisions that answer. Raises InvalidQuery."""
    started = perf_counter()
    facets = FacetFilter(service, request.question.as_of, request.refinement)
    ranking = service.searcher.rank(request.question, facets)
    counts = facets.counts(ranking.pool) if request.refinement.counted else None
    milliseconds = (perf_counter() - started) * 1000
    first = request.page * request.page_size
    hits = ranking.hits[first : first + request.page_size]
    provisions = _fetch(service, request.question, hits)
    lost = [r.target for r in ranking.resolutions if r.status is Status.UNKNOWN_NUMBER]
    near = {target: nearest(service.articles, target) for target in lost}
    pool = ranking.pool if ranking.decision.covered else ()
    others = other_days(service.articles, pool, request.question.as_of)
    return SearchAnswer(
        request, ranking, provisions, counts, near, catalogue_of(service.reader), milliseconds, others
    )


def _fetch(service: Service, question: Question, hits: Collection[Hit]) -> tuple[FoundProvision, ...]:
    """What is shown of each hit; three queries, whatever their number."""
    keys = list({evidence.passage_key for hit in hits for evidence in hit.evidence})
    ids = [hit.provision for hit in hits]
    provisions = {str(name): provision for name, provision in service.reader.provisions(ids).items()}
    passages, places = service.reader.passages(keys), service.reader.places(keys, ids)
    notes, terms = catalogue_of(service.reader).notes, question_terms(question.text)

    def quote(hit: Hit, evidence: Evidence) -> Quote:
        place = places.get((evidence.passage_key, hit.provision))
        passage = passages[evidence.passage_key]
        return Quote(passage, *quoted_span(passage, place, terms), evidence.score)

    return tuple(
        FoundProvision(
            hit,
            provisions[hit.provision],
            law_on(provisions[hit.provision].versions, question.as_of),
            notes.get(hit.provision),
            tuple(quote(hit, evidence) for evidence in hit.evidence),
        )
        for hit in hits
    )


def quoted_span(passage: Passage, place: tuple[int, int] | None, terms: Collection[str]) -> tuple[int, int]:
    """Where to quote a passage: around its citation of the provision, else around the words of the question.

    Of a record that lists its words, its title alone: the list reads as no sentence.
    """
    around = [place] if place else highlights(passage.text, terms)
    return title_of_words(passage) or excerpt(passage.text, around, QUOTE)


def title_of_words(passage: Passage) -> tuple[int, int] | None:
    """Where the title stands in the passage of a record that lists its words; None for any other passage.

    Such a passage ends with the identifiers that the record cites, and reads as no sentence.
    """
    if passage.kind is not PassageKind.RECORD or f"\n{LISTED}" not in passage.text:
        return None
    return 0, passage.text.index(_TITLED)


@dataclass(frozen=True, slots=True)
class PassageRequest:
    """A question about passages: of these kinds (empty: all but articles), in this document (None: in all)."""

    question: Question
    kinds: tuple[PassageKind, ...] = ()
    document: str | None = None
    page_size: int = 10


@dataclass(frozen=True, slots=True)
class PassageAnswer:
    """The passages that answer, best first, each with its score and its parts."""

    question: Question
    passages: tuple[tuple[PassageHit, Passage], ...]
    catalogue: Catalogue
    milliseconds: float


def search_passages(service: Service, request: PassageRequest) -> PassageAnswer:
    """The passages that answer. Raises UnknownDocument, InvalidIdentifier, InvalidQuery."""
    started = perf_counter()
    question = Question(request.question.text, request.question.as_of, _DEPTH, (), request.question.method)
    if request.document is not None:
        hits = _within(service, question, request, checked_name(request.document))
    else:
        hits = [*_articles(service, question, request), *_others(service, question, request)]
    best = sorted(hits, key=lambda hit: -hit.score)[: request.page_size]
    passages = service.reader.passages([hit.passage_key for hit in best])
    pairs = tuple((hit, passages[hit.passage_key]) for hit in best)
    return PassageAnswer(question, pairs, catalogue_of(service.reader), (perf_counter() - started) * 1000)


def _within(service: Service, question: Question, request: PassageRequest, name: str) -> list[PassageHit]:
    """Of one document: its articles when it is a code."""
    document = service.reader.document(name)
    passages = dict(service.reader.passages_of(document.id))
    articles = document.kind is DocumentKind.CODE
    hits = service.searcher.passages(question, articles=articles, only=tuple(passages))
    return [hit for hit in hits if not request.kinds or passages[hit.passage_key].kind in request.kinds]


def _articles(service: Service, question: Question, request: PassageRequest) -> tuple[PassageHit, ...]:
    if PassageKind.ARTICLE not in request.kinds:
        return ()
    return service.searcher.passages(question, articles=True)


def _others(service: Service, question: Question, request: PassageRequest) -> list[PassageHit]:
    wanted = set(request.kinds) - {PassageKind.ARTICLE}
    if request.kinds and not wanted:
        return []
    hits = service.searcher.passages(question, articles=False)
    if not wanted:
        return list(hits)
    passages = service.reader.passages([hit.passage_key for hit in hits])
    return [hit for hit in hits if passages[hit.passage_key].kind in wanted]
