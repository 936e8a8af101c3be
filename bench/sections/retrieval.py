"""Section « retrieval » : how well the search answers, by style of question, and whether it knows what it ignores."""

from __future__ import annotations

from collections.abc import Iterable

from bench.tools.judging import (
    ALL_TRAFFICKING,
    FRENCH_STYLES,
    METRICS,
    TRAFFICKING,
    Judged,
    interval,
    judge,
    of_styles,
)
from bench.tools.metrics import area_under_curve, quantiles
from bench.tools.questions import Question
from bench.tools.report import Cell, Section, Table
from bench.tools.search_system import ask, our_ranker
from bench.tools.subject import Subject
from kb.errors import InvalidQuery

NAME = "retrieval"
HALVES = {
    "train": "questions de réglage",
    "test": "questions tenues à part",
    "other": "questions d'une autre main",
}
_ASIDE = "aside"
_WIDE = (
    "Une question connue sur douze, tenue à l'écart de la recherche et de l'entraînement : tout le Code pénal et tout "
    "le CESEDA, ou, pour le grand public, tous les codes. De la main de ce qui est appris, et plus difficiles."
)
_SCOPE = (
    "Questions sur la traite posées au code pénal et au CESEDA ; références et questions du grand public posées à tous "
    "les codes. Entre crochets, intervalle de confiance à 95 % par rééchantillonnage des questions."
)


def measure(subject: Subject) -> Section:
    """Metrics by style for each half of the topics, and the best scores of questions that nothing covers."""
    ranker = our_ranker(subject.service.searcher, subject.day)
    judged = judge(ranker, subject.questions)
    tables = [by_style(judged, half, f"Par style, {HALVES[half]}", _SCOPE) for half in HALVES]
    aside = judge(ranker, subject.set_aside)
    tables.append(by_style(aside, _ASIDE, "Par style, questions connues tenues à l'écart", _WIDE))
    return Section(NAME, "Recherche", subject.described(), (*tables, _abstention(subject)))


def by_style(judged: Iterable[Judged], half: str, title: str, note: str) -> Table:
    """The metrics of the questions of one split, by style, then of all those on trafficking."""
    questions = tuple(one for one in judged if one.question.split == half)
    rows = [_row(french, of_styles(questions, [style])) for style, french in FRENCH_STYLES.items()]
    rows.append(_row(ALL_TRAFFICKING, of_styles(questions, TRAFFICKING)))
    return Table(title, ("style", "questions", *METRICS), tuple(row for row in rows if row[1]), note)


def _row(name: str, judged: tuple[Judged, ...]) -> tuple[Cell, ...]:
    return (name, len(judged), *(interval(judged, metric) for metric in METRICS))


def _abstention(subject: Subject) -> Table:
    free = [q for q in subject.questions if q.style != "citation"]
    covered = [_best_score(subject, q) for q in free if q.relevant]
    foreign = [_best_score(subject, q) for q in free if not q.relevant]
    rows = (
        ("couvertes", len(covered), *quantiles(covered), area_under_curve(covered, foreign)),
        ("hors du sujet", len(foreign), *quantiles(foreign), None),
    )
    columns = ("questions", "nombre", "minimum", "1er quart", "médiane", "3e quart", "maximum", "AUC")
    note = (
        "AUC : probabilité qu'une question couverte ait un meilleur score plus haut qu'une question hors du sujet "
        "(0,5 : le score ne distingue rien ; 1 : toujours)."
    )
    return Table("Meilleur score des questions couvertes et des autres", columns, rows, note)


def _best_score(subject: Subject, question: Question) -> float:
    """The score of the first answer; a question refused has none."""
    try:
        hits = ask(subject.service.searcher, question, subject.day).hits
    except InvalidQuery:
        return 0.0
    return hits[0].score if hits else 0.0
