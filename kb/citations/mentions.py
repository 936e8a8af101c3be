"""One pass over a text: every mention of articles, texts, decisions and links, in order, nothing inherited yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.citations.acts import acts_after
from kb.citations.anchors import ANCHOR, START
from kb.citations.containers import container, text_at
from kb.citations.courts import court_decision
from kb.citations.decisions import dated_decision, decision, decisions_after, with_court_and_number
from kb.citations.documents import documents_at
from kb.citations.european import others_after
from kb.citations.lexicon import named
from kb.citations.links import link_target
from kb.citations.model import Item, Mention, Named, Naming
from kb.citations.numbers import list_goes_on, read_items
from kb.citations.patterns import plain, reading
from kb.citations.sent_back import sent_back
from kb.citations.starts import small
from kb.citations.subdivisions import read_before
from kb.model import CitationKind

_BESIDE = reading(r"~[,:]? ?")
_LAW_OF = reading(r"loi de (?P<year>\d{4})(?!\d\d\d)")
_DEFINITION = reading(
    r"~,?~\(?~(?:ci-après )?(?:(?:dénommée?|dite?|désignée?) )?(?P<quoted>[«\"“]~(?:l'|(?:la|le) )?"
    r"(?P<name>(?-i:[A-ZÉ])[\w’'\s-]{2,40}?)~[»\"”])~\)?"
)
_NOTE_CALL = re.compile(r"(\d{1,2})(?!\d)")
# "D1, D1E": classes of driving licence, and not articles.
_CATEGORY = re.compile(r"[A-Z]\d(?:-[A-Z])?")
_CONVENTION = reading(r"convention\b")
_TOKEN = re.compile(r"(?:[LRDA]\.?\s?)?[^\s,;()]{0,20}?\d[^\s,;()]{0,20}")
_IN_BRACKETS = reading(r"\(\d{1,3}\)(?:(?:~,~| et | ou )\(\d{1,3}\))*")


def mentions(text: str) -> Iterator[Mention]:
    """Every mention, in order, none overlapping another."""
    limit = position = 0
    padded = f" {small(text)}"  # a place is matched with the character before it
    while start := START.search(padded, position):
        position = start.start() + 1
        anchor = ANCHOR.match(text, start.start())
        if anchor is None:
            continue
        # The group of the kind closes after those that it holds: it is the last.
        for mention in _READERS[str(anchor.lastgroup)](text, anchor, limit):
            yield mention
            limit = position = max(limit, mention.end)


def _url(text: str, found: re.Match[str], _: int) -> list[Mention]:
    target = link_target(found[0])
    if target is None:
        return [Mention(found.start(), found.end(), text=None)]
    named_text = Named(found.start(), found.end(), Naming.NAMED, "lien", (target[0],), target[1])
    return [Mention(found.start(), found.end(), text=named_text)]


def _article(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    items, end = read_items(text, found.end())
    if not items:
        return _unread(text, found.start(), found.end())
    before, start = read_before(text, found.start(), limit)
    return _articles(text, (start, end), items, before=before, worded=True)


def _unread(text: str, start: int, position: int) -> list[Mention]:
    """A number that could not be read to its end, beside its text: the text alone is not what is cited."""
    token = _TOKEN.match(text, position)
    holder = container(text, token.end()) if token else None
    if token is None or holder is None or holder.naming is not Naming.NAMED:
        return []
    return [Mention(start, holder.end, text=holder, unread=token[0].strip())]


def _number(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    """Numbers without the word: they count beside the name of their text, or when they have a letter and a hyphen."""
    items, end = read_items(text, found.start())
    if not items:
        return []
    before, start = read_before(text, found.start(), limit)
    read = _articles(text, (start, end), items, before=before, worded=False)
    known = read[0].text is not None and read[0].text.naming is not Naming.OTHER
    lettered = items[0].number[0] in "LRDA" and "-" in items[0].number
    beside = limit > 0 and _BESIDE.fullmatch(text, limit, start) is not None
    beside = beside and not _CATEGORY.fullmatch(items[0].number)
    return read if known or lettered or beside else []


def _articles(
    text: str, span: tuple[int, int], items: tuple[Item, ...], *, before: str, worded: bool
) -> list[Mention]:
    start, end = span
    holder = container(text, end)
    unread = _unread_of_list(text, end) if holder is None else []
    if unread and unread[0].text:
        own = replace(unread[0].text, start=end, end=end)
        return [Mention(start, end, items, own, before, worded), *unread]
    stop = holder.end if holder and holder.naming is not Naming.OTHER else end
    mention = Mention(start, stop, items, holder, before, worded)
    return [mention, *_defined(text, holder), *_listed(text, mention)]


def _unread_of_list(text: str, end: int) -> list[Mention]:
    """The number of a list that could not be read to its end, before the text of the whole list."""
    position = list_goes_on(text, end)
    return _unread(text, position, position) if position else []


def _listed(text: str, mention: Mention) -> list[Mention]:
    """The articles of a second text that go on a list: "121-3 du code pénal et 593 du code de procédure pénale".

    Each text is named right after its articles: without it, a figure after a text may be anything.
    """
    listed: list[Mention] = []
    while mention.text is not None and mention.text.naming is Naming.NAMED:
        start = list_goes_on(text, mention.end)
        items, end = read_items(text, start) if start else ((), 0)
        holder = container(text, end) if items else None
        if holder is None or holder.naming is not Naming.NAMED:
            break
        mention = Mention(start, holder.end, items, holder, worded=mention.worded)
        listed.append(mention)
    return listed


def _name(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    read = named(text, found.start(), found.end())
    if read is None:
        return []
    if read.kind is CitationKind.DECISION:
        read = with_court_and_number(text, read, limit)
    return [Mention(read.start, read.end, text=read), *_defined(text, read)]


def _protocol(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    read = text_at(text, found.start())
    return (
        [Mention(read.start, read.end, text=read), *_defined(text, read)]
        if read
        else sent_back(text, found, limit)
    )


def _court(text: str, found: re.Match[str], _: int) -> list[Mention]:
    read = court_decision(text, found.start())
    return [Mention(read.start, read.end, text=read)] if read else []


def _document(text: str, found: re.Match[str], _: int) -> list[Mention]:
    return [Mention(each.start, each.end, text=each) for each in documents_at(text, found.start())]


def _act(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    read = text_at(text, found.start())
    if read is not None:
        others = (*acts_after(text, read), *others_after(text, read))
        more = (Mention(other.start, other.end, text=other) for other in others)
        return [Mention(read.start, read.end, text=read), *_defined(text, read), *more]
    year = _LAW_OF.match(text, found.start())
    if year:
        back = Named(year.start(), year.end(), Naming.BACK, "loi", year=year["year"])
        return [Mention(back.start, back.end, text=back)]
    ruling = dated_decision(text, found)
    if ruling:
        return [Mention(ruling.start, ruling.end, text=ruling)]
    call = _NOTE_CALL.match(text, found.end())
    if call:
        back = Named(found.start(), found.end(), Naming.BACK, plain(found[0]).removesuffix("s"))
        return [Mention(back.start, back.end, text=back, note_call=call[1])]
    return sent_back(text, found, limit)


def _recital(text: str, found: re.Match[str], _: int) -> list[Mention]:
    items, end = _recitals(text, found.end())
    holder = container(text, end) if items else None
    if holder is None or holder.kind is not CitationKind.EU:
        return []
    recitals = tuple(
        Item(f"considerant-{item.number}", item.end and f"considerant-{item.end}") for item in items
    )
    return [Mention(found.start(), holder.end, recitals, holder, text[found.start() : end].lower(), True)]


def _recitals(text: str, position: int) -> tuple[tuple[Item, ...], int]:
    """The recitals listed at `position`, whose numbers may be in brackets: "(14) et (25)"."""
    found = _IN_BRACKETS.match(text, position)
    if found is None:
        return read_items(text, position)
    return tuple(map(Item, re.findall(r"\d+", found[0]))), found.end()


def _said(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    """ "ledit article", "le 3° dudit article", "au deuxième alinéa du même article"."""
    word = found.end() - len("article")
    before, start = read_before(text, word, limit)
    if not (found["sure"] or before):
        return []
    start = min(start, found.start())
    said = Named(found.start(), found.end(), Naming.BACK, "article")
    return [Mention(start, found.end(), text=said, subdivision=before)]


def _report(text: str, found: re.Match[str], _: int) -> list[Mention]:
    holder = text_at(text, found.end())
    if holder is None:
        back = _CONVENTION.match(text, found.end())
        if back is None:
            return []
        holder = Named(back.start(), back.end(), Naming.BACK, "convention")
    number = f"rapport-explicatif/{found['paragraph']}"
    return [
        Mention(
            found.start(),
            holder.end,
            (Item(number),),
            holder,
            f"paragraphe {found['paragraph']}",
            True,
            report=True,
        )
    ]


def _decision(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    read = decision(text, found, limit)
    if read is None:
        return []
    others = decisions_after(text, read)
    return [Mention(one.start, one.end, text=one) for one in (read, *others)]


def _ruling(text: str, found: re.Match[str], _: int) -> list[Mention]:
    read = dated_decision(text, found)
    return [Mention(read.start, read.end, text=read)] if read else []


def _defined(text: str, holder: Named | None) -> list[Mention]:
    """The short name given to a text right after it: « la Convention »."""
    if holder is None or holder.naming is not Naming.NAMED:
        return []
    found = _DEFINITION.match(text, holder.end)
    if found is None:
        return []
    span = found.start("quoted"), found.end("quoted")
    short = Named(*span, Naming.NAMED, holder.noun, holder.ids, holder.kind)
    return [Mention(*span, text=short, defines=found["name"])]


_Reader = Callable[[str, re.Match[str], int], list[Mention]]
_READERS: dict[str, _Reader] = {
    "article": _article,
    "number": _number,
    "name": _name,
    "act": _act,
    "url": _url,
    "protocol": _protocol,
    "court": _court,
    "document": _document,
    "back": sent_back,
    "recital": _recital,
    "said": _said,
    "report": _report,
    "ruling": _ruling,
    "pourvoi": _decision,
    "undotted": _decision,
    "asylum": _decision,
    "appeal": _decision,
    "council": _decision,
    "constitutional": _decision,
    "strasbourg": _decision,
    "luxembourg": _decision,
    "ecli": _decision,
}
