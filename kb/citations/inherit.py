"""One stream's mentions read in order with a memory: each becomes a bound citation or is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kb.citations.binding import (
    NEAR,
    REACH,
    Memory,
    choose,
    fits,
    kind_of,
    number_family,
    same_sentence,
    targets,
)
from kb.citations.lexicon import acts_by_date
from kb.citations.model import Mention, Named, Naming
from kb.citations.patterns import reading
from kb.model import CitationKind

_JOINED = re.compile(
    r"\s*,?\s*(?:et|ou|ainsi\s+que)\s+(?:(?:à|de|aux?|des?|du|les?|la)\s+)*(?:l['’])?\s*\Z", re.IGNORECASE
)
_SAME_ARTICLE = reading(r"même article")
_HEADING = re.compile(r"[A-ZÀ-Ý]{4,}[^a-zà-ÿ\n]*\s*\(\s*\Z")


@dataclass(frozen=True, slots=True)
class Bound:
    """A citation in the coordinates of one stream."""

    start: int
    end: int
    targets: tuple[str, ...]
    kind: CitationKind
    subdivision: str
    inherited: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What holds for a whole document: the code it is, and what its parts say to each other.

    `names` are the short names it defines, by noun; `notes` the first text of each note, by number; `decisions`
    those it cites in full, by date.
    """

    code: str | None = None
    names: Mapping[str, Named] = field(default_factory=dict)
    notes: Mapping[str, Named] = field(default_factory=dict)
    decisions: Mapping[str, Named] = field(default_factory=dict)


def bind(text: str, mentions: Iterable[Mention], around: Surroundings) -> Iterator[Bound]:
    """The citations of one stream."""
    memory = Memory()
    found = list(mentions)
    for position, mention in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        yield from _bind_one(
            text, _Place(mention, following, found[position - 1] if position else None), memory, around
        )


@dataclass(frozen=True, slots=True)
class _Place:
    mention: Mention
    following: Mention | None
    previous: Mention | None


def _bind_one(text: str, place: _Place, memory: Memory, around: Surroundings) -> Iterator[Bound]:
    mention = place.mention
    holder = mention.text
    if holder is None:
        if mention.items:
            yield from _bare_articles(text, place, memory, around)
        return
    if holder.naming is Naming.OTHER:
        memory.forget(holder.noun)
        return
    if holder.naming is Naming.NAMED:
        if not mention.items and _announces(text, place, around):
            memory.remember(mention, holder, choose(holder.ids, ()))
            return
        target = choose(holder.ids, mention.items)
        yield _bound(mention, target, holder.kind, inherited=mention.defines != "")
        memory.remember(mention, holder, target)
        _remember_family(memory, mention, target)
        return
    yield from _sent_back(mention, holder, memory, around)


def _bound(
    mention: Mention, target: str, kind: CitationKind, *, inherited: bool, start: int | None = None
) -> Bound:
    parts = [mention.subdivision, *dict.fromkeys(i.subdivision for i in mention.items)]
    return Bound(
        mention.start if start is None else start,
        mention.end,
        targets(target, mention.items),
        kind_of(target, kind, mention),
        ", ".join(filter(None, parts)),
        inherited,
    )


def _sent_back(mention: Mention, holder: Named, memory: Memory, around: Surroundings) -> Iterator[Bound]:
    """ "du même code", "de la Convention", "du présent code"."""
    named = _meant(mention, holder, memory, around)
    if named is None or not fits(named.ids[0], mention.items):
        if mention.items:
            memory.forget(holder.noun)
        return
    yield _bound(mention, named.ids[0], named.kind, inherited=True)
    _remember_family(memory, mention, named.ids[0])


def _meant(mention: Mention, holder: Named, memory: Memory, around: Surroundings) -> Named | None:
    if holder.naming is Naming.THIS and holder.noun == "code":
        return _own(around) if around.code else None
    if mention.note_call:
        note = around.notes.get(mention.note_call)
        return note if note and note.noun == holder.noun else None
    if holder.noun == "decision":
        return around.decisions.get(holder.year) or _known_decision(holder)
    if holder.year:
        laws = memory.laws.get(holder.year, set())
        return replace(holder, ids=tuple(laws), kind=CitationKind.LAW) if len(laws) == 1 else None
    last = memory.by_noun.get(holder.noun)
    reach = REACH if mention.items or holder.noun != "convention" else REACH // 2
    if last is not None and (around.code or mention.start - last.end <= reach):
        return last.text
    if around.code and holder.noun == "code":
        return _own(around)  # "du code" in an article that names no other
    return around.names.get(holder.noun)


def _known_decision(holder: Named) -> Named | None:
    identifier = acts_by_date().get(("cass", holder.year))
    return replace(holder, ids=(identifier,), kind=CitationKind.DECISION) if identifier else None


def _own(around: Surroundings) -> Named:
    return Named(0, 0, Naming.THIS, "code", (around.code or "",), CitationKind.CODE)


def _bare_articles(text: str, place: _Place, memory: Memory, around: Surroundings) -> Iterator[Bound]:
    mention = place.mention
    before = _named_before(text, place, memory, around)
    if before is not None:
        start, named = before
        yield _bound(
            mention,
            named.ids[0],
            named.kind,
            inherited=start is None or mention.start - named.end > 12,
            start=start,
        )
        _remember_family(memory, mention, named.ids[0])
        return
    named_elsewhere = _elsewhere(text, place, memory, around)
    if named_elsewhere is not None:
        yield _bound(mention, named_elsewhere.ids[0], named_elsewhere.kind, inherited=True)
        _remember_family(memory, mention, named_elsewhere.ids[0])


def _announces(text: str, place: _Place, around: Surroundings) -> bool:
    """Whether a text is named only to bring the articles that follow: "C. trav., art. L. 5224-4"."""
    mention, following = place.mention, place.following
    if following is None or following.text is not None or not following.items or mention.text is None:
        return False
    near = following.start - mention.end <= (3 if around.code else NEAR)
    return (
        near
        and ";" not in text[mention.end : following.start]
        and mention.text.noun == "code"
        and same_sentence(text, mention.end, following.start)
        and fits(choose(mention.text.ids, following.items), following.items)
    )


def _named_before(
    text: str, place: _Place, memory: Memory, around: Surroundings
) -> tuple[int | None, Named] | None:
    """The text last named in the sentence, and where the citation starts if that text is part of it."""
    mention, last = place.mention, memory.last
    if last is None or last.text is None or not same_sentence(text, last.end, mention.start):
        return None
    gap = mention.start - last.end
    if (around.code and gap > 3) or gap > 300:
        return None
    target = choose(last.text.ids, mention.items)
    if not fits(target, mention.items):
        return None
    named = replace(last.text, ids=(target,))
    whole = (
        ";" not in text[last.end : mention.start]
        and not last.items
        and gap <= NEAR
        and last is memory.by_noun.get(last.text.noun)
        and last.text.noun == "code"
    )
    return (last.start if whole else None), named


def _elsewhere(text: str, place: _Place, memory: Memory, around: Surroundings) -> Named | None:
    mention = place.mention
    if around.code:
        return (
            _own(around)
            if fits(around.code, mention.items) and (mention.worded or _lettered(mention))
            else None
        )
    following = place.following
    if (
        following is not None
        and following.items
        and following.text is not None
        and following.text.naming is Naming.NAMED
        and _JOINED.match(text[mention.end : following.start])
        and fits(choose(following.text.ids, following.items), mention.items)
    ):
        return replace(following.text, ids=(choose(following.text.ids, following.items),))
    number = mention.items[0].number
    family = memory.families.get(number) or memory.families.get(number_family(number))
    if family and mention.worded and mention.start - family[0] <= REACH:
        return Named(0, 0, Naming.BACK, "code", (family[1],), CitationKind.CODE)
    convention = around.names.get("convention")
    if convention and mention.worded and _HEADING.search(text[max(0, mention.start - 80) : mention.start]):
        return convention if fits(convention.ids[0], mention.items) else None
    return None


def _lettered(mention: Mention) -> bool:
    return mention.items[0].number[0] in "LRDA"


def _remember_family(memory: Memory, mention: Mention, target: str) -> None:
    for item in mention.items:
        memory.families[item.number] = (mention.end, target)
