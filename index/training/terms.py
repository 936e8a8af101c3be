"""Our own tables of words: English terms and everyday words, each with the words of the law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from index.training.pairs import Pair

_LEXICON = Path(__file__).parents[1] / "data" / "lexicon"
# The words around the term in a real question: they must come to weigh nothing.
FRENCH_QUESTIONS = (
    "{}",
    "quelles dispositions couvrent {} ?",
    "que dit la loi sur {} ?",
    "quel article punit {} ?",
    "quels sont les textes applicables : {}",
    "est-ce que {} est interdit ?",
    "que faire en cas de {} ?",
    "quelle est la peine pour {} ?",
)
ENGLISH_QUESTIONS = (
    "{}",
    "which provisions cover {}?",
    "what does French law say about {}?",
    "which article punishes {}?",
    "is {} a criminal offence in France?",
    "what are the rules for {} under the French code?",
    "how does the law deal with the {} of a person?",
    "can someone who has been a {} get help, and by whom?",
)


def english_pairs() -> Iterator[Pair]:
    """Each English term, alone and in a question, with its French legal words."""
    return _pairs(_LEXICON / "termes_anglais.tsv", ENGLISH_QUESTIONS)


def everyday_pairs() -> Iterator[Pair]:
    """Each everyday word, alone and in a question, with the words of the law."""
    return _pairs(_LEXICON / "mots_courants.tsv", FRENCH_QUESTIONS)


def _pairs(file: Path, questions: tuple[str, ...]) -> Iterator[Pair]:
    for line in file.read_text(encoding="utf-8").splitlines():
        term, meaning = line.split("\t")
        for question in questions:
            yield Pair(question.format(term), meaning)
