"""One pass over a text: every mention of articles, texts, decisions and links, in order, nothing inherited yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kb.citations.acts import ABBREVIATED, acts_after
from kb.citations.containers import container, text_at
from kb.citations.decisions import SHAPES, dated_decision, decision, decisions_after
from kb.citations.european import SERIES, others_after
from kb.citations.lexicon import first_words, named, scan_pattern
from kb.citations.links import URL, link_target
from kb.citations.model import Item, Mention, Named, Naming
from kb.citations.numbers import PREFIX, read_items
from kb.citations.patterns import HYPHEN, plain, reading
from kb.citations.subdivisions import read_before
from kb.model import CitationKind
from kb.text.phrases import beginnings

_ARTICLE = (
    r"(?P<article>(?:(?:art(?:icle|cle|ilce|icel|icl)s?|aticles?|aricles?|arts?)(?!\w)\.?~|arts?\.~|art(?=\d{3}[-‐‑–]\d))"
    r"(?:n~[°º]~)?(?=[\dLRDAlrdaPpIu*]))"
)
_NUMBER = (
    rf"(?P<number>(?<![-‐‑–/.])(?:(?-i:{PREFIX})\d{{1,5}}(?!\d)|(?<!\d[,.])\d{{1,4}}{HYPHEN}(?=\s{{0,2}}\d)"
    r"|(?<!\d[ ,.])\d{3}(?:\.\d{1,2}(?![\d]|,\d)| (?:\d\d|\d \d{1,2})(?= (?:du )?(?:c\.|cpp|cp|code)(?!\w)))))"
)
_ACT = (
    r"(?P<act>(?:lois?|ordonnances?|décrets?|arrêtés?|circulaires?|dépêches?|notes?|instructions?|directives?"
    rf"|règlements?|décisions?(?:{HYPHEN}cadre)?|conventions?)(?=[\s\d])"
    rf"|(?:{ABBREVIATED}|dir\.|règl\.)(?=~\(?\w)|{SERIES})"
)
_REPORT = r"(?P<report>paragraphes? (?P<paragraph>\d{1,3}) du rapport explicatif de la )"
_BACK = r"(?P<back>(?-i:Convention|Protocole|Pacte|Charte)(?!\w)|directive(?!\w))"
# "ledit article"; "cet article" and "même article" after a part of it only: elsewhere that may be a newspaper's.
_SAID = r"(?P<said>(?:(?P<sure>(?:le|du|au)dit)|même|cet) article(?!\w| (?:[LRDA]\.?~)?\d))"
_ANCHOR = reading(
    rf"(?P<url>{URL})|{_ARTICLE}|(?P<name>{scan_pattern()})|(?P<recital>(?:considérants?|consid\.)~(?=\(?\d))"
    rf"|{_SAID}|{_REPORT}|{_ACT}|{_BACK}|(?P<ruling>arrêts? |cour de cassation)|{SHAPES}|{_NUMBER}"
)
_KEYWORDS = (
    "http www. file: article artcle artilce articel articl aticle aricle art considérant paragraphe loi lois"
    " ordonnance décret arrêté circulaire dépêche note instruction directive règlement décision convention protocole"
    " pacte charte conseil cour ECLI: décr. ord. arr. circ. dir. règl. consid. ledit dudit audit cet même"
    " QPC DC CNDA CELEX LEGIT LEGIA JORFT JURIT CETAT CONST STCE STE CETS ETS"
)
# Where an anchor may start; everything else is passed over at full speed.
_START = re.compile(
    rf"(?<!\w)(?:{beginnings((*_KEYWORDS.split(), *first_words()))}|CE\b|[CT][-‐‑–]\d"
    r"|\*{0,2}[LRDAlrda]\.?[OoPp]?\.?\s?\*{0,2}\.?\s{0,3}\d|[LD]\.\s{0,2}n|\d{1,4}[-‑–]\s{0,3}\d|\d{3}(?:\.|\s{1,2}\d{1,2}\s)"
    r"|\d{3,5}/\d\d(?![\d/])|\d\d[A-Z]{2}\d{5})"
)
_BESIDE = reading(r"~[,:]? ?")
_DETERMINER = reading(r"(?<!\w)(?:l'|la |le |du |de |cette |ce |au |présente? |ladite |dudit )\Z")
_LAW_OF = reading(r"loi de (?P<year>\d{4})(?!\d\d\d)")
_DEFINITION = reading(
    r"~,?~\(?~(?:ci-après )?(?:(?:dénommée?|dite?|désignée?) )?(?P<quoted>[«\"“]~(?:l'|(?:la|le) )?"
    r"(?P<name>(?-i:[A-ZÉ])[\w’'\s-]{2,40}?)~[»\"”])~\)?"
)
# What follows a noun that is the beginning of a longer name, and sends back to nothing.
_SPECIFIC = reading(
    r" (?:d[eu] |des |d'|sur |relative|n~[°º]|internationale|europ|collective|pour l|contre |cadre|bilat|franco"
    r"|sociale|nationale)"
)
_BACK_NOUN = re.compile(_BACK, re.IGNORECASE)
_NOTE_CALL = re.compile(r"(\d{1,2})(?!\d)")
# "D1, D1E": classes of driving licence, and not articles.
_CATEGORY = re.compile(r"[A-Z]\d(?:-[A-Z])?")
_CONVENTION = reading(r"convention\b")
_IN_BRACKETS = reading(r"\(\d{1,3}\)(?:(?:~,~| et | ou )\(\d{1,3}\))*")


def mentions(text: str) -> Iterator[Mention]:
    """Every mention, in order, none overlapping another."""
    limit = position = 0
    while start := _START.search(text, position):
        position = start.start() + 1
        found = _ANCHOR.match(text, start.start())
        if found is None:
            continue
        for mention in _READERS[_group(found)](text, found, limit):
            yield mention
            limit = position = max(limit, mention.end)


def _group(found: re.Match[str]) -> str:
    """The group of `_READERS` that was matched: it closes after those that it holds."""
    return str(found.lastgroup)


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
    stop = holder.end if holder and holder.naming is not Naming.OTHER else end
    return [Mention(start, stop, items, holder, before, worded), *_defined(text, holder)]


def _name(text: str, found: re.Match[str], _: int) -> list[Mention]:
    read = named(text, found.start(), found.end())
    return [Mention(read.start, read.end, text=read), *_defined(text, read)] if read else []


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
    return _back(text, found, limit)


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


def _back(text: str, found: re.Match[str], limit: int) -> list[Mention]:
    """ "la Convention", "présente directive": a noun that sends back to a text named before."""
    if not _BACK_NOUN.match(text, found.start()) or _SPECIFIC.match(text, found.end()):
        return []
    low = max(limit, found.start() - 10)
    determiner = _DETERMINER.search(text[low : found.start()])
    if determiner is None:
        return []
    word = plain(found[0])
    if word == "directive" and not plain(determiner[0]).startswith("present"):
        return []
    start = found.start() if word == "pacte" else low + determiner.start()
    return [Mention(start, found.end(), text=Named(start, found.end(), Naming.BACK, word))]


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
    "back": _back,
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
