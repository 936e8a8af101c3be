"""The text of articles that nothing in their sentence before them names: after them, around them, or earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.citations.binding import REACH, Memory, Place, choose, fits, number_family
from kb.citations.model import Mention, Named, Naming
from kb.citations.patterns import reading

_TO = r"(?:(?:à|de|aux?|des?|du|les?|la) )"
_JOINED = reading(rf"~(?:,?~(?:et|ou|ainsi que|soit|que|ni) {_TO}*(?:[ld]')?|,~{_TO}+(?:l')?)\Z")
# "ART. 225-5, ART. 225-6 C. pén."
_LISTED = reading(r"~,~\Z")
_LONGEST_JOINT = 40
_SAME_ARTICLE = reading(r"même article")
# A heading in capitals with the articles of the convention that the whole document is about:
# "I. PRÉVENTION (articles 5, 6 et 7)".
_HEADING = reading(r"(?-i:[A-ZÀ-Ý]{4,}[^a-zà-ÿ\n]*)~\(~\Z")
_HEADING_WINDOW = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """What is being read: the code (`own`), whether it `lacks` the articles, and the short names of the document."""

    own: Named | None
    lacks: bool
    names: Mapping[str, Named]


def named_after(text: str, found: Sequence[Mention]) -> list[Named | None]:
    """For each mention of a list without its text, the text named after the last of the list.

    "au 2° de l'article 6 et à l'article 6-1 de la loi n° 2016-1691": the law is of both.
    """
    after: list[Named | None] = [None] * len(found)
    for position in range(len(found) - 2, -1, -1):
        mention, following = found[position], found[position + 1]
        if mention.text is None and mention.items and following.items and _joined(text, mention, following):
            named = following.text
            after[position] = after[position + 1] if named is None else _if_named(named, following)
    return after


def text_of_bare_articles(place: Place, memory: Memory, read: Reading) -> Named | None:
    """The text meant, or None: a number is never given a text by guess.

    Within a code, its articles mean that code, unless they cannot or are said to be the same as before. One that the
    code lacks is of the text named with it, if any.
    """
    mention, own = place.mention, read.own
    same = _SAME_ARTICLE.search(place.text, max(0, mention.start - 6), mention.end)
    within = own is not None and not same and fits(own.ids[0], mention.items)
    if within and not (mention.worded or _lettered(mention)):
        return None
    if within and not read.lacks:
        return own
    after = place.after if place.after and fits(place.after.ids[0], mention.items) else None
    found = after or _same_number(mention, memory, exact=bool(same), whole=own is not None and not same)
    return found or (own if within else _of_heading(place, read.names))


def _joined(text: str, mention: Mention, following: Mention) -> bool:
    gap = text[mention.end : min(following.start, mention.end + _LONGEST_JOINT)]
    if following.start - mention.end >= _LONGEST_JOINT:
        return False
    listed = following.worded and not following.subdivision and _LISTED.match(gap)
    return bool(listed or _JOINED.match(gap))


def _if_named(named: Named, following: Mention) -> Named | None:
    if named.naming is not Naming.NAMED:
        return None
    return replace(named, ids=(choose(named.ids, following.items),))


def _same_number(mention: Mention, memory: Memory, *, exact: bool, whole: bool) -> Named | None:
    """ "du même article 515-13-1": that number, or the one it extends, was cited with its text not long before.

    `whole`: the number itself only.
    """
    number = mention.items[0].number
    distinctive = exact or "-" in number
    known = memory.numbers.get(number) if distinctive else None
    known = known or (None if whole else memory.numbers.get(number_family(number)))
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
