"""Which citations of a text name an article that their sentence does not speak of, and which one it does."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.checking.near_misses import Rarity, better_neighbour, names, near_numbers, slips
from kb.codes import code_by_slug
from kb.concordance import renumbered
from kb.dated import version_on
from kb.french_citation import cite, french_number, the_text
from kb.ids import parse_id
from kb.model import Citation, Provision, Resolution, Status
from kb.resolution.article_table import ArticleTable
from kb.store import Reader
from service.base import Service
from service.catalogue import catalogue_of, meant_by_record

# Characters on either side of a citation that tell what it is about: two or three lines.
AROUND = 250
# The code whose words tell which ones are rare, for the records on articles of codes that the base lacks.
_FAMILIAR = "code-penal"
# Articles over which the words of a code are counted; more change no decision.
_SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a doubtful citation seems to mean, and the sentence that says why."""

    meant: str
    message: str


@dataclass(frozen=True, slots=True)
class Suspecter:
    """Asked about one text, at one date. `places` are all its citations in order, `cited` their targets."""

    service: Service
    text: str
    day: date
    cited: frozenset[str]
    places: Sequence[Citation]

    def doubt(self, citation: Citation, found: Sequence[Resolution]) -> Doubt | None:
        """None for a list or a range, for what is not an article in force, and when its own article fits."""
        if len(found) == 1 and found[0].status is Status.NOT_IN_CORPUS:
            return self._doubt_absent(citation, found[0].target)
        if len(found) != 1 or found[0].status is not Status.RESOLVED or len(found[0].provisions) != 1:
            return None
        target = found[0].provisions[0]
        identifier = parse_id(target)
        if code_by_slug(identifier.text) is None or identifier.number is None:
            return None
        wanted = [n for n in self._neighbours(target) if n not in self.cited]
        known = {str(i): p for i, p in self.service.reader.provisions([target, *wanted]).items()}
        texts = {i: self._wording(p) for i, p in known.items()}
        cited_as = identifier.number
        neighbours = {i: t for i, t in texts.items() if i != target and t and not names(t, cited_as)}
        rarity = rarity_of(self.service.reader, identifier.text)
        better = better_neighbour(self._around(citation), texts.get(target, ""), neighbours, rarity)
        if better is None:
            return None
        meant = parse_id(better.number)
        return Doubt(
            better.number,
            f"{cite(identifier.text, identifier.number)} existe, mais la phrase ressemble davantage à "
            f"{cite(meant.text, str(meant.number))} : vérifiez le numéro.",
        )

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
        reader = self.service.reader
        known = reader.numbers(code)
        rather = self._rather(target)
        likely = [rather] if rather else [f"{code}/{n}" for n in slips(number, known)]
        wanted = [other for other in likely if other not in self.cited and not self._rather(other)]
        spoken_for = number in known and rather is None
        if not wanted or spoken_for or target in cited_by_articles(reader, code):
            return None
        records = {i: passage.text for i, passage in reader.records(wanted).items()}
        better = better_neighbour(self._around(citation), "", records, rarity_of(reader, _FAMILIAR))
        if better is None:
            return None
        meant = parse_id(better.number)
        named = cite(meant.text, str(meant.number))
        return Doubt(
            better.number,
            f"{the_text(code)} n'est pas dans la base, mais aucun des textes qu'elle contient ne cite "
            f"l'art. {french_number(number)}, et la phrase parle comme notre fiche sur {named} : vérifiez le numéro.",
        )

    def _rather(self, provision: str) -> str | None:
        """What our record on this number says is meant, when it holds the number for a slip."""
        return meant_by_record(catalogue_of(self.service.reader), provision)

    def _neighbours(self, target: str) -> list[str]:
        """One slip away, and the article that an old number of a recodified code became."""
        return _near(self.service.articles, target) + [
            f"{target.partition('/')[0]}/{n}" for n in renumbered(*_parts(target), self.day)
        ]

    def _wording(self, provision: Provision) -> str:
        version = version_on(provision, self.day)
        return version.text if version else ""

    def _around(self, citation: Citation) -> str:
        """The words on either side, as far as the citations before and after, which have their own."""
        rank = bisect_left(self.places, citation.start, key=lambda c: c.start)
        before = self.places[rank - 1].end if rank else 0
        after = self.places[rank + 1].start if rank + 1 < len(self.places) else len(self.text)
        low, high = max(before, citation.start - AROUND), min(after, citation.end + AROUND)
        return f"{self.text[low : citation.start]} {self.text[citation.end : high]}"


def _near(articles: ArticleTable, target: str) -> list[str]:
    code, number = _parts(target)
    return [f"{code}/{n}" for n in near_numbers(number, articles.numbers(code))]


def _parts(target: str) -> tuple[str, str]:
    code, _, number = target.partition("/")
    return code, number


@lru_cache(maxsize=32)
def cited_by_articles(reader: Reader, code: str) -> frozenset[str]:
    """What the articles of the base cite of a code that it lacks."""
    return frozenset(reader.cited_by_articles(code))


@lru_cache(maxsize=128)  # by reader: what an open base holds never changes
def rarity_of(reader: Reader, code: str) -> Rarity:
    """How telling each word is in a code."""
    numbers = reader.numbers(code)
    sample = numbers[:: max(1, len(numbers) // _SAMPLE)]
    provisions = reader.provisions(f"{code}/{n}" for n in sample).values()
    return Rarity.of([p.versions[-1].text for p in provisions if p.versions])
