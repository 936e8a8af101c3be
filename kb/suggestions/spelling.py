"""A question as it was probably meant: unknown words read as the nearest known one, and never a number."""

from __future__ import annotations

import re

from kb.suggestions.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W_]+")


def respelt(vocabulary: Vocabulary, typed: str) -> str:
    """What is being typed with its unknown words mended; the last one may only be begun.

    >>> respelt(Vocabulary.of(["exploitation par le travail"]), "Exploitatoin par le tarv")
    'exploitation par le tarv'
    """
    words = list(_WORD.finditer(typed))
    corrected = typed
    for match in reversed(words):
        word = match.group()
        last = match.end() == len(typed)
        if last and vocabulary.begins(word):
            continue
        known = vocabulary.nearest_beginning(word) if last else vocabulary.nearest(word)
        if known and word not in vocabulary:
            corrected = corrected[: match.start()] + known + corrected[match.end() :]
    return corrected
