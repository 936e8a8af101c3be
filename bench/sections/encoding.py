"""How fast texts become vectors: our model beside the general one, one thread each."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers import minilm
from bench.peers.minilm import load_minilm, spoken
from bench.tools.articles import Article, articles_in_force
from bench.tools.report import Cell, Table
from bench.tools.subject import Subject
from bench.tools.timing import each, latency, seconds, typical
from index.embedding.ports import Embedder

# How many articles each encodes: a few seconds of work.
_OURS, _THEIRS = 5_000, 48
_COLUMNS = (
    "modèle",
    "articles encodés",
    "articles par seconde",
    "une question, médiane (ms)",
    "95e centile (ms)",
)
_NOTE = (
    "Articles entiers, chemin de titres devant, pris à intervalles égaux dans tous les codes ; un processus."
)


def encoding_table(subject: Subject) -> Table:
    """Articles a second, and milliseconds a question."""
    articles = articles_in_force(subject.service.reader, subject.day)
    rows = [_row(subject, "Renvoi", subject.service.searcher.embedder, _spread(articles, _OURS))]
    note = _NOTE
    try:
        rows.append(_row(subject, minilm.NAME, load_minilm(), _spread(articles, _THEIRS)))
    except ImportError:
        note += f" {minilm.NAME} n'est pas installé (`pip install -e '.[bench]'`)."
    return Table("Encodage", _COLUMNS, tuple(rows), note)


def _row(subject: Subject, name: str, model: Embedder, articles: Sequence[Article]) -> tuple[Cell, ...]:
    texts = [spoken(article) for article in articles]
    questions = [question.text for question in subject.questions][:200]
    best = min(seconds(lambda: model.encode(texts)) for _ in range(subject.repeats))
    one = typical([latency(each(lambda text: model.encode([text]), questions))])
    return (name, len(texts), len(texts) / best, *one)


def _spread(articles: Sequence[Article], count: int) -> Sequence[Article]:
    return articles[:: max(1, len(articles) // count)][:count]
