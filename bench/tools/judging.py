"""Questions put to a system, and how well what it ranked agrees with the grades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bench.tools.metrics import Interval, bootstrap_interval, hit_at, mrr_at, ndcg_at, recall_at
from bench.tools.questions import Question
from kb.errors import InvalidQuery

DEPTH = 10
SEED = 1
# Questions on trafficking are put to the two codes where their judgements were made complete; references and
# questions of the general public are put to all codes.
TRAFFICKING = ("expert", "lay", "english", "misspelt", "multi")
TWO_CODES = ("code-penal", "ceseda")
ALL_TRAFFICKING = "traite (cinq styles)"
FRENCH_STYLES = {
    "expert": "expert",
    "lay": "courant",
    "english": "anglais",
    "misspelt": "mal orthographié",
    "multi": "plusieurs objets",
    "citation": "référence",
    "public": "grand public",
}

Ranker = Callable[[Question], Sequence[str]]
METRICS: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "nDCG@10": partial(ndcg_at, k=10),
    "MRR@10": partial(mrr_at, k=10),
    "rappel@5": partial(recall_at, k=5),
    "rappel@10": partial(recall_at, k=10),
    "succès@3": partial(hit_at, k=3),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and the metrics of what a system ranked for it, by name."""

    question: Question
    scores: dict[str, float]


def codes_of(question: Question) -> tuple[str, ...]:
    """The codes that a question is put to; none means all of them."""
    return TWO_CODES if question.style in TRAFFICKING else ()


def judge(ranker: Ranker, questions: Iterable[Question]) -> tuple[Judged, ...]:
    """Rank and measure every question that has an answer; a question refused by the system scores 0."""
    covered = (question for question in questions if question.relevant)
    return tuple(map(partial(_judge_one, ranker), covered))


def _judge_one(ranker: Ranker, question: Question) -> Judged:
    try:
        ranked = ranker(question)
    except InvalidQuery:
        ranked = ()
    grades: dict[str, int] = dict(question.relevant.items())
    return Judged(question, {name: metric(ranked, grades) for name, metric in METRICS.items()})


def of_styles(judged: Iterable[Judged], styles: Sequence[str]) -> tuple[Judged, ...]:
    """Only the questions of these styles."""
    return tuple(one for one in judged if one.question.style in styles)


def interval(judged: Sequence[Judged], metric: str) -> Interval | None:
    """The mean of a metric with its bootstrap interval, None over no question."""
    return bootstrap_interval([one.scores[metric] for one in judged], SEED) if judged else None


def mean(judged: Sequence[Judged], metric: str) -> float | None:
    """The mean of a metric, None over no question."""
    return sum(one.scores[metric] for one in judged) / len(judged) if judged else None


def gap(judged: Sequence[Judged], reference: Sequence[Judged], metric: str) -> Interval | None:
    """The mean difference to a reference over the same questions in the same order, by paired bootstrap."""
    pairs = list(zip(judged, reference, strict=True))
    if any(one.question.id != other.question.id for one, other in pairs):
        raise ValueError("Les deux systèmes n'ont pas répondu aux mêmes questions.")
    differences = [one.scores[metric] - other.scores[metric] for one, other in pairs]
    return bootstrap_interval(differences, SEED) if differences else None
