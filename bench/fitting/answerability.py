"""`python -m bench.fitting.answerability`: when to say that nothing covers a question, fitted and measured.

Nothing is written: the weights found are printed with what they refuse, to be set in
`index/retrieval/answerability.py`. The covered
questions are the development ones and the public's pages that `index.training` held out; the uncovered ones are those
of the development, and those of `index/training/uncovered.jsonl` that the model of scopes has not learnt. The weights
served are fitted on the training half alone; in the first table, a family of uncovered questions is judged by weights
that have not seen it.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Annotated, NamedTuple
from zlib import crc32

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from bench.tools.judging import TRAFFICKING, TWO_CODES
from bench.tools.metrics import area_under_curve
from bench.tools.questions import FITTING
from bench.tools.report import Table, drawn
from bench.tools.subject import Subject
from bench.tools.terminal import terminal
from index.retrieval.model import AnswerabilityFeatures
from index.retrieval.model import Question as Asked
from index.retrieval.search import Searcher
from index.training.material import FICHES_FILE, read_material
from index.training.scope import HELD_OUT
from index.training.scope_texts import HELD, PAIR, page_laws
from index.training.uncovered import uncovered_questions
from kb.errors import InvalidQuery
from service.settings import Settings

PAGE = "page"
FOLDS = 10
STRENGTH = 0.3
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
Floats = NDArray[np.float64]


class Case(NamedTuple):
    """A question with its signs; `family` is what is left out together."""

    text: str
    style: str
    family: str
    split: str
    narrow: bool
    covered: bool
    signs: AnswerabilityFeatures


def main(
    training: Annotated[
        Path, typer.Option(envvar="RENVOI_TRAINING", help="Dossier des fiches et de l'archive des codes.")
    ],
) -> None:
    """Règle quand dire que rien ne couvre une question ; n'écrit rien."""
    settings = Settings()
    subject = Subject(settings, Path(), 1)
    cases = [*_development(subject), *_uncovered(subject), *_pages(subject, settings.sources, training)]
    out = terminal()
    crossed = crossed_probabilities(cases)
    out.print(drawn(_table("Familles laissées de côté une à une", cases, crossed)))
    fitted = [case for case in cases if case.split in FITTING]
    model = _fit(fitted)
    sample = [case for case in cases if case.split not in FITTING]
    out.print(drawn(_table("Ce qui est servi, questions tenues à part", sample, _likely(model, sample))))
    out.print(drawn(_table("Ce qui est servi, sur ses propres questions", fitted, _likely(model, fitted))))
    out.print(_served(model))


def crossed_probabilities(cases: Sequence[Case]) -> Floats:
    """The probability of each case by weights fitted without its fold; a family is in one fold."""
    families = sorted({case.family for case in cases if not case.covered})
    fold = np.array(
        [
            families.index(c.family) % FOLDS if not c.covered else crc32(c.family.encode()) % FOLDS
            for c in cases
        ]
    )
    rows = np.zeros(len(cases))
    for number in range(FOLDS):
        model = _fit([case for case, n in zip(cases, fold, strict=True) if n != number])
        here = np.flatnonzero(fold == number)
        if len(here):
            rows[here] = _likely(model, [cases[i] for i in here.tolist()])
    return rows


def _development(subject: Subject) -> Iterator[Case]:
    for question in (*subject.questions, *subject.set_aside):
        if question.style == "citation":
            continue
        covered = bool(question.relevant)
        # Topics of uncovered questions end in -a, -b…: the same family, in one half or the other.
        family = question.topic if covered else question.topic.rpartition("-")[0]
        for codes in ((), TWO_CODES) if question.style in TRAFFICKING or not covered else ((),):
            features = _signs(subject.service.searcher, Asked(question.text, subject.day, 10, codes))
            if features:
                yield Case(
                    question.text, question.style, family, question.split, bool(codes), covered, features
                )


def _uncovered(subject: Subject) -> Iterator[Case]:
    """Those that the model of scopes has not learnt; what another code covers is put to the two of the field alone."""
    for question in uncovered_questions():
        if not question.aside:
            continue
        for codes in (TWO_CODES,) if question.scope == "two" else ((), TWO_CODES):
            features = _signs(subject.service.searcher, Asked(question.text, subject.day, 10, codes))
            if features:
                yield Case(question.text, "none", question.kind, "train", bool(codes), False, features)


def _pages(subject: Subject, sources: Path, training: Path) -> Iterator[Case]:
    """The titles of the pages held out; those that refer to no code that we know are left."""
    material = read_material(sources, training)
    held = {fiche.id for fiche in material.split(HELD_OUT)[1].fiches}
    present = frozenset(article.code for article in material.current.articles.values())
    with lzma.open(training / FICHES_FILE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            laws = page_laws(row["references"], present)
            if row["id"] not in held or not laws:
                continue
            features = _signs(subject.service.searcher, Asked(row["title"], subject.day))
            split = "train" if crc32(row["id"].encode()) % 2 else "test"
            if features:
                yield Case(
                    row["title"], PAGE, row["id"], split, False, bool({HELD, PAIR} & laws.keys()), features
                )


def _signs(searcher: Searcher, question: Asked) -> AnswerabilityFeatures | None:
    """None when the question is answered by a reference or refused as no question."""
    try:
        return searcher.rank(question).decision.signs
    except InvalidQuery:
        return None


def _fit(cases: Sequence[Case]) -> Pipeline:
    """Both sides weigh the same; a question asked twice, of all codes and of two, half each time."""
    answers = np.array([case.covered for case in cases])
    weights = np.array([0.5 if c.style in (*TRAFFICKING, "none", PAGE) else 1.5 for c in cases])
    weights[answers] *= weights[~answers].sum() / weights[answers].sum()
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
    return model.fit(_rows(cases), answers, logisticregression__sample_weight=weights)


def _rows(cases: Sequence[Case]) -> Floats:
    return np.array([astuple(case.signs) for case in cases])


def _likely(model: Pipeline, cases: Sequence[Case]) -> Floats:
    return np.asarray(model.predict_proba(_rows(cases))[:, 1])


def _table(title: str, cases: Sequence[Case], likely: Floats) -> Table:
    """At each threshold, the share of covered questions refused, by kind, and of uncovered ones."""
    kinds = {
        "traite, tous codes": [c.covered and c.style in TRAFFICKING and not c.narrow for c in cases],
        "traite, deux codes": [c.covered and c.narrow for c in cases],
        "grand public": [c.covered and c.style == "public" for c in cases],
        "pages": [c.covered and c.style == PAGE for c in cases],
        "non couvertes, tous codes": [not c.covered and c.style == "none" and not c.narrow for c in cases],
        "non couvertes, deux codes": [not c.covered and c.narrow for c in cases],
        "pages non couvertes": [not c.covered and c.style == PAGE for c in cases],
    }
    masks = {name: np.array(mask) for name, mask in kinds.items()}
    covered = np.array([c.covered and c.style != PAGE for c in cases])
    uncovered = np.array([not c.covered and c.style != PAGE for c in cases])
    area = area_under_curve(likely[covered].tolist(), likely[uncovered].tolist())
    rows = tuple(
        (least, *(float((likely[mask] < least).mean()) for mask in masks.values())) for least in THRESHOLDS
    )
    note = f"Part refusée sous le seuil ; AUC {area:.3f} hors pages."
    return Table(title, ("seuil", *masks), rows, note)


def _served(model: Pipeline) -> str:
    """The weights on the signs themselves, as Python."""
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    texts = ", ".join(
        f"{f.name}={w:.3f}" for f, w in zip(fields(AnswerabilityFeatures), weights, strict=True)
    )
    return f"WEIGHTS = AnswerabilityFeatures({texts})\nBIAS = {bias:.3f}"


if __name__ == "__main__":
    typer.run(main)
