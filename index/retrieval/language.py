"""The language of a question, told by its small words: French and English are understood, others are only named.

A statistical identifier (py3langid) agreed on all but a handful of the development questions, and cost seconds of
start and 100 MiB where this costs nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

FRENCH, ENGLISH = "fr", "en"
UNDERSTOOD = (FRENCH, ENGLISH)
FRENCH_NAMES = {
    "fr": "français",
    "en": "anglais",
    "es": "espagnol",
    "de": "allemand",
    "it": "italien",
    "pt": "portugais",
    "nl": "néerlandais",
    "ro": "roumain",
}
# One Italian-looking word is mostly French misspelt: a language that is not understood needs two.
_LEAST_FOREIGN = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language(text: str) -> str:
    """Two letters of the language whose small words are the most frequent; French when none is ahead.

    >>> language("what is the penalty for trafficking?"), language("marchand de sommeil")
    ('en', 'fr')
    >>> language("¿qué derechos tiene una víctima de trata?")
    'es'
    """
    counts: Counter[str] = Counter()
    known = _languages_of()
    for word in _WORD.findall(text.lower().replace("’", "'")):
        counts.update(known.get(word, ()))
    best = max(counts.values(), default=0)
    first = [name for name, count in counts.items() if count == best]
    alone = len(first) == 1 and (first[0] in UNDERSTOOD or best >= _LEAST_FOREIGN)
    return first[0] if alone else FRENCH


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The one language of each small word; those of several languages tell nothing."""
    table = tomllib.loads(files("index").joinpath("data", "languages.toml").read_text(encoding="utf-8"))
    languages: dict[str, list[str]] = {}
    for name, words in table.items():
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(name)
    for word in _english_terms():
        languages.setdefault(word, [ENGLISH])
    return {word: tuple(names) for word, names in languages.items() if len(names) == 1}


def _english_terms() -> set[str]:
    """The words of the English terms that the French beside them, and everyday French, have not."""
    english: set[str] = set()
    french: set[str] = set()
    for name in ("termes_anglais.tsv", "mots_courants.tsv"):
        for line in files("index").joinpath("data", "lexicon", name).read_text(encoding="utf-8").splitlines():
            phrase, _, law = line.partition("\t")
            (english if name.startswith("termes") else french).update(_WORD.findall(phrase.lower()))
            french.update(_WORD.findall(law.lower()))
    return english - french
