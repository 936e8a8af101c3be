"""Pairs of texts that mean the same thing, from which the model learns: a question's side and a law's side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from index.training.articles import Article
from index.training.service_public import Fiche
from kb.errors import InvalidIdentifier
from kb.ids import canonical_number


class Pair(NamedTuple):
    """`query` is what someone writes, `passage` what answers it."""

    query: str
    passage: str


# Not after the letter of a number: "article L. 425-1" is not cut.
_SENTENCE = re.compile(r"(?<=[.;:])(?<!\b[LRDAn]\.)\s+(?=[A-ZÀÉÈ0-9])")
_INNER_CITATION = re.compile(
    r"\barticles? (?P<number>[LRDA]?\.?\s?\*?\d++(?:-\d++)*+)(?! (?:du|de la|de l'|des) code)"
)
# Shorter pieces are titles of lists, "Abrogé" and the like.
MIN_CHARACTERS = 40
# Pages have up to 200 paragraphs; beyond these the title no longer tells what the paragraph says.
MAX_PARAGRAPHS = 30


def displayed(article: Article) -> str:
    """An article as the index embeds it: its two innermost headings, then its text."""
    return " — ".join((*article.heading[-2:], article.text))


def fiche_article_pairs(fiches: Iterable[Fiche]) -> Iterator[Pair]:
    """The title of a page with each article that its editors attached, the description with the same."""
    for fiche in fiches:
        for article in fiche.articles:
            yield Pair(fiche.title, displayed(article))
            yield Pair(fiche.description or fiche.title, displayed(article))


def fiche_paragraph_pairs(fiches: Iterable[Fiche]) -> Iterator[Pair]:
    """The title of a page with its description and each of its paragraphs."""
    for fiche in fiches:
        for text in (fiche.description, *fiche.paragraphs[:MAX_PARAGRAPHS]):
            if len(text) >= MIN_CHARACTERS:
                yield Pair(fiche.title, text)


def heading_pairs(articles: Iterable[Article]) -> Iterator[Pair]:
    """The innermost headings of an article with its bare text."""
    for article in articles:
        if article.heading and len(article.text) >= MIN_CHARACTERS:
            yield Pair(" ".join(h.partition(":")[2] or h for h in article.heading[-2:]), article.text)


def halves_pairs(articles: Iterable[Article]) -> Iterator[Pair]:
    """One sentence of an article with the rest of it, and its first half with its second."""
    for article in articles:
        sentences = [s for s in _SENTENCE.split(article.text) if len(s) >= MIN_CHARACTERS]
        if len(sentences) > 1:
            yield Pair(sentences[0], " ".join(sentences[1:]))
            middle = len(sentences) // 2
            yield Pair(sentences[middle], " ".join(sentences[:middle] + sentences[middle + 1 :]))


def citing_pairs(articles: Mapping[tuple[str, str], Article]) -> Iterator[Pair]:
    """The sentence that cites an article of its own code with the article cited."""
    for article in articles.values():
        for sentence in _SENTENCE.split(article.text):
            for match in _INNER_CITATION.finditer(sentence):
                cited = articles.get((article.code, _number(match["number"])))
                if cited and cited is not article and len(sentence) >= MIN_CHARACTERS:
                    yield Pair(_INNER_CITATION.sub(" ", sentence), displayed(cited))


def neighbour_pairs(articles: Iterable[Article]) -> Iterator[Pair]:
    """Two consecutive articles of one section: they treat the same matter."""
    for first, second in pairwise(articles):
        if first.heading == second.heading and first.code == second.code:
            yield Pair(first.text, second.text)


def _number(raw: str) -> str:
    try:
        return canonical_number(raw)
    except InvalidIdentifier:
        return ""
