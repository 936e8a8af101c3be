"""Section « ablation » : what each leg of the search brings, by taking the others away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bench.asking import our_ranker
from bench.judging import (
    ALL_TRAFFICKING,
    FRENCH_STYLES,
    TRAFFICKING,
    Judged,
    Ranker,
    gap,
    judge,
    mean,
    of_styles,
)
from bench.report import Cell, Section, Table
from bench.retrieval import HALVES
from bench.subject import Subject
from index.answer import Method
from index.fusion import Weights
from index.links import Links
from index.search import Searcher
from kb.model import DocumentKind

NAME = "ablation"
WHOLE = "tout"
_STYLES = (*TRAFFICKING, "public")


def measure(subject: Subject) -> Section:
    """nDCG@10 by style without each part; references are left out, since they are answered before any leg."""
    free = [q for q in subject.questions if q.style in _STYLES]
    judged = {name: judge(ranker, free) for name, ranker in _systems(subject).items()}
    tables = tuple(_table(judged, half) for half in HALVES)
    return Section(NAME, "Ce que chaque voie apporte", subject.described(), tables)


def _systems(subject: Subject) -> dict[str, Ranker]:
    searcher, day = subject.service.searcher, subject.day
    only_words = replace(searcher, weights=Weights(1.0, 0.0, 0.0, 0.0))
    only_meaning = replace(searcher, weights=Weights(0.0, 1.0, 0.0, 0.0))
    only_headings = replace(searcher, weights=Weights(0.0, 0.0, 1.0, 0.0))
    return {
        WHOLE: our_ranker(searcher, day),
        "mots seuls": our_ranker(only_words, day, Method.LEXICAL),
        "sens seul": our_ranker(only_meaning, day, Method.SEMANTIC),
        "titres seuls": our_ranker(only_headings, day, Method.SEMANTIC),
        "sans preuves": our_ranker(_without_links(subject, *DocumentKind), day),
        "sans fiches": our_ranker(_without_links(subject, DocumentKind.RECORD), day),
        "sans la réponse au questionnaire": our_ranker(
            _without_links(subject, DocumentKind.QUESTIONNAIRE), day
        ),
    }


def _without_links(subject: Subject, *kinds: DocumentKind) -> Searcher:
    """The search where documents of these kinds speak for no provision."""
    searcher = subject.service.searcher
    silent = {d.id for d in subject.service.reader.documents() if d.kind in kinds}
    rows = [row for row, name in enumerate(searcher.index.names.documents) if name in silent]
    links = searcher.index.links
    kept = ~np.isin(searcher.index.others.table.document[links.passage], rows)
    fewer = Links(
        links.passage[kept],
        links.provision[kept],
        links.weight[kept],
        links.cited,
        links.cited_by_articles,
    )
    return replace(searcher, index=replace(searcher.index, links=fewer))


def _table(judged: dict[str, tuple[Judged, ...]], half: str) -> Table:
    halves = {name: tuple(o for o in ones if o.question.split == half) for name, ones in judged.items()}
    rows = tuple(_row(name, ones, halves[WHOLE]) for name, ones in halves.items())
    styles = (FRENCH_STYLES[style] for style in _STYLES)
    columns = ("voies", *styles, f"{ALL_TRAFFICKING} : nDCG@10", "succès@3", "écart à tout, nDCG@10")
    note = (
        "nDCG@10 par style. Les titres seuls classent ce que le sens propose. L'écart est sur toutes les questions de "
        "la table, apparié, avec son intervalle à 95 %."
    )
    return Table(f"Ablation, {HALVES[half]}", columns, rows, note)


def _row(name: str, judged: tuple[Judged, ...], whole: tuple[Judged, ...]) -> tuple[Cell, ...]:
    trafficking = of_styles(judged, TRAFFICKING)
    by_style = (mean(of_styles(judged, [style]), "nDCG@10") for style in _STYLES)
    difference = None if name == WHOLE else gap(judged, whole, "nDCG@10")
    return (name, *by_style, mean(trafficking, "nDCG@10"), mean(trafficking, "succès@3"), difference)
