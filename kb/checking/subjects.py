"""The wrong article that exists: what a sentence says an article is of, against what articles are of.

Only sentences that say so are read: "X est défini (prévu, réprimé, puni…) par l'article N". What an article is of is
told by its own words, by what it defines, by the heading over it and by our record of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.checking.near_misses import Rarity
from kb.text.phrases import phrase_key

_VERB = (
    r"(?P<verb>définie?s?|prévue?s?|réprimée?s?|punie?s?|incriminée?s?|sanctionnée?s?|fondée?s?|visée?s?|régie?s?"
    r"|organisée?s?|délivrée?s?)"
)
_ARTICLE = r"(?P<subject>(?:(?:[Ll]e|[Ll]a|[Ll]es)\s|[Ll]['’])[^.;:«»]{3,110}?)"
_CLAIM = re.compile(
    rf"(?:\A|[,;:]\s|\b(?:que|qu['’]|car|et|où)\s?)\s*{_ARTICLE},?\s(?:est|sont)\s(?:\w+ment\s)?{_VERB}(?:\set\s\w+)?"
    r"\s(?:par|à|au|aux|sur|dans)\s(?:l['’]|les\s|le\s)?\Z"
)
# "L'article 450-1 du code pénal réprime l'association de malfaiteurs."
_BEGINS = re.compile(r"(?:\A|[.;:,]\s|\b(?:que|car|et|où)\s)\s*(?:L['’]|l['’])?\Z")
_OF = re.compile(
    r"\s(?P<verb>définit|réprime|incrimine|punit|sanctionne)\s(?P<subject>(?:(?:le|la|les)\s|l['’])[^.,;:«»()]{3,90}?)"
    r"(?=[.,;:(]|\s(?:de|d['’])\s?\w+\s(?:ans|mois)|\Z)"
)
_DEFINES = re.compile(
    r"^(?:[IVX]+\s?[.-][\s.–-]*)?(?:(?P<a>(?:Le|La|Les)\s|L['’])(?P<subject>[^.,;:]{3,70}?)\s(?:est|consiste)\s"
    r"(?:le\sfait|la\s|le\s|l['’]|à\s|tout)"
    r"|Constitue(?:nt)?\s(?:un\s|une\s|des\s|le\s|la\s|l['’])(?P<other>[^.,;:]{3,60}?)(?:,|\sle\sfait|\stoute?\s|\sau\ssens))",
    re.MULTILINE,
)
# "… est un viol."
_IS_ONE = re.compile(r"\s(?:est|constitue)\s(?:un|une)\s(?P<subject>[^\W\d]{4,25}(?:\s\w+){0,2})\.")
# Shares of the telling words of a subject that an article must have, or lack: chosen on the planted errors, and over
# the sentences of the official texts.
_FITS, _LACKS = 0.8, 0.45
# Words of three letters and more that tell nothing.
_SMALL = frozenset(
    (
        "les",
        "des",
        "une",
        "est",
        "par",
        "aux",
        "sur",
        "son",
        "ses",
        "qui",
        "que",
        "pas",
        "sous",
        "dans",
        "pour",
        "avec",
    )
)
_STEM, _SHORTEST = 6, 3


def _telling(text: str) -> frozenset[str]:
    """The stems of a text, words of three letters included: "vol"."""
    words = phrase_key(text).split()
    return frozenset(w[:_STEM] for w in words if len(w) >= _SHORTEST and w not in _SMALL and not w.isdigit())


_COMMON = _telling("infraction délit crime article faits peine personne victime prévoit code pénal loi droit")


@dataclass(frozen=True, slots=True)
class Claim:
    """That `subject` is what an article is of; `defines` when the article is said to define it."""

    subject: str
    defines: bool


def read_claim(before: str, after: str = "") -> Claim | None:
    """What the words around a citation say that it is of; None when they say nothing so plainly.

    >>> read_claim("Le recel est réprimé par l'")
    Claim(subject='Le recel', defines=False)
    """
    match = _CLAIM.search(before) or (_OF.match(after) if _BEGINS.search(before) else None)
    if match is None:
        return None
    return Claim(" ".join(match["subject"].split()), match["verb"].lower().startswith("défini"))


@dataclass(frozen=True)
class Subject:
    """What an article is of: its own words, those of its heading, the title and terms of our record."""

    id: str
    text: str
    heading: str
    names: tuple[str, ...] = ()

    @cached_property
    def own(self) -> frozenset[str]:
        """The stems of its text and of its names."""
        return _telling(" ".join((self.text, *self.names)))

    @cached_property
    def above(self) -> frozenset[str]:
        """The stems of its heading."""
        return _telling(self.heading)

    @cached_property
    def defined(self) -> frozenset[frozenset[str]]:
        """What its text defines, each as stems."""
        opening = (m["subject"] or m["other"] or "" for m in _DEFINES.finditer(self.text))
        closing = (m["subject"] for m in _IS_ONE.finditer(self.text))
        return frozenset(filter(None, map(_telling, (*opening, *closing))))

    @cached_property
    def called(self) -> frozenset[frozenset[str]]:
        """Each of its names, as stems."""
        return frozenset(filter(None, (_telling(name) for name in self.names)))


@dataclass(frozen=True)
class Subjects:
    """The articles among which a better one is looked for, by identifier."""

    known: Mapping[str, Subject]
    rarity: Rarity

    @cached_property
    def _having(self) -> Mapping[str, tuple[str, ...]]:
        holders: dict[str, list[str]] = {}
        for name, subject in self.known.items():
            for stem in subject.own | subject.above:
                holders.setdefault(stem, []).append(name)
        return {stem: tuple(names) for stem, names in holders.items()}

    def better(self, claim: Claim, cited: Collection[str]) -> str | None:
        """The article that a claim seems to mean, when those cited are of something else; None without a doubt."""
        if not all(name in self.known for name in cited):
            return None
        head = claim.subject.partition(",")[0]
        subjects = dict.fromkeys(_telling(subject) - _COMMON for subject in (claim.subject, head))
        own = [self.known[name] for name in cited]
        likely = (self._better(words, own, strict=claim.defines) for words in subjects if words)
        return next(filter(None, likely), None)

    def _better(self, words: frozenset[str], own: Sequence[Subject], *, strict: bool) -> str | None:
        if any(self._is_called(words, s) or words in self._definitions(s.id) for s in own):
            return None
        definers = self._definers(words)
        beside = any(self.known[name].heading == s.heading for name in definers for s in own)
        if beside and not strict:
            return None  # an aggravation stands beside what it aggravates, and need not name it
        if definers and (strict or not any(words <= s.own for s in own)):
            return definers[0]
        best = self._likeliest(words)
        if best is None or best in {s.id for s in own}:
            return None
        named = self._is_called(words, self.known[best])
        apart = all(s.heading != self.known[best].heading for s in own)
        enough = _FITS if named and apart else _LACKS
        return None if any(self._share(words, s) > enough for s in own) else best

    def _is_called(self, words: frozenset[str], subject: Subject) -> bool:
        """Whether the record of an article bears the very name of the subject."""
        return words in {name - _COMMON for name in subject.called}

    def _definers(self, words: frozenset[str]) -> tuple[str, ...]:
        candidates = set[str]().union(*(self._having.get(stem, ()) for stem in words))
        return tuple(name for name in self.known if name in candidates and words in self._definitions(name))

    def _definitions(self, name: str) -> set[frozenset[str]]:
        return {defined - _COMMON for defined in self.known[name].defined}

    def _share(self, words: frozenset[str], subject: Subject) -> float:
        """How much of the subject the article has, rare words counting most; what only its heading has, by half."""
        total = sum(self._weight(stem) for stem in words)
        own = sum(self._weight(stem) for stem in words & subject.own)
        above = sum(self._weight(stem) for stem in (words & subject.above) - subject.own)
        return (own + above / 2) / total if total else 0.0

    def _weight(self, stem: str) -> float:
        return 0.2 + self.rarity.weight(stem)

    def _likeliest(self, words: frozenset[str]) -> str | None:
        """The article called so, else the one that has nearly all the words, among its own or over it."""
        candidates = {name for stem in words for name in self._having.get(stem, ())}
        scored = [(self._fit(words, self.known[name]), name) for name in self.known if name in candidates]
        best = max((score for score, _ in scored), default=0.0)
        return next((name for score, name in scored if score == best), None) if best >= _FITS else None

    def _fit(self, words: frozenset[str], subject: Subject) -> float:
        called = self._is_called(words, subject)
        above = words <= subject.above and len(words) >= 1
        return self._share(words, subject) + (1.0 if called else 0.0) + (0.3 if above else 0.0)
