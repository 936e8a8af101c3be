"""`python -m bench.fitting.fusion`: the weights of the fusion and the calibration, fitted on the training half
of the questions.

Nothing is written: the weights found are printed with what they are worth on questions that were not used to find
them, to be set in `index/retrieval/fusion.py` with the figures beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from bench.fitting.coordinate_ascent import ADDED, SHARES, climb, scaled
from bench.fitting.folds import folds, others
from bench.fitting.logistic import Calibration, expected_error, fit_logistic
from bench.fitting.memoised_search import remembering
from bench.tools.arguments import french_parser
from bench.tools.judging import ALL_TRAFFICKING, FRENCH_STYLES, TRAFFICKING, interval, judge, mean, of_styles
from bench.tools.questions import FITTING, Question
from bench.tools.report import Cell, Table, drawn
from bench.tools.search_system import ask, our_ranker
from bench.tools.subject import Subject
from bench.tools.terminal import terminal
from index.retrieval.fusion import FITTED, MIDPOINT, SLOPE, Weights
from index.retrieval.model import Parts
from kb.errors import InvalidQuery, RenvoiError
from service.settings import Settings

FOLDS = 5
METRIC = "nDCG@10"


class Fitting:
    """The training and test questions, and what any weights are worth on each of them."""

    def __init__(self, subject: Subject) -> None:
        self._searcher = remembering(subject.service.searcher)
        self._day = subject.day
        # References are answered before any weight is used.
        free = [q for q in (*subject.questions, *subject.set_aside) if q.style != "citation"]
        self.train = tuple(q for q in free if q.split in FITTING)
        self.test = tuple(q for q in free if q.split not in FITTING)
        self._known: dict[tuple[Weights, str], float] = {}

    def value(self, weights: Weights, questions: Iterable[Question]) -> float:
        """Mean nDCG@10 over the covered questions."""
        scores = [self._score(weights, question) for question in questions if question.relevant]
        return sum(scores) / len(scores)

    def best(self, questions: Sequence[Question]) -> Weights:
        """The weights that serve these questions best."""
        return climb(lambda weights: self.value(weights, questions))

    def cross_validated(self) -> list[tuple[Weights, float]]:
        """For each fold of topics, the weights fitted on the other folds and their worth on it."""
        groups = folds(self.train, FOLDS)
        optimum = [self.best(others(groups, number)) for number in range(FOLDS)]
        return [(weights, self.value(weights, group)) for weights, group in zip(optimum, groups, strict=True)]

    def answers(
        self, weights: Weights, questions: Iterable[Question]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """The fused score of every answer given, and whether it is right; foreign questions have no right answer."""
        scores: list[float] = []
        right: list[bool] = []
        for question in questions:
            for provision, parts in self._hits(weights, question):
                scores.append(score_of(parts, weights))
                right.append(provision in question.relevant)
        return np.array(scores), np.array(right)

    def row(self, name: str, weights: Weights, questions: Sequence[Question]) -> tuple[Cell, ...]:
        """A line of figures by style."""
        searcher = replace(self._searcher, weights=weights)
        judged = judge(our_ranker(searcher, self._day), questions)
        styles = [*([style] for style in FRENCH_STYLES if style != "citation"), list(TRAFFICKING)]
        return (name, interval(judged, METRIC), *(mean(of_styles(judged, s), METRIC) for s in styles))

    def _score(self, weights: Weights, question: Question) -> float:
        key = (weights, question.id)
        if key not in self._known:
            searcher = replace(self._searcher, weights=weights)
            (judged,) = judge(our_ranker(searcher, self._day), [question])
            self._known[key] = judged.scores[METRIC]
        return self._known[key]

    def _hits(self, weights: Weights, question: Question) -> list[tuple[str, Parts]]:
        try:
            ranking = ask(replace(self._searcher, weights=weights), question, self._day)
        except InvalidQuery:
            return []
        return [(hit.provision, hit.parts) for hit in ranking.hits if not hit.parts.citation]


def score_of(parts: Parts, weights: Weights) -> float:
    """The fused score of an answer, from its parts.

    >>> only_words = Weights(lexical=1.0, dense=0.0, heading=0.0, evidence=0.5)
    >>> score_of(Parts(lexical=0.5, evidence=0.5), only_words)
    0.75
    """
    shares = scaled(weights.of_question(parts.said))
    strength = sum(getattr(shares, name) * getattr(parts, name) for name in SHARES)
    return float(
        strength + sum(getattr(weights, name) * getattr(parts, name) for name in ADDED if name != "said")
    )


def main() -> None:
    """Fit, and print."""
    parser = french_parser(
        "python -m bench.fitting.fusion",
        "Règle les poids de la fusion et l'étalonnage sur les questions de réglage ; n'écrit rien.",
    )
    parser.parse_args()
    try:
        _fit(Fitting(Subject(Settings(), Path(), 1)), terminal())
    except RenvoiError as error:
        parser.exit(1, f"Erreur : {error.message}\n{error.hint}\n")


def _fit(fitting: Fitting, out: Console) -> None:
    rounds = fitting.cross_validated()
    best = fitting.best(fitting.train)
    for number, (weights, worth) in enumerate(rounds, start=1):
        out.print(f"Groupe {number} tenu à part : {METRIC} {worth:.3f} avec {weights}")
    crossed = sum(worth for _, worth in rounds) / len(rounds)
    out.print(
        f"Validation croisée par thème : {crossed:.3f} ; sur les questions de réglage elles-mêmes : ", end=""
    )
    out.print(f"{fitting.value(best, fitting.train):.3f}\n[bold]Poids trouvés : {best}[/]")
    out.print(drawn(_comparison(fitting, best)))
    scores, right = fitting.answers(best, fitting.train)
    fitted = fit_logistic(scores, right)
    out.print(f"[bold]Étalonnage trouvé : MIDPOINT = {fitted.midpoint:.3f}, SLOPE = {fitted.slope:.2f}[/]")
    out.print(drawn(_calibrations(fitting, best, fitted)))


def _comparison(fitting: Fitting, best: Weights) -> Table:
    halves = {"réglage": fitting.train, "à part": fitting.test}
    systems = {"en service": FITTED, "trouvés": best}
    rows = tuple(
        fitting.row(f"{name}, {half}", weights, questions)
        for half, questions in halves.items()
        for name, weights in systems.items()
    )
    styles = [french for style, french in FRENCH_STYLES.items() if style != "citation"]
    return Table(f"{METRIC} par style", ("poids", "ensemble", *styles, ALL_TRAFFICKING), rows)


def _calibrations(fitting: Fitting, best: Weights, fitted: Calibration) -> Table:
    systems = {"en service": (FITTED, Calibration(MIDPOINT, SLOPE)), "trouvé": (best, fitted)}
    rows = []
    for half, questions in {"réglage": fitting.train, "à part": fitting.test}.items():
        for name, (weights, calibration) in systems.items():
            scores, right = fitting.answers(weights, questions)
            error = expected_error(calibration, scores, right)
            rows.append((f"{name}, {half}", len(right), float(right.mean()), error))
    columns = ("étalonnage", "réponses", "part de justes", "écart moyen annoncé / constaté")
    return Table("Étalonnage des scores", columns, tuple(rows))


if __name__ == "__main__":
    main()
