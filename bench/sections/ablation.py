"""Section « ablation » : what each leg of the search brings, by taking the others away."""

from __future__ import annotations

from dataclasses import replace

from bench.fitting.coordinate_ascent import ADDED, SHARES
from bench.sections.retrieval import HALVES
from bench.tools.ablated_search import without_documents, without_lexicon
from bench.tools.judging import (
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
from bench.tools.report import Cell, Section, Table
from bench.tools.search_system import our_ranker
from bench.tools.subject import Subject
from index.retrieval.fusion import Weights
from index.retrieval.model import Method
from index.retrieval.search import Searcher
from kb.model import DocumentKind

NAME = "ablation"
WHOLE = "tout"
_STYLES = (*TRAFFICKING, "public")
_WITHOUT = {
    "agreement": "sans accord entre documents",
    "evidence": "sans preuves",
    "links": "sans nombre de renvois reçus",
    "familiar": "sans notoriété",
    "known": "sans questions connues",
    "section": "sans les voisines de section",
    "cited": "sans renvoi d'une réponse",
    "said": "sans poids du lexique dans les mots",
}
_NOTE = (
    "nDCG@10 par style. Les titres seuls classent ce que le sens propose. Le lexique donne à la question les mots du "
    "droit (`index/data/lexicon/`) ; les fiches sont nos notes sur les dispositions (`corpus/starter/`). "
    "L'écart est sur "
    "toutes les questions de la table, apparié, avec son intervalle à 95 %."
)


def measure(subject: Subject) -> Section:
    """nDCG@10 by style without each part; references are left out, since they are answered before any leg."""
    free = [q for q in subject.questions if q.style in _STYLES]
    judged = {name: judge(ranker, free) for name, ranker in _systems(subject).items()}
    tables = tuple(_table(judged, half) for half in HALVES)
    return Section(NAME, "Ce que chaque voie apporte", subject.described(), tables)


def _systems(subject: Subject) -> dict[str, Ranker]:
    searcher, day = subject.service.searcher, subject.day
    records = {d.id for d in subject.service.reader.documents() if d.kind is DocumentKind.RECORD}
    return {
        WHOLE: our_ranker(searcher, day),
        "mots seuls": our_ranker(_only(searcher, "lexical"), day, Method.LEXICAL),
        "sens seul": our_ranker(_only(searcher, "dense"), day, Method.SEMANTIC),
        "titres seuls": our_ranker(_only(searcher, "heading"), day, Method.SEMANTIC),
        **{_WITHOUT[name]: our_ranker(_without(searcher, name), day) for name in ADDED},
        "sans lexique": our_ranker(without_lexicon(searcher), day),
        "sans fiches": our_ranker(without_documents(searcher, records), day),
        "sans lexique ni fiches": our_ranker(without_lexicon(without_documents(searcher, records)), day),
    }


def _only(searcher: Searcher, part: str) -> Searcher:
    """The search where only one part counts."""
    weights = Weights(**{name: float(name == part) for name in (*SHARES, *ADDED)})
    return replace(searcher, weights=weights)


def _without(searcher: Searcher, part: str) -> Searcher:
    """The search where one part does not count."""
    return replace(searcher, weights=replace(searcher.weights, **{part: 0.0}))


def _table(judged: dict[str, tuple[Judged, ...]], half: str) -> Table:
    halves = {name: tuple(o for o in ones if o.question.split == half) for name, ones in judged.items()}
    rows = tuple(_row(name, ones, halves[WHOLE]) for name, ones in halves.items())
    styles = (FRENCH_STYLES[style] for style in _STYLES)
    columns = ("voies", *styles, f"{ALL_TRAFFICKING} : nDCG@10", "succès@3", "écart à tout, nDCG@10")
    return Table(f"Ablation, {HALVES[half]}", columns, rows, _NOTE)


def _row(name: str, judged: tuple[Judged, ...], whole: tuple[Judged, ...]) -> tuple[Cell, ...]:
    trafficking = of_styles(judged, TRAFFICKING)
    by_style = (mean(of_styles(judged, [style]), "nDCG@10") for style in _STYLES)
    difference = None if name == WHOLE else gap(judged, whole, "nDCG@10")
    return (name, *by_style, mean(trafficking, "nDCG@10"), mean(trafficking, "succès@3"), difference)
