"""The text of articles that nothing in their sentence before them names: after them, around them, or earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.citations.binding import REACH, Memory, Place, choose, fits, number_family
from kb.citations.model import Mention, Named, Naming
from kb.citations.patterns import reading

_JOINED = reading(r"~,?~(?:et|ou|ainsi que) (?:(?:à|de|aux?|des?|du|les?|la) )*(?:l')?\Z")
_SAME_ARTICLE = reading(r"même article")
# A heading in capitals with the articles of the convention that the whole document is about:
# "I. PRÉVENTION (articles 5, 6 et 7)".
_HEADING = reading(r"(?-i:[A-ZÀ-Ý]{4,}[^a-zà-ÿ\n]*)~\(~\Z")
_HEADING_WINDOW = 80


def text_of_bare_articles(
    place: Place, memory: Memory, own: Named | None, names: Mapping[str, Named]
) -> Named | None:
    """The text meant, or None: a number is never given a text by guess.

    Within a code (`own`), its articles mean that code, unless they cannot or are said to be the same as before.
    """
    mention = place.mention
    same = _SAME_ARTICLE.search(place.text, max(0, mention.start - 6), mention.end)
    if own is not None and not same and fits(own.ids[0], mention.items):
        return own if mention.worded or _lettered(mention) else None
    return _named_after(place) or _same_number(mention, memory, exact=bool(same)) or _of_heading(place, names)


def _named_after(place: Place) -> Named | None:
    """ "l'article 225-5 et l'article 225-6 du code pénal": the text is named once, after the last."""
    mention, following = place.mention, place.following
    if following is None or not following.items or following.text is None:
        return None
    if following.text.naming is not Naming.NAMED or not _JOINED.match(
        place.text[mention.end : following.start]
    ):
        return None
    target = choose(following.text.ids, following.items)
    return replace(following.text, ids=(target,)) if fits(target, mention.items) else None


def _same_number(mention: Mention, memory: Memory, *, exact: bool) -> Named | None:
    """ "du même article 515-13-1": that number, or the one it extends, was cited with its text not long before."""
    number = mention.items[0].number
    distinctive = exact or "-" in number
    known = memory.numbers.get(number) if distinctive else None
    known = known or memory.numbers.get(number_family(number))
    if known is None or not mention.worded or mention.start - known[0] > REACH:
        return None
    return known[1] if fits(known[1].ids[0], mention.items) else None


def _of_heading(place: Place, names: Mapping[str, Named]) -> Named | None:
    convention, start = names.get("convention"), place.mention.start
    if convention is None or not place.mention.worded:
        return None
    heading = _HEADING.search(place.text, max(0, start - _HEADING_WINDOW), start)
    return convention if heading and fits(convention.ids[0], place.mention.items) else None


def _lettered(mention: Mention) -> bool:
    return mention.items[0].number[0] in "LRDA"
