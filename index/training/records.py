"""Pairs from our own records: the words that people use for a provision, and what the record or the law says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from index.training.articles import Article, article_key
from index.training.pairs import Pair
from index.training.terms import ENGLISH_QUESTIONS, FRENCH_QUESTIONS

RECORDS = Path(__file__).parents[2] / "corpus" / "starter" / "provisions"


def record_pairs(folder: Path, articles: Mapping[tuple[str, str], Article]) -> Iterator[Pair]:
    """Each term of a record, alone and in a question, with the record's text and, when it is there, its article's."""
    for file in sorted(folder.glob("*.md")):
        _, front_matter, body = file.read_text(encoding="utf-8").split("---\n", 2)
        record = yaml.safe_load(front_matter)
        passages = [f"{record['title']}. {' '.join(body.split())}", *_article(record["id"], articles)]
        for passage in passages:
            yield Pair(record["title"], passage)
            yield from (Pair(question, passage) for question in _questions(record))


def _questions(record: Mapping[str, Any]) -> Iterator[str]:
    for terms, questions in ((record["terms"], FRENCH_QUESTIONS), (record["terms_en"], ENGLISH_QUESTIONS)):
        yield from (question.format(term) for term in terms for question in questions[::3])


def _article(provision: str, articles: Mapping[tuple[str, str], Article]) -> Iterator[str]:
    if article := articles.get(article_key(provision)):
        yield article.text
