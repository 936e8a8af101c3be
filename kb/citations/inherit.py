"""One stream's mentions read in order with a memory: each becomes a bound citation or is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.citations.binding import NEAR, REACH, Memory, Place, articles, choose, fits, one_citation, targets
from kb.citations.elsewhere import Reading, named_after, text_of_bare_articles
from kb.citations.lexicon import acts_by_date
from kb.citations.model import Item, Mention, Named, Naming
from kb.citations.patterns import reading
from kb.model import CitationKind

_ITS = reading(r"(?<!\w)(?:son|ses|leurs?) \Z")
# The articles of another code, quoted in full in this one.
_REPRODUCED = reading(
    r"[^.;«»\"“]{0,60}?(?:(?:ci-après|ci-dessous),? reproduit|reproduite?s? (?:ci-après|ci-dessous))"
)
_CLOSING = reading(r"~\)")
# Between an act and its articles: "Dir. 2011/36/UE, art. 8", "TFUE : article 83".
_RIGHT_BESIDE = reading(r"~[,:]?~")
# Between a code and the number after it, no more than ", article " is being named on the spot.
_ON_THE_SPOT = 12


@dataclass(frozen=True, slots=True)
class Bound:
    """A citation in the coordinates of one stream."""

    start: int
    end: int
    targets: tuple[str, ...]
    kind: CitationKind
    subdivision: str
    inherited: bool
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a whole document: the code it is, and what its parts say to each other.

    `numbers` are those of its articles, None when they are not known; `names` the short names it defines, by noun;
    `notes` the first text of each note, by number; `decisions` those it cites in full, by date.
    """

    code: str | None = None
    numbers: frozenset[str] | None = None
    names: Mapping[str, Named] = field(default_factory=dict)
    notes: Mapping[str, Named] = field(default_factory=dict)
    decisions: Mapping[str, Named] = field(default_factory=dict)

    @property
    def own(self) -> Named | None:
        """The code that is being read."""
        return Named(0, 0, Naming.THIS, "code", (self.code,), CitationKind.CODE) if self.code else None

    def lacks(self, items: tuple[Item, ...]) -> bool:
        """Whether the code that is being read is known to have none of these articles."""
        if self.code is None or self.numbers is None:
            return False
        meant = articles(self.code, items)
        return meant is None or not any(item.number in self.numbers for item in meant)


def bind(text: str, found: Sequence[Mention], around: Surroundings) -> Iterator[Bound]:
    """The citations of one stream."""
    binder = _Binder(text, around, Memory())
    after = named_after(text, found)
    for position, mention in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        previous = found[position - 1] if position else None
        yield from binder.bind(Place(text, mention, following, previous, after[position]))


@dataclass(frozen=True, slots=True)
class _Binder:
    text: str
    around: Surroundings
    memory: Memory

    def bind(self, place: Place) -> Iterator[Bound]:
        """The citation that a mention makes, if any; the memory learns from it either way."""
        mention, holder = place.mention, place.mention.text
        if holder is None:
            if mention.items:
                yield from self._bare_articles(place)
        elif holder.naming is Naming.OTHER:
            self.memory.forget(holder.noun)
        elif holder.naming is not Naming.NAMED:
            yield from self._sent_back(mention, holder)
        elif not mention.items and self._announces(place, holder):
            self.memory.remember(mention, holder, choose(holder.ids, ()))
        else:
            named = replace(holder, ids=(choose(holder.ids, mention.items),))
            yield self._bound(mention, named, inherited=mention.defines != "")
            self.memory.remember(mention, holder, named.ids[0])
            if holder.noun == "code" and _REPRODUCED.match(self.text, mention.end):
                self.memory.reproduced = named

    @property
    def own(self) -> Named | None:
        """The code whose articles are being read or quoted in full."""
        return self.memory.reproduced or self.around.own

    def _bound(self, mention: Mention, named: Named, *, inherited: bool) -> Bound:
        self.memory.remember_numbers(mention, named)
        items = articles(named.ids[0], mention.items) or mention.items
        parts = [mention.subdivision, *dict.fromkeys(i.subdivision for i in items)]
        return Bound(
            mention.start,
            mention.end,
            targets(named.ids[0], mention.items),
            CitationKind.OTHER if mention.report else named.kind,  # the explanatory report is not the treaty
            ", ".join(filter(None, parts)),
            inherited,
            mention.unread,
        )

    def _sent_back(self, mention: Mention, holder: Named) -> Iterator[Bound]:
        """ "du même code", "de la Convention", "du présent code"."""
        if holder.noun == "article":
            yield from self._said_article(mention)
            return
        named = self._meant(mention, holder)
        if named is not None and fits(named.ids[0], mention.items):
            yield self._bound(mention, named, inherited=True)
        elif mention.items:
            self.memory.forget(holder.noun)

    def _said_article(self, mention: Mention) -> Iterator[Bound]:
        """ "ledit article". In a code, which cites many, the one cited last may not be the one meant."""
        said = None if self.around.code else self.memory.said_article(mention)
        if said is not None:
            yield self._bound(replace(mention, items=said[1:]), said[0], inherited=True)

    def _meant(self, mention: Mention, holder: Named) -> Named | None:
        """The text that the words send back to."""
        if holder.naming is Naming.THIS and holder.noun == "code":
            return self.own
        if mention.note_call:
            note = self.around.notes.get(mention.note_call)
            return note if note and note.noun == holder.noun else None
        if holder.noun == "decision":
            return self.around.decisions.get(holder.year) or _known_decision(holder)
        if holder.year:
            return self.memory.law_of(holder)
        if holder.noun == "loi" and not mention.items:
            return self.memory.only_law(holder)
        last = self.memory.by_noun.get(holder.noun)
        if last is not None and (self.around.code or mention.start - last.end <= REACH):
            return last.text
        if holder.noun == "code" and self.around.code:
            return self.own  # "du code", in an article that names no other
        return self.around.names.get(holder.noun)

    def _announces(self, place: Place, holder: Named) -> bool:
        """Whether a text is named only to bring the articles that follow: "C. trav., art. L. 5224-4"."""
        mention, following = place.mention, place.following
        if mention.unread or holder.noun in ("lien", "decision", "document"):
            return False
        if following is None or following.text is not None or not following.items or mention.defines:
            return False
        if holder.kind is CitationKind.CODE:
            near = following.start - mention.end <= (3 if self.around.code else NEAR)
        else:
            near = self._right_beside(mention, following)
        if not near or not one_citation(self.text, mention.end, following.start):
            return False
        return fits(choose(holder.ids, following.items), following.items)

    def _right_beside(self, act: Mention, articles_of_it: Mention) -> bool:
        gap = act.end, articles_of_it.start
        return articles_of_it.worded and _RIGHT_BESIDE.fullmatch(self.text, *gap) is not None

    def _bare_articles(self, place: Place) -> Iterator[Bound]:
        """Articles without their text: that of the sentence, else what `elsewhere` tells."""
        mention = place.mention
        before = self.memory.last_in_sentence(place, self._reach(mention))
        if before is None:
            lacks = self.memory.reproduced is None and self.around.lacks(mention.items)
            found = text_of_bare_articles(place, self.memory, Reading(self.own, lacks, self.around.names))
            if found is not None:
                yield self._bound(mention, found, inherited=True)
            else:
                self.memory.article = None
            return
        last, named = before
        gap = mention.start - last.end
        next_to_it = place.previous is not None and place.previous.end == last.end and gap <= NEAR
        kept = named.kind is CitationKind.CODE or (not last.defines and self._right_beside(last, mention))
        whole = kept and not last.items and next_to_it
        whole = whole and one_citation(self.text, last.end, mention.start)
        if whole:
            mention = _bracketed(self.text, last, mention)
        yield self._bound(mention, named, inherited=not whole or gap > _ON_THE_SPOT)

    def _reach(self, mention: Mention) -> int | None:
        """How far back the text of bare articles may be named; None, its sentence.

        In an article of a code, right before them, unless they are said to be of it ("et notamment son article 5"), or
        the code lacks them and another was named alone ("du code du travail mentionnées aux articles L. 6352-3").
        """
        if self.own is None or _ITS.search(self.text, max(0, mention.start - 6), mention.start):
            return None
        alone = self.memory.last is not None and not self.memory.last.items
        return NEAR if alone and self.around.lacks(mention.items) else 3


def _bracketed(text: str, last: Mention, mention: Mention) -> Mention:
    """The articles with the code named before them: "code pénal (art. 225-4-1)", closing bracket included."""
    closing = _CLOSING.match(text, mention.end) if "(" in text[last.end : mention.start] else None
    return replace(mention, start=last.start, end=closing.end() if closing else mention.end)


def _known_decision(holder: Named) -> Named | None:
    """The decision of that day that the tables know, else the day itself, where the court is named with it."""
    identifier = acts_by_date().get(("cass", holder.year)) or (holder.ids[0] if holder.ids else None)
    return replace(holder, ids=(identifier,), kind=CitationKind.DECISION) if identifier else None
