"""The reply to the questionnaire as training text: what cites an article with that article, questions with answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.training.articles import Article, Library, code_slug
from index.training.pairs import MIN_CHARACTERS, Pair, displayed
from kb.ids import canonical_number

_BLANK = re.compile(r"\n\s*\n")
_QUESTION = re.compile(r"\s*(?:\d{1,2}\.|[a-z]\.)\s.{30,}[?;:.]\s*", re.DOTALL)
_CODES = {
    "ceseda": "Code de l'entrée et du séjour des étrangers et du droit d'asile",
    "code de l'entrée et du séjour": "Code de l'entrée et du séjour des étrangers et du droit d'asile",
    "code pénal": "Code pénal",
    "cpp": "Code de procédure pénale",
    "code de procédure pénale": "Code de procédure pénale",
    "code du travail": "Code du travail",
    "code civil": "Code civil",
    "casf": "Code de l'action sociale et des familles",
    "code de l'action sociale": "Code de l'action sociale et des familles",
}
_CITATION = re.compile(
    rf"\b(?P<number>[LRD]?\.?\s?\d+(?:-\d+)+)\b(?P<gap>[^.;]{{0,60}}?)\b(?P<code>{'|'.join(_CODES)})",
    re.IGNORECASE,
)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of the reply on one line each, words cut by a line end mended."""
    joined = re.sub(r"-\s*\n\s*", "-", text.replace("\f", "\n\n").replace("’", "'"))
    return [p for block in _BLANK.split(joined) if len(p := " ".join(block.split())) >= MIN_CHARACTERS]


def reply_pairs(text: str, libraries: Sequence[Library]) -> Iterator[Pair]:
    """Each paragraph with the articles that it cites, with its question, and with the paragraph that follows."""
    question = ""
    for paragraph, following in pairwise([*paragraphs(text), ""]):
        if _QUESTION.fullmatch(paragraph):
            question = paragraph
        elif question:
            yield Pair(question, paragraph)
        if following:
            yield Pair(paragraph, following)
        for article in cited_articles(paragraph, libraries):
            yield Pair(paragraph, displayed(article))


def cited_articles(paragraph: str, libraries: Sequence[Library]) -> list[Article]:
    """The articles that a paragraph names with their code on the spot."""
    articles = []
    for match in _CITATION.finditer(paragraph):
        key = (code_slug(_CODES[match["code"].lower()]), canonical_number(match["number"]))
        articles += [library.articles[key] for library in libraries if key in library.articles][:1]
    return articles
