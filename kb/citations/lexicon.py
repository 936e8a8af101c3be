"""Everything known by name: codes from the registry, laws and treaties from the tables, as two patterns.

`SCAN` finds what may be recognised anywhere; `BESIDE` also knows what is only sure right beside an article number
("art. 306 CP") and does not mind the case of acronyms ("art. L425-1 ceseda").
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, reading
from kb.codes import load_codes
from kb.model import CitationKind
from kb.text.phrases import any_of, phrase_key

_KINDS = {
    "loi": CitationKind.LAW,
    "ordonnance": CitationKind.ORDINANCE,
    "decret": CitationKind.DECREE,
    "eu": CitationKind.EU,
    "coe": CitationKind.TREATY,
    "onu": CitationKind.TREATY,
    "oit": CitationKind.TREATY,
    "cass": CitationKind.DECISION,
    "cedh": CitationKind.DECISION,
}
_OTHER = ("coe/comite-des-parties", "coe/greta", "icat")


@dataclass(frozen=True, slots=True)
class Act:
    """A law, treaty or decision of the tables."""

    id: str
    title: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    treaty: str = ""
    numbers: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    date: datetime.date | None = None
    examples: tuple[str, ...] = field(default=(), compare=False)

    @property
    def kind(self) -> CitationKind:
        """What it is, from its identifier."""
        if self.id.startswith(_OTHER):
            return CitationKind.OTHER
        return _KINDS[self.id.split("/", 1)[0]]

    @property
    def known_as(self) -> tuple[str, ...]:
        """Names in full, "c." between parties also as "c/". The title of a French law is never its name alone."""
        return (*self._names, *(name.replace(" c. ", " c/ ") for name in self._names if " c. " in name))

    @property
    def _names(self) -> tuple[str, ...]:
        return (
            self.names
            if self.id.startswith(("loi/", "ordonnance/", "decret/"))
            else (self.title, *self.names)
        )


@cache
def load_acts() -> tuple[Act, ...]:
    """Every act of the tables."""
    lists = ("names", "acronyms", "ambiguous", "links", "numbers", "subjects", "examples")
    rows = [
        row
        for name in ("laws.toml", "treaties.toml", "protocols.toml", "decisions.toml")
        for row in tomllib.loads((files("kb.citations") / name).read_text(encoding="utf-8"))["act"]
    ]
    return tuple(Act(**{**row, **{k: tuple(row.get(k, ())) for k in lists}}) for row in rows)


@cache
def acts_by_date() -> dict[tuple[str, str], str]:
    """Identifier by family and ISO date, where the tables know one act only of that date."""
    found: dict[tuple[str, str], set[str]] = {}
    for act in load_acts():
        if act.date:
            found.setdefault((act.id.split("/", 1)[0], act.date.isoformat()), set()).add(act.id)
    return {key: min(ids) for key, ids in found.items() if len(ids) == 1}


_TITLE_CUT = re.compile(r",? et (?=à |de |relati|portant|visant)|, ")


@cache
def title_of(identifier: str) -> re.Pattern[str] | None:
    """What the title of an act says after its noun, whole or up to one of its joints, as it follows the date.

    >>> title_of("loi/2016-444").match(" visant à renforcer la lutte contre le système prostitutionnel et").end()
    62
    """
    act = next((act for act in load_acts() if act.id == identifier), None)
    if act is None:
        return None
    words = act.title.split(" ", 1)[1]
    parts = [words, *(words[: cut.start()] for cut in _TITLE_CUT.finditer(words))]
    return reading(rf" {any_of(parts)}(?!\w)")


@cache
def acts_by_link() -> dict[str, Act]:
    """Act by what links carry: a reference of the Official Journal, a JURITEXT, an identifier of Judilibre."""
    return {reference.lower(): act for act in load_acts() for reference in act.links}


@cache
def _meanings() -> dict[str, tuple[tuple[str, ...], CitationKind, str]]:
    """By key of name: the identifiers, the kind, and the noun that sends back to it ("le même code")."""
    found: dict[str, tuple[tuple[str, ...], CitationKind, str]] = {}
    for code in load_codes():
        noun = phrase_key(code.title).split()[0]
        for name in code.all_names:
            ids = (*found.get(phrase_key(name), ((),))[0], code.slug)
            found[phrase_key(name)] = (tuple(dict.fromkeys(ids)), CitationKind.CODE, noun)
    for act in load_acts():
        for name in (*act.known_as, *act.acronyms, *act.ambiguous):
            found.setdefault(phrase_key(name), ((act.id,), act.kind, _noun(act, name)))
    return found


def _noun(act: Act, name: str) -> str:
    """The first noun of the name, or of the title for an acronym: "convention", "directive", "protocole"."""
    for words in (name, act.title):
        for word in phrase_key(words).split():
            if word.rstrip("s") in NOUNS:
                return word.rstrip("s")
    return "decision" if act.kind is CitationKind.DECISION else "texte"


NOUNS = frozenset(
    (
        "loi",
        "ordonnance",
        "decret",
        "directive",
        "reglement",
        "convention",
        "protocole",
        "pacte",
        "charte",
        "traite",
    )
)
_INITIALS = len("C. pén")
_NOT_INSIDE_A_WORD = r"(?!['’]?[^\W\d_])"  # a footnote call may be glued: "CESEDA6"


def _full_names() -> list[str]:
    codes = [name for code in load_codes() for name in (*code.full_names, *code.abbreviations)]
    return codes + [name for act in load_acts() for name in act.known_as]


def _acronyms() -> list[str]:
    return [a for code in load_codes() for a in code.acronyms] + [
        a for act in load_acts() for a in act.acronyms
    ]


def _ambiguous() -> list[str]:
    return [a for code in load_codes() for a in code.ambiguous] + [
        a for act in load_acts() for a in act.ambiguous
    ]


def scan_pattern() -> str:
    """The names recognised anywhere; for use inside a pattern compiled without regard to case.

    An acronym in small letters is one only right before an article: "ceseda L425-1"; an ambiguous one, "CPC, art. 700".
    """
    acronyms = _acronyms()
    before_article = r"(?=\s{0,3}[,:]?\s{1,3}(?:art|[lrda]?\.?\s?\d))"
    ambiguous = [name for name in _ambiguous() if name.isupper()]
    names = (
        f"{any_of(_full_names())}|{any_of(acronyms, exact_case=True)}|{any_of(acronyms)}{before_article}"
        rf"|{any_of(ambiguous, exact_case=True)}(?=,?\s{{0,3}}art(?:\.|icles?\b)|\s{{0,3}}:?\s{{1,3}}\d{{3}}[-‐‑–]\d)"
    )
    return rf"(?:{names}){_NOT_INSIDE_A_WORD}"


def first_words() -> list[str]:
    """What every name that may stand anywhere begins with: its first word, and the next after an initial."""
    return [_beginning(name) for name in (*_full_names(), *_acronyms(), *_ambiguous())]


def _beginning(name: str) -> str:
    first = re.split(r"[\s.]", name)[0]
    return first if len(first) > 1 else name[:_INITIALS]


@cache
def _beside() -> re.Pattern[str]:
    loose = [name for name in _ambiguous() if name != "Constitution"]
    names = f"{any_of(_full_names())}|{any_of([*_acronyms(), *loose])}|(?-i:Constitution)"
    return re.compile(rf"(?:{names}){_NOT_INSIDE_A_WORD}", re.IGNORECASE)


# What goes on after the name of a French code makes it the name of another text: a foreign one, one of the Union,
# one that is no more. "code du travail applicable à Mayotte" is in the registry under its whole name.
_ANOTHER = reading(
    r" (?:(?:allemand|anglais|autrichien|belge|algérien|marocain|tunisien|sénégalais|malien|ivoirien|camerounais"
    r"|libanais|suisse|italien|espagnol|portugais|néerlandais|luxembourgeois|monégasque|québécois|canadien|polonais"
    r"|roumain|bulgare|grec|turc|hongrois|russe|ukrainien|suédois|danois|finlandais|norvégien|irlandais|brésilien"
    r"|nigérian|haïtien|moldave|albanais|serbe|croate|de l'Union|communautaire|local|d'outre-mer|et de l'habitation"
    r"|et commerciale|of (?:Switzerland|Belgium|Germany|Italy|Spain|Luxembourg|Romania|Bulgaria|the Netherlands"
    r"|the Republic))(?!\w)|~\(?anciens?(?!\w))"
)
_FORMER_REACH = 16
_FORMER = reading(r"(?<!\w)(?:ancien|vieux|projet de|avant-projet de) \Z")
_BOTH = reading(r"~\(~([\w.’'\s]{2,40}?)~\)")
_ADOPTED = reading(rf",? adoptée?s? le {DATE}")
_YEAR = reading(r" de (?:19|20)\d\d(?=\d{0,2}(?!\d))")


def name_at(text: str, position: int) -> Named | None:
    """The text named exactly at `position`, its acronym in brackets included."""
    found = _beside().match(text, position)
    return named(text, found.start(), found.end()) if found else None


def named(text: str, start: int, end: int) -> Named | None:
    """What the words `text[start:end]` name: a text of the tables, or another that has such a name in its own.

    >>> named("code pénal suisse", 0, 10).naming
    <Naming.OTHER: 4>
    """
    meaning = _meanings().get(phrase_key(text[start:end]))
    if meaning is None:
        return None
    if text[end - 1] == "." and text[start : end - 1].isalpha() and text[start : end - 1].isupper():
        end -= 1  # "CPP.": the dot that ends the sentence, not the last of "C.P.P."
    ids, kind, noun = meaning
    if kind is CitationKind.CODE and (
        _ANOTHER.match(text, end) or _FORMER.search(text, max(0, start - _FORMER_REACH), start)
    ):
        return Named(start, end, Naming.OTHER, noun)
    day = (_YEAR.match(text, end) or _ADOPTED.match(text, end)) if kind is not CitationKind.CODE else None
    if day:
        end = day.end()
    both = _BOTH.match(text, end)
    if both and _meanings().get(phrase_key(both[1]), ((),))[0] == ids:
        end = both.end()
    return Named(start, end, Naming.NAMED, noun, ids, kind)
