"""One pass over a text: every mention of articles, texts, decisions and links, in order, nothing inherited yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kb.citations.containers import container, text_at
from kb.citations.decisions import SHAPES, decision
from kb.citations.lexicon import named, scan_pattern
from kb.citations.links import URL, link_target
from kb.citations.model import Item, Mention, Named, Naming
from kb.citations.numbers import PREFIX, read_items
from kb.citations.patterns import HYPHEN, reading
from kb.citations.subdivisions import read_before
from kb.model import CitationKind

_ARTICLE = (
    r"(?P<article>(?:(?:art(?:icle|cle|ilce|icel|icl)s?|aticles?|aricles?|arts?)(?!\w)\.?~|arts?\.~)"
    r"(?:n~[°º]~)?(?=[\dLRDAlrdaPpIu*]))"
)
_NUMBER = (
    rf"(?P<number>(?<![-/.])(?:(?-i:{PREFIX})\d{{1,5}}(?!\d)|(?<!\d[,.])\d{{1,4}}{HYPHEN}(?=\s{{0,2}}\d)))"
)
_ACT = (
    r"(?P<act>(?:lois?|ordonnances?|décrets?|arrêtés?|circulaires?|dépêches?|notes?|instructions?|directives?"
    r"|règlements?|décisions?(?:-cadre)?|conventions?)(?=[\s\d]))"
)
_REPORT = r"(?P<report>paragraphes? (?P<paragraph>\d{1,3}) du rapport explicatif de la )"
_BACK = (
    r"(?P<back>(?:l'|l[ae]s? |d[eu] |cette |ce |au |présente? |ladite |dudit )"
    r"(?P<word>(?-i:Convention|Protocole|Pacte|Charte)|directive|loi de (?P<back_year>\d{4}))(?!\w))"
)
_ANCHOR = reading(
    rf"(?P<url>{URL})|(?<!\w)(?:{_ARTICLE}|{_NUMBER}|(?P<name>{scan_pattern()})|(?P<recital>considérants? (?=\d))"
    rf"|{_REPORT}|{_ACT}|{_BACK}|{SHAPES})"
)
_DEFINITION = reading(
    r"~,?~\(?~(?:ci-après )?(?:(?:dénommée?|dite?|désignée?) )?(?P<quoted>[«\"“]~(?:l'|(?:la|le) )?"
    r"(?P<name>(?-i:[A-ZÉ])[\w’'\s-]{2,40}?)~[»\"”])~\)?"
)
# What follows a noun that is the beginning of a longer name, and sends back to nothing.
_SPECIFIC = reading(
    r" (?:d[eu] |des |d'|sur |relative|n~[°º]|internationale|europ|collective|pour l|contre |cadre|bilat|franco"
    r"|sociale|nationale)"
)
_NOTE_CALL = re.compile(r"(\d{1,2})(?!\d)")
_CONVENTION = reading(r"convention\b")


def mentions(text: str) -> Iterator[Mention]:
    """Every mention, in order, none overlapping another."""
    limit = position = 0
    while found := _ANCHOR.search(text, position):
        group = _group(found)
        position = found.start("word") if group == "back" else found.end()
        for mention in _READERS[group](text, found, limit):
            yield mention
            limit = position = max(limit, mention.end)


def _group(found: re.Match[str]) -> str:
    for name in _READERS:
        if found[name] is not None:
            return name
    raise AssertionError("an anchor without a group")  # pragma: no cover


def _url(text: str, found: re.Match[str], _: int) -> list[Mention]:
    target = link_target(found[0])
    if target is None:
        return [Mention(found.start(), found.end(), text=None)]
    named_text = Named(found.start(), found.end(), Naming.NAMED, "lien", (target[0],), target[1])
    return [Mention(found.start(), found.end(), text=named_text)]


def _article(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    items, end = read_items(text, found.end())
    if not items:
        return []
    before, start = read_before(text, found.start(), limit)
    return _articles(text, (start, end), items, before=before, worded=True)


def _number(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    """Numbers without the word: they count when a code comes right after, or when they have a letter and a hyphen."""
    items, end = read_items(text, found.start())
    if not items:
        return []
    before, start = read_before(text, found.start(), limit)
    read = _articles(text, (start, end), items, before=before, worded=False)
    known = read[0].text is not None and read[0].text.naming is not Naming.OTHER
    lettered = items[0].number[0] in "LRDA" and "-" in items[0].number
    return read if known or lettered else []


def _articles(
    text: str, span: tuple[int, int], items: tuple[Item, ...], *, before: str, worded: bool
) -> list[Mention]:
    start, end = span
    holder = container(text, end)
    stop = holder.end if holder and holder.naming is not Naming.OTHER else end
    return [Mention(start, stop, items, holder, before, worded), *_defined(text, holder)]


def _name(text: str, found: re.Match[str], _: int) -> list[Mention]:
    read = named(text, found.start(), found.end())
    return [Mention(read.start, read.end, text=read), *_defined(text, read)] if read else []


def _act(text: str, found: re.Match[str], _: int) -> list[Mention]:
    read = text_at(text, found.start())
    if read is None:
        call = _NOTE_CALL.match(text, found.end())
        if call is None:
            return []
        noun = text[found.start() : found.end()].lower()
        holder = Named(found.start(), found.end(), Naming.BACK, noun)
        return [Mention(found.start(), found.end(), text=holder, note_call=call[1])]
    return [Mention(read.start, read.end, text=read), *_defined(text, read)]


def _recital(text: str, found: re.Match[str], _: int) -> list[Mention]:
    items, end = read_items(text, found.end())
    holder = container(text, end) if items else None
    if holder is None or holder.kind is not CitationKind.EU:
        return []
    recitals = tuple(
        Item(f"considerant-{item.number}", item.end and f"considerant-{item.end}") for item in items
    )
    return [Mention(found.start(), holder.end, recitals, holder, text[found.start() : end].lower(), True)]


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
            extra=("autre",),
        )
    ]


def _back(text: str, found: re.Match[str], _: int) -> list[Mention]:
    """ "la Convention", "présente directive", "la loi de 2016"."""
    word, year = found["word"], found["back_year"] or ""
    if year == "" and _SPECIFIC.match(text, found.end()):
        return []
    noun = "loi" if year else word.lower()
    if noun == "directive" and not found[0].lower().startswith(("prés", "pres")):
        return []
    start = found.start("word") if noun in ("pacte", "loi") else found.start()
    return [Mention(start, found.end(), text=Named(start, found.end(), Naming.BACK, noun, year=year))]


def _decision(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    read = decision(text, found, limit)
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
    "back": _back,
    "recital": _recital,
    "report": _report,
    "pourvoi": _decision,
    "council": _decision,
    "constitutional": _decision,
    "strasbourg": _decision,
    "luxembourg": _decision,
    "ecli": _decision,
}
