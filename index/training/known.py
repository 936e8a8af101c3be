"""Pairs from the questions that we know: with the articles that answer them, and with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from index.artefacts.known_questions import KnownQuestion
from index.training.articles import Article, article_key
from index.training.pairs import Pair, displayed


def known_article_pairs(
    questions: Iterable[KnownQuestion], articles: Mapping[tuple[str, str], Article]
) -> Iterator[Pair]:
    """Each question with every article that it is graded with, as often as its grade says."""
    for question in questions:
        for provision, grade in question.relevant.items():
            article = articles.get(article_key(provision))
            if article:
                yield from [Pair(question.text, displayed(article))] * grade


def known_question_pairs(questions: Iterable[KnownQuestion]) -> Iterator[Pair]:
    """Each question with the next one that the same article answers best."""
    by_article: dict[str, list[str]] = {}
    for question in questions:
        for provision, grade in question.relevant.items():
            if grade == max(question.relevant.values()):
                by_article.setdefault(provision, []).append(question.text)
    for texts in by_article.values():
        yield from (Pair(first, second) for first, second in pairwise(texts))
