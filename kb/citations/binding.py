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
)
# How far back, in characters, a text already named may be for the article of a new sentence, or "la Convention",
# to mean it. The longest true case of the development set is 640, the nearest false one 2,900.
REACH = 1500
# A code named before the article ("le code du travail précise également à l'article L 5222-2") is part of the
# citation up to this distance.
NEAR = 60


# Numbers that only codes have: laws and treaties count 1, 2, 3.
_OF_A_CODE = re.compile(r"L[OP]?\d|[RDA]\d|\d+-\d")


@dataclass(slots=True)
class Memory:
    """What has been named so far in one stream, last first to answer."""

    by_noun: dict[str, Mention] = field(default_factory=dict)
    last: Mention | None = None
    families: dict[str, tuple[int, str]] = field(default_factory=dict)
    laws: dict[str, set[str]] = field(default_factory=dict)

    def remember(self, mention: Mention, named: Named, target: str) -> None:
        """A text that was understood."""
        if named.noun in ("lien", "decision"):
            return
        self.by_noun[named.noun] = self.last = replace(mention, text=replace(named, ids=(target,)))
        if named.year:
            self.laws.setdefault(named.year, set()).add(target)

    def forget(self, noun: str) -> None:
        """A text that was not understood: nothing before it may be meant any more."""
        self.by_noun.pop(noun, None)
        self.last = None


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
        return None if any(_OF_A_CODE.match(item.number) for item in items) else items
    read: list[Item] = []
    for item in items:
        if read and code.lettered and item.number[0].isdigit():
            letter = number_letter(read[-1].number)
            item = replace(item, number=letter + item.number, end=item.end and letter + item.end)
        if not code.has_number_like(item.number):
            return None
        read.append(item)
    return tuple(read)


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


def number_family(number: str) -> str:
    """The number without its last part: "515-13" for "515-13-1"; empty when it has none to lose."""
    return number.rpartition("-")[0] if number.count("-") > 1 else ""


def kind_of(target: str, kind: CitationKind, mention: Mention) -> CitationKind:
    """An explanatory report is not the treaty itself."""
    return CitationKind.OTHER if "autre" in mention.extra else kind


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
