"""Which citations of a text name an article that their sentence does not speak of, and which one it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from kb.checking.near_misses import Rarity, better_neighbour, names, near_numbers, slips
from kb.codes import code_by_slug
from kb.concordance import renumbered
from kb.french_citation import cite, french_number, the_text
from kb.ids import parse_id
from kb.model import Citation, Provision, Resolution, Status
from kb.validity import law_on

# Characters on either side of a citation that tell what it is about: two or three lines.
AROUND = 250
# The code whose words tell which ones are rare, for the records on articles of codes that the base lacks.
_FAMILIAR = "code-penal"


class Law(Protocol):
    """The articles that can be looked up."""

    def provisions(self, ids: Iterable[str]) -> Mapping[str, Provision]:
        """Those of these identifiers that are known, with their wordings."""
        ...

    def numbers(self, code: str) -> Sequence[str]:
        """Canonical numbers of the articles of a code of which a wording is known, in its order."""
        ...

    def rarity(self, code: str) -> Rarity:
        """How telling each word is in a code."""
        ...


class Notes(Protocol):
    """What is known of articles whose text cannot be read."""

    def records(self, provisions: Iterable[str]) -> Mapping[str, str]:
        """The text of our record on each of these provisions that has one."""
        ...

    def noted_numbers(self, code: str) -> Sequence[str]:
        """Numbers of a code of which anything is known, a record alone included."""
        ...

    def rather(self, provision: str) -> str | None:
        """What our record on this number says is meant, when it holds the number for a slip."""
        ...

    def cited_by_articles(self, code: str) -> frozenset[str]:
        """What the articles that can be read cite of a code."""
        ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a doubtful citation seems to mean, and the sentence that says why."""

    meant: str
    message: str


@dataclass(frozen=True)
class Suspecter:
    """Asked about one text, at one date. `places` are all its citations in order."""

    law: Law
    notes: Notes
    text: str
    day: date
    places: Sequence[Citation]
    _near: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def cited(self) -> frozenset[str]:
        """All that the text cites: an article named elsewhere in it was not meant here by mistake."""
        return frozenset(target for citation in self.places for target in citation.targets)

    def doubt(self, citation: Citation, found: Sequence[Resolution]) -> Doubt | None:
        """None for a list or a range, for what is not an article in force, and when its own article fits."""
        if len(found) == 1 and found[0].status is Status.NOT_IN_CORPUS:
            return self._doubt_absent(citation, found[0].target)
        candidates = self.candidates(found)
        if not candidates:
            return None
        target = candidates[0]
        identifier = parse_id(target)
        texts = {i: self._wording(p) for i, p in self.law.provisions(candidates).items()}
        cited_as = str(identifier.number)
        neighbours = {i: t for i, t in texts.items() if i != target and t and not names(t, cited_as)}
        rarity = self.law.rarity(identifier.text)
        better = better_neighbour(self._around(citation), texts.get(target, ""), neighbours, rarity)
        if better is None:
            return None
        meant = parse_id(better.number)
        return Doubt(
            better.number,
            f"{cite(identifier.text, cited_as)} existe, mais la phrase ressemble davantage à "
            f"{cite(meant.text, str(meant.number))} : vérifiez le numéro.",
        )

    def candidates(self, found: Sequence[Resolution]) -> list[str]:
        """The article in force that a citation names, then those that it may have meant; nothing for any other."""
        if len(found) != 1 or found[0].status is not Status.RESOLVED or len(found[0].provisions) != 1:
            return []
        target = str(found[0].provisions[0])
        identifier = parse_id(target)
        if code_by_slug(identifier.text) is None or identifier.number is None:
            return []
        return [target, *(n for n in self._neighbours(target) if n not in self.cited)]

    def _doubt_absent(self, citation: Citation, target: str) -> Doubt | None:
        """An article of a code that the base lacks: its text cannot be read, so that three things are asked for.

        No article of the base cites this number; one of our records is about a number that a slip of the keyboard
        makes of it; and the sentence speaks of what that record says. A record of ours on this very number speaks for
        it, unless it says which one is meant.
        """
        identifier = parse_id(target)
        code, number = identifier.text, identifier.number
        if code_by_slug(code) is None or number is None or ".." in target:
            return None
        known = self.notes.noted_numbers(code)
        rather = self.notes.rather(target)
        likely = [rather] if rather else [f"{code}/{n}" for n in slips(number, known)]
        wanted = [other for other in likely if other not in self.cited and not self.notes.rather(other)]
        spoken_for = number in known and rather is None
        if not wanted or spoken_for or target in self.notes.cited_by_articles(code):
            return None
        records = self.notes.records(wanted)
        better = better_neighbour(self._around(citation), "", records, self.law.rarity(_FAMILIAR))
        if better is None:
            return None
        meant = parse_id(better.number)
        named = cite(meant.text, str(meant.number))
        return Doubt(
            better.number,
            f"{the_text(code)} n'est pas dans la base, mais aucun des textes qu'elle contient ne cite "
            f"l'art. {french_number(number)}, et la phrase parle comme notre fiche sur {named} : vérifiez le numéro.",
        )

    def _neighbours(self, target: str) -> list[str]:
        """One slip away, and the article that an old number of a recodified code became."""
        if target not in self._near:
            self._near[target] = self._near_of(target)
        return self._near[target]

    def _near_of(self, target: str) -> list[str]:
        code, number = _parts(target)
        near = (*near_numbers(number, self.law.numbers(code)), *renumbered(code, number, self.day))
        return [f"{code}/{n}" for n in near]

    def _wording(self, provision: Provision) -> str:
        wording = law_on(provision.versions, self.day).shown
        return wording.text if wording else ""

    def _around(self, citation: Citation) -> str:
        """The words on either side, as far as the citations before and after, which have their own."""
        rank = bisect_left(self.places, citation.start, key=lambda c: c.start)
        before = self.places[rank - 1].end if rank else 0
        after = self.places[rank + 1].start if rank + 1 < len(self.places) else len(self.text)
        low, high = max(before, citation.start - AROUND), min(after, citation.end + AROUND)
        return f"{self.text[low : citation.start]} {self.text[citation.end : high]}"


def _parts(target: str) -> tuple[str, str]:
    code, _, number = target.partition("/")
    return code, number
