"""Names and titles, found by the beginnings of their words, in any order, accents and case ignored."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.suggestions.typed_reference import meaning
from kb.suggestions.vocabulary import Vocabulary
from kb.text.phrases import phrase_key

_LAST = chr(0x10FFFF)


class LabelKind(StrEnum):
    """What a label names, in the order in which those that fit as well are proposed."""

    CODE = "code"
    THEME = "theme"
    RECORD = "fiche"
    QUESTION = "question"


# What is closest first, by `_nearness`: what a title says, then a whole other name, then the rest of other names.
_IN_TITLE = (0, 1, 2, 4, 8)
_IN_NAME = (2, 5, 6, 7, 8)
_FAR = 8
# A single letter begins a third of the names.
_SHORTEST = 2
_ORDER = {kind: place for place, kind in enumerate(LabelKind)}


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the screen, what it names, and the other names by which it is looked for.

    `acronym` counts as much as the title.
    """

    kind: LabelKind
    value: str
    text: str
    names: tuple[str, ...] = ()
    detail: str = ""
    acronym: str = ""


class LabelIndex:
    """Built once for an open base: the words of every name, sorted, each with the labels that have it."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.labels = tuple(labels)
        self._keys = [tuple(map(_key, (label.text, *label.names))) for label in self.labels]
        places: dict[str, set[int]] = {}
        for number, keys in enumerate(self._keys):
            for word in {word for key in keys for word in key.split()}:
                places.setdefault(word, set()).add(number)
        self.words = sorted(places)
        self._holders = [places[word] for word in self.words]
        self._vocabulary = Vocabulary(dict.fromkeys(self.words, 1))

    def beginning(self, text: str, limit: int) -> list[Label]:
        """The labels of which some words begin like each word of this text, one with a typing error read as the
        nearest known; the closest first: the whole name, its beginning, words of it in a row, words in any order."""
        words = meaning(phrase_key(text))
        if sum(map(len, words)) < _SHORTEST:
            return []
        mended = tuple(self._mended(word) for word in words)
        sets = [self._with(word) for word in mended]
        common = set.intersection(*sets)
        typed = " ".join(mended)

        def closeness(number: int) -> tuple[int, int, bool, int, str]:
            label, (title, *names) = self.labels[number], self._keys[number]
            near = min(
                _IN_TITLE[_nearness(typed, title)], *(_IN_NAME[_nearness(typed, key)] for key in names), _FAR
            )
            near = 0 if label.acronym and _key(label.acronym) == typed else near
            unsaid = f" {typed}" not in f" {title}"
            return near, _ORDER[label.kind], unsaid, len(title), label.value

        return [self.labels[number] for number in sorted(common, key=closeness)[:limit]]

    def _mended(self, word: str) -> str:
        return word if self._with(word) else self._vocabulary.nearest_beginning(word) or word

    def _with(self, beginning: str) -> set[int]:
        start, end = bisect_left(self.words, beginning), bisect_left(self.words, beginning + _LAST)
        return set().union(*self._holders[start:end])


def _key(name: str) -> str:
    return " ".join(meaning(phrase_key(name)))


def _nearness(typed: str, key: str) -> int:
    """How far a name is from what is typed, from 0 for the same to 4 for another.

    >>> [_nearness("titre se", key) for key in ("titre sejour victime", "carte ou titre sejour", "sejour titre", "se")]
    [1, 2, 3, 4]
    """
    if key == typed:
        return 0
    if key.startswith(typed):
        return 1
    if f" {typed}" in f" {key}":
        return 2
    held = key.split()
    return 3 if all(any(word.startswith(begun) for word in held) for begun in typed.split()) else 4


def every_word(labels: Sequence[Label]) -> Iterable[str]:
    """What the labels say, for the words that are known."""
    return (text for label in labels for text in (label.text, *label.names))
