"""What may answer a new question: passages of a former reply first, provisions, decisions, plans, records, figures.

All is found by the search engine, each with its reason and its score; what it does not find is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.addresses import passage_url
from api.former_answers import FLOOR, Former, Found, closest, figure_series, found_passages, told
from api.presenters.cited_since import present_cited_since
from api.presenters.provisions import provision_fields
from api.presenters.scores import explanation
from api.schemas.answers import RecordOut
from api.schemas.reports import (
    MAX_QUESTION,
    GroupOut,
    PartProposals,
    ProposalOut,
    Proposals,
    QuestionIn,
)
from kb.errors import InvalidQuery
from kb.model import Document, DocumentKind, Passage, PassageKind
from kb.questionnaire import unnumbered
from kb.records import RECORD_PREFIX
from kb.text.characters import one_line
from kb.text.french_dates import french_date
from kb.validity import law_on
from service.base import Service
from service.catalogue import catalogue_of
from service.cited_since import CitedSince, Period, cited_since
from service.search import Hit, Question
from workplace.dossiers.gathering import place_of

# A question has a gap when its best passage and its best provision score less than these: measured on 200 questions
# that nothing covers, of which 156 are said to be gaps, and on the 100 questions and sub-questions of the fourth
# round, of which 8 are, their own wording set aside.
WEAK_PASSAGE, WEAK_PROVISION = 0.1, 0.3
SHOWN, SHOWN_OF_PART = 5, 2
EXCERPT = 600
# Passages looked at; those of the articles are apart.
_DEPTH = 300
# A part with fewer words of more than three letters says too little by itself: it is asked with its question.
_TELLING, _LETTERS = 2, 3
# Passages of the closest answer, so that the page stays light; the answer has its own.
_MOST_ANSWER = 15
# Of a longer answer, those that score less have a word or two of the question: the tables of another of its figures.
_NEAR = 0.02
_LABELS = {
    "disposition": "Dispositions",
    "decision": "Décisions",
    "plan": "Plans, circulaires et rapports",
    "fiche": "Fiches de Renvoi",
    "reponse": "Autres passages des réponses",
}
_NEAREST = "Parmi les plus proches de la question par les mots et le sens."
GAP = "Rien de probant n'a été trouvé dans la base."
WITH_QUESTION = "Trop courte pour être cherchée seule : elle l'a été avec sa question."


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found for one wording, and against what it is shown."""

    service: Service
    period: Period
    hits: tuple[Hit, ...]
    found: list[Found]

    @property
    def gap(self) -> bool:
        weak = not self.hits or self.hits[0].score < WEAK_PROVISION
        best = max((f.score for f in self.found if f.passage.kind is not PassageKind.QUESTION), default=0.0)
        return weak and best < WEAK_PASSAGE


def propose(service: Service, question: QuestionIn) -> Proposals:
    """All that may answer a question and each of its parts. Raises InvalidQuery."""
    query = one_line(unnumbered(question.text))
    today = question.as_of or date.today()
    period = Period(today, question.since)
    whole = _search(service, query, period)
    parts = [(part, _search_part(service, part, query, period)) for part in question.parts if part.strip()]
    former = closest(service, whole.found)
    period = Period(today, question.since or _day_of(service, former))
    whole = _Search(service, period, whole.hits, whole.found)
    return Proposals(
        query=query,
        as_of=today,
        since=period.since,
        generation=service.generation,
        former=former.shown if former else None,
        groups=_groups(whole, former),
        figures=figure_series(service, whole.found, [f for _, s in parts if s for f in s.found]),
        parts=[_part(text, search) for text, search in parts],
        gap=whole.gap,
        notices=_notices(former, period),
    )


def _search(service: Service, query: str, period: Period) -> _Search:
    ranking = service.searcher.rank(Question(query, period.today, SHOWN))
    hits = service.searcher.passages(Question(query, period.today, _DEPTH), articles=False)
    return _Search(service, period, ranking.hits, found_passages(service, hits))


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


def _day_of(service: Service, former: Former | None) -> date | None:
    return service.reader.document(former.shown.document).day if former else None


def _notices(former: Former | None, period: Period) -> list[str]:
    if former is None:
        return ["La base ne tient aucune réponse antérieure qui s'approche de cette question."]
    title, notices = former.shown.title, []
    if len(former.passages) > _MOST_ANSWER:
        notices.append(
            f"Cette réponse a {len(former.passages)} passages : seuls les plus proches sont donnés."
        )
    if period.since is None:
        notices.append(
            f"« {title} » ne dit pas sa date : donnez-la pour savoir ce que le droit est devenu depuis."
        )
    else:
        notices.append(f"Les citations sont comparées au droit du {french_date(period.since)}.")
    return notices


def _groups(search: _Search, former: Former | None) -> list[GroupOut]:
    """The answer to the closest question whole and in its order, then each kind by itself."""
    kinds = {d.id: d for d in catalogue_of(search.service.reader).documents}
    groups: dict[str, list[Found]] = {name: [] for name in _LABELS if name != "disposition"}
    own = former.passages if former else {}
    for passage in search.found:
        name = _group_of(passage.passage, kinds[passage.passage.document])
        if name and passage.key not in own and passage.score >= FLOOR and len(groups[name]) < SHOWN:
            one = told(search.service, passage)
            groups[name] += [] if one.key in {f.key for f in groups[name]} else [one]
    scores = {f.key: f.score for f in search.found}
    answer = [Found(key, own[key], scores.get(key, 0.0)) for key in _closest_of(own, scores)]
    label = f"Réponse à la question {former.shown.place}, la plus proche" if former else ""
    groups_out = [
        GroupOut(name="question-proche", label=label, results=_proposals(search, answer, former)),
        GroupOut(name="disposition", label=_LABELS["disposition"], results=_provisions(search, SHOWN)),
        *(GroupOut(name=n, label=_LABELS[n], results=_proposals(search, f)) for n, f in groups.items()),
    ]
    return [group for group in groups_out if group.results]


def _closest_of(own: Iterable[int], scores: Mapping[int, float]) -> list[int]:
    """The passages of an answer, in its order: all of a short one, of a long one those close to the question."""
    order = list(own)
    if len(order) <= _MOST_ANSWER:
        return order
    best = sorted(order, key=lambda key: -scores.get(key, 0.0))[:_MOST_ANSWER]
    near = {key for rank, key in enumerate(best) if rank < SHOWN or scores.get(key, 0.0) >= _NEAR}
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


def _provisions(search: _Search, most: int) -> list[ProposalOut]:
    hits = [hit for hit in search.hits[:most] if hit.score >= FLOOR]
    known = search.service.reader.provisions([hit.provision for hit in hits])
    records = catalogue_of(search.service.reader).notes
    return [
        _provision(
            provision_fields(p, law_on(p.versions, search.period.today), records.get(h.provision)),
            h,
        )
        for h in hits
        if (p := known.get(h.provision))
    ]


def _provision(fields: Mapping[str, object], hit: Hit) -> ProposalOut:
    text = str(fields["text"] or "")
    return ProposalOut(
        kind="disposition",
        id=hit.provision,
        title=str(fields["citation"]),
        heading=list(fields["title_path"]),  # type: ignore[call-overload]
        text=_excerpt(text),
        cut=len(text) > EXCERPT,
        score=round(hit.score, 4),
        reasons=[*_in_plain_words(fields), *(explanation(hit) or [_NEAREST])],
        url=str(fields["url"]),
        warnings=list(fields["warnings"]),  # type: ignore[call-overload]
        changes=[],
    )


def _in_plain_words(fields: Mapping[str, object]) -> list[str]:
    """What our record says of a provision whose text the base does not hold."""
    record = fields["record"]
    known = isinstance(record, RecordOut) and not fields["text"]
    return [f"Notre fiche, « {record.title} » : {_excerpt(record.text)}"] if known else []  # type: ignore[attr-defined]


def _proposals(search: _Search, passages: Sequence[Found], former: Former | None = None) -> list[ProposalOut]:
    """Passages, each with what became of what it cites."""
    documents = {d.id: d for d in catalogue_of(search.service.reader).documents}
    changes = cited_since(search.service, {f.key: f.passage for f in passages}, search.period)
    return [
        _proposal(one, documents[one.passage.document], changes.get(one.key, []), former is not None)
        for one in passages
    ]


def _proposal(one: Found, document: Document, changes: Iterable[CitedSince], of_closest: bool) -> ProposalOut:
    passage = one.passage
    membership = "Fait partie de la réponse à la question la plus proche." if of_closest else ""
    near = "Parmi les passages les plus proches de la question par les mots et le sens." if one.score else ""
    return ProposalOut(
        kind="passage",
        id=passage.id,
        title=place_of(passage, document),
        heading=list(passage.heading),
        text=_excerpt(passage.text),
        cut=len(passage.text) > EXCERPT,
        score=round(one.score, 4),
        reasons=[reason for reason in (membership, near) if reason],
        url=passage_url(passage),
        warnings=[],
        changes=[present_cited_since(change) for change in changes],
    )


def _excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def _part(text: str, search: _Search | None) -> PartProposals:
    if search is None:
        return PartProposals(
            text=text, gap=True, message="Aucun mot de cette sous-question ne peut être cherché.", results=[]
        )
    candidates = [
        f for f in search.found if f.passage.kind not in (PassageKind.QUESTION, PassageKind.FOOTNOTE)
    ]
    strong = {f.key: f for f in (told(search.service, k) for k in candidates if k.score >= WEAK_PASSAGE)}
    provisions = [p for p in _provisions(search, SHOWN_OF_PART) if p.score >= WEAK_PROVISION]
    results = [*_proposals(search, list(strong.values())[:SHOWN_OF_PART]), *provisions]
    message = GAP if search.gap else WITH_QUESTION if _is_short(one_line(unnumbered(text))) else ""
    return PartProposals(text=text, gap=search.gap, message=message, results=results)
