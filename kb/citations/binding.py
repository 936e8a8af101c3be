"""From mentions to citations: what is not named on the spot is inherited, or the mention is left out.

Nothing is inherited across a text that was not understood, nor by a number that the text cannot hold
(`L. 425-1` of the Code pénal, `40` of the CESEDA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kb.citations.model import Item, Mention, Named
from kb.citations.numbers import number_letter
from kb.codes import code_by_slug
from kb.model import CitationKind

_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\bart)(?<!\bal)(?<!\bpén)(?<!trav)(?<!\bciv)[.!?](?=\s+[A-ZÀ-Ý«])|\n\s*\n|\n\s*[-]"
    r"|[;:.…]\s+\d{1,2}°\s+(?=[A-ZÀ-Ý])"  # "2° L'article…": another item
)
# How far back, in characters, a text already named may be for an article of another sentence, or "la Convention",
# to mean it. Measured on a questionnaire reply of 234,000 characters: the eight true cases are 244 to 749 characters
# away, the nearest false one 34,668.
REACH = 1500
# A code named before the article ("le code du travail précise également à l'article L 5222-2", 23 characters apart)
# is part of the citation up to this distance; beyond, they are two.
NEAR = 60
# How far back in its own sentence the text of an article may be named.
SENTENCE = 300


_TREATIES = ("coe/", "onu/", "oit/")
_CONSTITUTIONS = ("constitution-", "declaration-")
# Numbers that only codes have: laws and treaties count 1, 2, 3.
_OF_A_CODE = re.compile(r"L[OP]?\d|[RDA]\d|\d+-\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention with its text and its neighbours. `after` is the text that ends the list it is in (`named_after`)."""

    text: str
    mention: Mention
    following: Mention | None
    previous: Mention | None
    after: Named | None = None


@dataclass(slots=True)
class Memory:
    """What one stream has named so far.

    `article` is the last cited, where nothing was left unknown since; `numbers` tells, by article number, where it was
    last cited and of which text; `laws`, by year, where each act was
    last named; `reproduced` is the code whose articles are being quoted in full ("ci-après reproduits").
    """

    by_noun: dict[str, Mention] = field(default_factory=dict)
    last: Mention | None = None
    article: tuple[int, Named, Item] | None = None
    numbers: dict[str, tuple[int, Named]] = field(default_factory=dict)
    laws: dict[str, dict[str, int]] = field(default_factory=dict)
    reproduced: Named | None = None

    def remember(self, mention: Mention, named: Named, target: str) -> None:
        """A text that was understood."""
        if named.noun in ("lien", "decision", "document"):
            return
        self.by_noun[named.noun] = self.last = replace(mention, text=replace(named, ids=(target,)))
        if named.year:
            self.laws.setdefault(named.year, {})[target] = mention.end

    def remember_numbers(self, mention: Mention, named: Named) -> None:
        """The articles that were given this text."""
        if mention.items:
            alone = len(mention.items) == 1 and not mention.items[0].end and not mention.items[0].open
            self.article = (mention.end, named, replace(mention.items[0], subdivision="")) if alone else None
        for item in mention.items:
            self.numbers[item.number] = (mention.end, named)

    def forget(self, noun: str) -> None:
        """A text that was not understood: nothing before it may be meant any more."""
        self.by_noun.pop(noun, None)
        self.last = self.article = None

    def said_article(self, mention: Mention) -> tuple[Named, Item] | None:
        """ "ledit article": the one cited last, and alone, not long before."""
        if self.article is None or mention.start - self.article[0] > SENTENCE:
            return None
        return self.article[1:]

    def law_of(self, holder: Named) -> Named | None:
        """ "la loi de 2016": the one act of that year named so far, or not long before."""
        laws = self.laws.get(holder.year, {})
        near = [law for law, end in laws.items() if holder.start - end <= REACH]
        only = near if len(near) == 1 else list(laws)
        return replace(holder, ids=tuple(only), kind=CitationKind.LAW) if len(only) == 1 else None

    def only_law(self, holder: Named) -> Named | None:
        """ "la loi": the one law named not long before; None when there are two."""
        near = {
            law for laws in self.laws.values() for law, end in laws.items() if holder.start - end <= REACH
        }
        last = self.by_noun.get("loi")
        return last.text if last and near == set(last.text.ids if last.text else ()) else None

    def last_in_sentence(self, place: Place, reach: int | None) -> tuple[Mention, Named] | None:
        """The text last named in the sentence of bare articles, if it can hold them, and where it was named."""
        last, start = self.last, place.mention.start
        if last is None or last.text is None or start - last.end > (SENTENCE if reach is None else reach):
            return None
        if not same_sentence(place.text, last.end, start):
            return None
        target = choose(last.text.ids, place.mention.items)
        return (last, replace(last.text, ids=(target,))) if fits(target, place.mention.items) else None


def articles(text_id: str, items: tuple[Item, ...]) -> tuple[Item, ...] | None:
    """The items as the text numbers them; None when it cannot hold such numbers.

    In a code whose numbers all have a letter, `425-4` after `L. 425-1` is `L425-4`.

    >>> articles("ceseda", (Item("L425-1"), Item("425-4")))[1].number
    'L425-4'
    >>> articles("ceseda", (Item("40"),)) is None
    True
    """
    code = code_by_slug(text_id)
    if code is None:
        if text_id.startswith(_TREATIES):
            items = tuple(map(_treaty_paragraph, items))
        return None if any(_OF_A_CODE.match(item.number) for item in items) else tuple(map(_paragraph, items))
    read: list[Item] = []
    if text_id.startswith(_CONSTITUTIONS):
        items = tuple(map(_alinea, items))
    for item in map(_dotted, items):
        if read and code.lettered and item.number[0].isdigit():
            letter = number_letter(read[-1].number)
            item = replace(item, number=letter + item.number, end=item.end and letter + item.end)
        if not code.has_number_like(item.number):
            return None
        read.append(item)
    return tuple(read)


def _dotted(item: Item) -> Item:
    """ "225.4.1" in a code: the number itself."""
    if not item.paragraph:
        return item
    return replace(item, number=f"{item.number}-{item.paragraph.replace('.', '-')}", paragraph="")


def _alinea(item: Item) -> Item:
    """ "49.3" of the Constitution: the third alinéa of article 49."""
    if not item.paragraph.isdecimal():
        return item
    return replace(item, subdivision=f"al. {item.paragraph}", paragraph="")


def _treaty_paragraph(item: Item) -> Item:
    """ "6-1" in a treaty, whose articles are numbered 1, 2, 3."""
    head, hyphen, tail = item.number.partition("-")
    return (
        replace(item, number=head, paragraph=tail) if hyphen and head.isdigit() and tail.isdigit() else item
    )


def _paragraph(item: Item) -> Item:
    """ "6.1" in a treaty: paragraph 1 of article 6."""
    return replace(item, subdivision=item.paragraph or item.subdivision)


def fits(text_id: str, items: tuple[Item, ...]) -> bool:
    """Whether the text can hold such numbers."""
    return articles(text_id, items) is not None


def choose(ids: tuple[str, ...], items: tuple[Item, ...]) -> str:
    """Among an old and a new code of one name, the one that numbers its articles so.

    Without articles, the new one: the one whose numbers have letters.
    """
    if len(ids) == 1:
        return ids[0]
    if items:
        return next((i for i in ids if fits(i, items)), ids[0])
    return next((i for i in ids if (code := code_by_slug(i)) and code.lettered), ids[0])


def same_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends in `text[start:end]`."""
    return _SENTENCE_END.search(text, start, end) is None


def one_citation(text: str, start: int, end: int) -> bool:
    """Whether a code and the articles after it, `text[start:end]` apart, are one citation."""
    return ";" not in text[start:end] and same_sentence(text, start, end)


def number_family(number: str) -> str:
    """The number without its last part: "515-13" for "515-13-1"; empty when it has none to lose."""
    return number.rpartition("-")[0] if number.count("-") > 1 else ""


def targets(text_id: str, items: tuple[Item, ...]) -> tuple[str, ...]:
    """The identifiers of articles of one text.

    >>> targets("ceseda", (Item("L522-1", end="L522-5"), Item("R425-1", open=True)))
    ('ceseda/L522-1..L522-5', 'ceseda/R425-1..')
    """
    if not items:
        return (text_id,)
    items = articles(text_id, items) or items
    tails = (f"..{i.end}" if i.end else ".." if i.open else "" for i in items)
    return tuple(dict.fromkeys(f"{text_id}/{i.number}{tail}" for i, tail in zip(items, tails, strict=True)))
