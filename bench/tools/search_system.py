"""Our own search as a system to be judged."""

from __future__ import annotations

from datetime import date

from bench.tools.judging import DEPTH, Ranker, codes_of
from bench.tools.questions import Question
from index.retrieval.model import Method, Ranking
from index.retrieval.model import Question as Asked
from index.retrieval.search import Searcher


def ask(searcher: Searcher, question: Question, day: date, method: Method = Method.HYBRID) -> Ranking:
    """What the search answers to a development question, as the law stood on `day`."""
    return searcher.rank(Asked(question.text, day, DEPTH, codes_of(question), method))


def our_ranker(searcher: Searcher, day: date, method: Method = Method.HYBRID) -> Ranker:
    """The search as a ranking of identifiers."""

    def rank(question: Question) -> tuple[str, ...]:
        return tuple(hit.provision for hit in ask(searcher, question, day, method).hits)

    return rank
