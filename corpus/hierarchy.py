"""The path of headings above an article, where the level of the heading does not tell it.

The Markdown of the codes gives a true level down to `###`; every deeper heading stands at `####`, and the older
layout has no level at all. Among those, the kind of the heading decides:

    Partie < Livre < Titre < Sous-titre < Chapitre < Section < Sous-section < Paragraphe < Sous-paragraphe

A heading closes the ones of its rank or deeper, so that a heading repeated without article (the former wording of a
title, kept by the source) is replaced by the next one and never stays in a path. Headings without a kind ("I : Revenus
fonciers", "1° Titres-restaurant", "PREMIERE PARTIE") have no fixed rank: they close the last heading of their own
family, and otherwise stand under the heading before them. An annex stands under the last heading whose level is true,
and the plan resumes after it where it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

SATURATED = 4
"""The level from which the source no longer tells the depth."""

_KINDS = ("partie", "livre", "titre", "chapitre", "section", "paragraphe")
_SUB_STEPS = 3  # sous- and sous-sous- stand between two kinds
_LEAF = 99.0  # the rank of an annex: deeper than any kind, so that the next heading with a kind ends it
_TOP_PART = re.compile(r"partie (?:legislative|reglementaire|arretes|decrets)\b")
_PART = re.compile(
    r"(?:(?:premiere|deuxieme|seconde|troisieme|quatrieme|cinquieme|sixieme|septieme) partie|partie (?:\d|[ivx]+\b))"
)
_KEYWORD = re.compile(
    r"(?P<sub>(?:sous[- ]?)*)(?P<kind>livre|titre|chapitre|section|paragraphe)(?:\s*$|\s*[:.]|\s+"
    r"(?:\d|[ivxlc]+(?:er|e|eme)?\b|premiere?\b|unique\b|prelimin|limin|[a-z]+ieme\b"
    r"|(?!d[eu]\b|l[ae]\b|et\b|au\b|en\b|ou\b)[a-z]{1,2}\b))"
)
_ANNEX = re.compile(r"annexes?\b")
_LABEL = re.compile(
    r"\(?(?:(?P<roman>0* ?[IVX]+)|(?P<letter>[A-Z]{1,2})|(?P<degree>\d+°)|(?P<number>\d+(?:-\d+)?)|(?P<small>[a-z]))"
    r"(?:[ -](?:[A-Z0-9]{1,3}|bis|ter|quater|[a-z]+ies)\b)*"
    r"(?P<colon>\.? : )?(?(colon)|(?(degree)|\s*(?:[:.)–-]|$)))"
)


@dataclass(frozen=True, slots=True)
class _Step:
    """One heading of the current path. `family` is None when the kind gives the rank."""

    level: int
    rank: float
    family: str | None
    title: str
    serial: int


class Plan:
    """Follows the headings of a code in their order and tells the path at each article.

    >>> plan = Plan()
    >>> for level, title in [(2, "Partie législative"), (3, "Livre II : B"), (4, "Titre Ier : T"),
    ...                      (4, "Chapitre V : C"), (4, "Section 1 : S"), (4, "Chapitre VI : D")]:
    ...     plan.push(title, level)
    >>> plan.path()
    ('Partie législative', 'Livre II : B', 'Titre Ier : T', 'Chapitre VI : D')
    """

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._used: set[int] = set()
        self.pushed = 0

    @property
    def unused(self) -> int:
        """How many headings have stood above no article so far."""
        return self.pushed - len(self._used)

    def push(self, title: str, level: int = SATURATED) -> None:
        """Enter a heading: close those that it ends, stand under the others."""
        if level < SATURATED:
            self._close(lambda step: step.level >= level)
            rank, family = float(keyword_rank(title) or 0), None
        else:
            rank, family = self._place(title)
        self._steps.append(_Step(level, rank, family, title, self.pushed))
        self.pushed += 1

    def path(self) -> tuple[str, ...]:
        """The titles above an article that stands here."""
        annexed = any(step.rank == _LEAF for step in self._steps)
        steps = [step for step in self._steps if not annexed or step.level < SATURATED or step.rank == _LEAF]
        self._used.update(step.serial for step in steps)
        return tuple(step.title for step in steps)

    def _place(self, title: str) -> tuple[float, str | None]:
        """Close what a heading of unknown depth ends; its rank and family."""
        rank = keyword_rank(title)
        if rank is not None:
            self._close(lambda step: step.level == SATURATED and step.rank >= rank)
            return float(rank), None
        family = self._family(title)
        self._close_sibling(family)
        if family == "annexe":
            return _LEAF, family
        if not self._steps:
            return -0.5, family
        last = self._steps[-1]
        return last.rank + (0.5 if last.family is None else 0.0), family

    def _close(self, ended: Callable[[_Step], bool]) -> None:
        while self._steps and ended(self._steps[-1]):
            self._steps.pop()

    def _close_sibling(self, family: str) -> None:
        """Close the last heading of the same family, unless a heading with a kind stands in between."""
        for index in range(len(self._steps) - 1, -1, -1):
            step = self._steps[index]
            if step.level < SATURATED or (step.family is None and family != "partie"):
                return
            if step.family == family:
                del self._steps[index:]
                return

    def _family(self, title: str) -> str:
        """The family of a heading without a kind: the sort of its label."""
        plain = fold(title)
        if _PART.match(plain):
            return "partie"
        if _ANNEX.match(plain):
            return "annexe"
        label = _LABEL.match(title)
        if label is None:
            return "libre"
        if label["roman"] in ("I", "V", "X") and self._follows_letter(label["roman"]):
            return "letter"  # H : … then I : …
        return next(name for name in ("roman", "letter", "degree", "number", "small") if label[name])

    def _follows_letter(self, letter: str) -> bool:
        before = chr(ord(letter) - 1)
        return any(step.family == "letter" and step.title.startswith(before) for step in self._steps)


@lru_cache(maxsize=65_536)  # the whole history of a code repeats the same titles hundreds of times
def keyword_rank(title: str) -> int | None:
    """The rank that the kind of a heading gives, None when it has none.

    >>> [keyword_rank(t) for t in ("Partie législative", "Titre Ier : T", "Sous-titre II", "Titres-restaurant")]
    [0, 6, 7, None]
    """
    plain = fold(title)
    if _TOP_PART.match(plain):
        return 0
    match = _KEYWORD.match(plain)
    if match is None:
        return None
    return _SUB_STEPS * _KINDS.index(match["kind"]) + min(match["sub"].count("sous"), _SUB_STEPS - 1)


def is_certain_heading(title: str) -> bool:
    """Whether a line that nothing marks as a heading is one: a kind with its number, or a label and a colon.

    >>> [is_certain_heading(t) for t in ("Chapitre unique", "I : Taux", "2° Les membres", "Section de vote")]
    [True, True, False, False]
    """
    if keyword_rank(title) is not None or _PART.match(fold(title)):
        return True
    label = _LABEL.match(title)
    return bool(label and label["colon"])


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
