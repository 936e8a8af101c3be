"""The words of the law for the words of a question: everyday French and English terms of the field.

The pairs stand in `index/lexicon/*.tsv`: what people say, a tab, what the law says. Terms that a question gains this
way count less than its own (`WEIGHT`), and are told apart in the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from index.tokens import terms

# A term that the lexicon adds, against a term of the question; fitted with the other weights.
WEIGHT = 0.5
_WORD = re.compile(r"[0-9a-z]+")


def expand(question: str) -> dict[str, str]:
    """Terms that the law uses for what the question says, each with the phrase that brought it.

    >>> expand("on m'a promis des papiers")["sejour"]
    'papier'
    """
    lexicon, longest = _lexicon()
    words = _words(question)
    found: dict[str, str] = {}
    for phrase in _phrases(words, longest):
        for term in lexicon.get(phrase, ()):
            found.setdefault(term, " ".join(phrase))
    return found


def _phrases(words: list[str], longest: int) -> Iterator[tuple[str, ...]]:
    """Every run of words, longest first."""
    for length in range(min(longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield tuple(words[start : start + length])


@cache
def _lexicon() -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    lexicon: dict[tuple[str, ...], tuple[str, ...]] = {}
    for file in sorted(files("index").joinpath("lexicon").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            for line in file.read_text(encoding="utf-8").splitlines():
                said, _, law = line.partition("\t")
                phrase = tuple(_words(said))
                lexicon[phrase] = tuple(dict.fromkeys((*lexicon.get(phrase, ()), *terms(law))))
    return lexicon, max(map(len, lexicon))


def _words(text: str) -> list[str]:
    """Words without accents or plural, French or English alike."""
    return [
        word[:-1] if len(word) > 3 and word.endswith("s") else word for word in _WORD.findall(_fold(text))
    ]


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
