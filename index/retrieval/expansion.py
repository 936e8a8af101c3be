"""The words of the law for the words of a question: everyday French and English terms of the field.

The pairs stand in `index/data/lexicon/*.tsv`: what people say, a tab, what the law says. A pair applies when
the question
has all the terms of what people say, in any order and inflexion. The terms that a question gains this way count less
than its own (`WEIGHT`).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

from index.tokens import terms

# A term that the lexicon adds, against a term of the question. On the train questions 0.25 to 0.75 give the same
# nDCG@10 within 0.01, none at all or full weight less.
WEIGHT = 0.5
OWN = 1.0


def expand(words: Collection[str]) -> dict[str, str]:
    """Terms that the law uses for these terms of a question, each with the phrase that brought it.

    >>> expand(terms("on m'a promis des papiers"))["sejour"]
    'papiers'
    """
    present = set(words)
    phrases: dict[str, str] = {}
    for phrase_terms, phrase, law in _lexicon():
        if phrase_terms <= present:
            for term in law:
                phrases.setdefault(term, phrase)
    return {term: phrase for term, phrase in phrases.items() if term not in present}


def said(words: Collection[str]) -> float:
    """The share of these terms that stand in an everyday or English phrase of the lexicon that the question has.

    >>> said(terms("marchand de sommeil à Paris"))
    0.6666666666666666
    """
    present = set(words)
    known = {term for phrase, _, _ in _lexicon() if phrase <= present for term in phrase}
    return len(known) / len(present) if present else 0.0


@cache
def _lexicon() -> tuple[tuple[frozenset[str], str, tuple[str, ...]], ...]:
    """(terms of what people say, as they say it, terms of the law), the longest first."""
    rows = []
    for file in sorted(files("index").joinpath("data", "lexicon").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            for line in file.read_text(encoding="utf-8").splitlines():
                phrase, _, law = line.partition("\t")
                rows.append((frozenset(terms(phrase)), phrase, tuple(terms(law))))
    return tuple(sorted((row for row in rows if row[0]), key=lambda row: -len(row[0])))
