"""Section « peers »: our search beside other tools, on the same articles and the same questions, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from api.commands.console import bars
from bench import bm25_peer, minilm_peer
from bench.articles import Article, articles_in_force, of_codes
from bench.asking import our_ranker
from bench.bm25_peer import Bm25
from bench.judging import (
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
from bench.minilm_peer import MiniLm
from bench.questions import Question
from bench.report import Cell, Section, Table
from bench.retrieval import HALVES
from bench.subject import Subject
from kb.ids import ProvisionId

NAME = "peers"
OURS = "Renvoi"
FUSED = "BM25 + all-MiniLM-L6-v2 (RRF)"
# The usual constant of reciprocal rank fusion, and how deep each list is read.
_RRF = 60
_RRF_DEPTH = 200
_MISSING = "Non mesuré, paquet absent (`pip install -e '.[bench]'`) : {}."
_NOTE = (
    "nDCG@10 par style. Renvoi a de plus son lexique, ses fiches et les preuves (voir l'ablation). Les autres outils "
    "reçoivent les articles entiers, le chemin de titres devant (deux fois pour BM25). all-MiniLM-L6-v2 n'a que le "
    "code pénal et le CESEDA : encoder tous les codes prendrait plus d'une heure. L'écart à Renvoi est apparié, sur "
    "les questions que l'outil a reçues, avec son intervalle à 95 %."
)

Rank = Callable[[str, int], Sequence[ProvisionId]]


def measure(subject: Subject) -> Section:
    """nDCG@10 by style of every tool that is installed; the others are named."""
    articles = articles_in_force(subject.service.reader, subject.day)
    rankers, missing = _rankers(subject, articles)
    judged = {OURS: judge(our_ranker(subject.service.searcher, subject.day), subject.questions)}
    two_codes = [q for q in subject.questions if codes_of(q) == TWO_CODES]
    for name, ranker in rankers.items():
        judged[name] = judge(ranker, subject.questions if name == bm25_peer.NAME else two_codes)
    tables = tuple(_table(judged, half, missing) for half in HALVES)
    data = f"{subject.described()} Les autres outils ont les {len(articles)} articles en vigueur ce jour-là."
    return Section(NAME, "À côté d'autres outils", data, tables)


def reciprocal_rank_fusion(rankings: Iterable[Sequence[ProvisionId]]) -> tuple[ProvisionId, ...]:
    """One list from several: each item earns 1 / (60 + rank) in every list that has it.

    >>> a, b, c = map(ProvisionId, "abc")
    >>> reciprocal_rank_fusion([(a, b), (b, c)])
    ('b', 'a', 'c')
    """
    earned: dict[ProvisionId, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            earned[item] = earned.get(item, 0.0) + 1 / (_RRF + rank)
    return tuple(sorted(earned, key=lambda item: (-earned[item], item)))


def _rankers(subject: Subject, articles: Sequence[Article]) -> tuple[dict[str, Ranker], list[str]]:
    few = of_codes(articles, TWO_CODES)
    rankers: dict[str, Ranker] = {}
    missing: list[str] = []
    words = meaning = None
    try:
        words, everywhere = Bm25(few), Bm25(articles)
        rankers[bm25_peer.NAME] = _by_scope(words.rank, everywhere.rank)
    except ImportError:
        missing.append(bm25_peer.NAME)
    try:
        with bars() as progress:
            meaning = MiniLm(few, subject.work, progress)
        rankers[minilm_peer.NAME] = _by_scope(meaning.rank, meaning.rank)
    except ImportError:
        missing.append(minilm_peer.NAME)
    if words and meaning:
        rankers[FUSED] = _fused(words.rank, meaning.rank)
    return rankers, missing


def _by_scope(two_codes: Rank, everywhere: Rank) -> Ranker:
    def rank(question: Question) -> Sequence[str]:
        return (two_codes if codes_of(question) == TWO_CODES else everywhere)(question.text, DEPTH)

    return rank


def _fused(words: Rank, meaning: Rank) -> Ranker:
    def rank(question: Question) -> Sequence[str]:
        rankings = [one(question.text, _RRF_DEPTH) for one in (words, meaning)]
        return reciprocal_rank_fusion(rankings)[:DEPTH]

    return rank


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
    asked = {one.question.id for one in judged}
    same = tuple(one for one in ours if one.question.id in asked)
    difference = None if name == OURS else gap(judged, same, "nDCG@10")
    return (name, *by_style, mean(trafficking, "nDCG@10"), mean(trafficking, "succès@3"), difference)
