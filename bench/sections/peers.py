"""Section « peers »: our search beside other tools, on the same articles and the same questions, in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.peers import bm25, fused, minilm, txtai
from bench.peers.renvoi import NAME as OURS
from bench.peers.renvoi import OpenOurs
from bench.sections.retrieval import HALVES
from bench.tools.articles import Article, articles_in_force, of_codes
from bench.tools.isolated_process import Maker, Outcome, Task, put
from bench.tools.judging import (
    ALL_TRAFFICKING,
    DEPTH,
    FRENCH_STYLES,
    TRAFFICKING,
    TWO_CODES,
    Judged,
    Ranker,
    codes_of,
    gap,
    judge,
    mean,
    of_styles,
)
from bench.tools.questions import Question
from bench.tools.report import Cell, Section, Table
from bench.tools.search_system import our_ranker
from bench.tools.subject import Subject
from kb.ids import ProvisionId

NAME = "peers"
EVERYWHERE = f"{bm25.NAME}, tous les codes"
_MISSING = "Non mesuré, paquet absent (`pip install -e '.[bench]'`) : {}."
_NOTE = (
    "nDCG@10 par style. Renvoi a de plus son lexique, ses fiches et les preuves (voir l'ablation). Les autres outils "
    "reçoivent les articles entiers, le chemin de titres devant (deux fois pour BM25) ; txtai est pris tel qu'il "
    "s'installe, avec les vecteurs d'all-MiniLM-L6-v2. Ce modèle n'a que le code pénal et le CESEDA : encoder tous "
    "les codes prendrait plus d'une heure. L'écart à Renvoi est apparié, sur les questions que l'outil a reçues, avec "
    "son intervalle à 95 %."
)
_COSTS_NOTE = (
    "Chacun dans un processus à lui, les mêmes questions sur la traite l'une après l'autre, sauf « tous les codes », "
    "qui a les autres questions. Prêt : Renvoi ouvre sa base construite, les autres indexent les articles (les "
    "vecteurs d'all-MiniLM-L6-v2 étaient déjà calculés). Mémoire gagnée depuis le démarrage, bibliothèques comprises."
)


def measure(subject: Subject) -> Section:
    """nDCG@10 by style, time and memory of every tool that is installed; the others are named."""
    articles = articles_in_force(subject.service.reader, subject.day)
    outcomes, missing = _outcomes(subject, articles)
    judged = {OURS: judge(our_ranker(subject.service.searcher, subject.day), subject.questions)}
    two_codes = [q for q in subject.questions if codes_of(q) == TWO_CODES]
    for name, outcome in outcomes.items():
        if name == bm25.NAME:
            both = {**outcome.rankings, **outcomes[EVERYWHERE].rankings}
            judged[name] = judge(_given(both), subject.questions)
        elif name not in (OURS, EVERYWHERE):
            judged[name] = judge(_given(outcome.rankings), two_codes)
    tables = [_table(judged, half, missing) for half in HALVES]
    data = f"{subject.described()} Les autres outils ont les {len(articles)} articles en vigueur ce jour-là."
    return Section(NAME, "À côté d'autres outils", data, (*tables, _costs(outcomes)))


_PEERS: dict[str, Maker] = {
    bm25.NAME: bm25.make_bm25,
    minilm.NAME: minilm.MiniLm,
    fused.NAME: fused.Fused,
    txtai.NAME: txtai.Txtai,
}


def _outcomes(subject: Subject, articles: Sequence[Article]) -> tuple[dict[str, Outcome], list[str]]:
    """What came of every tool, by name, ours first; and the names of those that are not installed."""
    few = of_codes(articles, TWO_CODES)
    here = [q for q in subject.questions if codes_of(q) == TWO_CODES]
    task = Task(few, subject.work, tuple(q.text for q in here), DEPTH, subject.repeats)
    missing: list[str] = []
    outcomes = {OURS: put(OpenOurs(subject.settings, subject.day, TWO_CODES), replace(task, articles=()))}
    for name, make in _PEERS.items():
        try:
            put(make, replace(task, texts=()))  # the vectors are computed before anything is timed
            outcomes[name] = put(make, task)
        except ImportError:
            missing.append(name)
    if bm25.NAME in outcomes:
        elsewhere = tuple(q.text for q in subject.questions if codes_of(q) != TWO_CODES)
        outcomes[EVERYWHERE] = put(bm25.make_bm25, replace(task, articles=tuple(articles), texts=elsewhere))
    return outcomes, missing


def _given(rankings: dict[str, tuple[ProvisionId, ...]]) -> Ranker:
    def rank(question: Question) -> Sequence[str]:
        return rankings[question.text]

    return rank


def _costs(outcomes: dict[str, Outcome]) -> Table:
    ours = outcomes[OURS].latency
    rows = tuple(
        (
            name,
            one.articles or None,
            one.ready,
            one.latency.median,
            one.latency.p95,
            one.latency.median / ours.median,
            one.mebibytes,
        )
        for name, one in outcomes.items()
    )
    columns = (
        "outil",
        "articles",
        "prêt après (s)",
        "médiane (ms)",
        "95e centile (ms)",
        "médiane rapportée à Renvoi",
        "mémoire gagnée (Mio)",
    )
    return Table("Temps et mémoire", columns, rows, _COSTS_NOTE)


def _table(judged: dict[str, tuple[Judged, ...]], half: str, missing: Sequence[str]) -> Table:
    halves = {name: tuple(o for o in ones if o.question.split == half) for name, ones in judged.items()}
    rows = tuple(_row(name, ones, halves[OURS]) for name, ones in halves.items())
    columns = (
        "outil",
        *FRENCH_STYLES.values(),
        f"{ALL_TRAFFICKING} : nDCG@10",
        "succès@3",
        "écart à Renvoi, nDCG@10",
    )
    note = " ".join([_NOTE, *([_MISSING.format(", ".join(missing))] if missing else [])])
    return Table(f"Outils, {HALVES[half]}", columns, rows, note)


def _row(name: str, judged: tuple[Judged, ...], ours: tuple[Judged, ...]) -> tuple[Cell, ...]:
    by_style = (mean(of_styles(judged, [style]), "nDCG@10") for style in FRENCH_STYLES)
    trafficking = of_styles(judged, TRAFFICKING)
    questions = {one.question.id for one in judged}
    same = tuple(one for one in ours if one.question.id in questions)
    difference = None if name == OURS else gap(judged, same, "nDCG@10")
    return (name, *by_style, mean(trafficking, "nDCG@10"), mean(trafficking, "succès@3"), difference)
