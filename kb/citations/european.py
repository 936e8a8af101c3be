"""Acts of the Union, conventions of the ILO and of the Council of Europe, by number: "directive 2011/36/UE"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kb.citations.lexicon import load_acts
from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, HYPHEN, NUMBER_SIGN, plain, reading
from kb.model import CitationKind
from kb.text.phrases import any_of

_FAMILY = {"directive": "dir", "reglement": "reg", "decision": "dec", "decision-cadre": "decision-cadre"}
_BODY = r"(?:UE|U5|CEE|CE|EEC|EU|EC|Euratom|JAI|JHA|PESC)"
_EUROPEAN = reading(
    rf"(?P<noun>directives?|règlements?|regulations?|décisions?(?:{HYPHEN}cadres?)?|dir\.|règl\.)"
    r"(?: (?:européenne?s?|d'exécution|déléguée?s?|communautaires?|modifiée?s?))?"
    rf"(?:~\(~{_BODY}(?:,~{_BODY})*~\)~| {_BODY} |~)(?P<sign>{NUMBER_SIGN})?"
    rf"(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})(?:/\s?(?P<body>{_BODY})\b)?(?![/\d])"
)
_TAIL = reading(
    r"(?: du Parlement européen et| of the European Parliament and)?"
    r"(?: (?:du|de la|of the) (?:Conseil|Council|Commission))?"
    rf"(?:,? (?:du|of) {DATE})?"
)
_ILO = r"(?:OIT|Organisation internationale du travail)"
_CONVENTION = reading(
    rf"conventions? (?P<before>(?:de l')?(?:{_ILO}) |internationale du travail )?"
    rf"\(?(?:{NUMBER_SIGN}|C~)(?P<number>\d{{1,3}})\)?"
    rf"(?: \([^()]{{1,80}}\)| sur [^.;()]{{1,80}}?(?= de l'{_ILO}))?(?P<after> de l'{_ILO})?"
)
# "directives 2011/36/UE et 2012/29/UE", "conventions n° 29, 105 et 182 de l'OIT".
_SEVERAL = reading(r"(?:directives|règlements|décisions) ")
_ALSO = reading(
    rf"(?:~,~| et | ou )(?P<written>(?:\(~{_BODY}~\)~)?(?P<sign>{NUMBER_SIGN})?"
    rf"(?P<first>\d{{2,4}})/(?P<second>\d{{1,4}})(?:/(?P<body>{_BODY})\b)?(?![/\d]))"
)
_ILO_SIGN = NUMBER_SIGN.replace("o]", "o]s?")
_ILO_MORE = r"(?:(?:~,~| et | ou )(?:n~[°ºo]~)?\d{1,3}(?!\d))"
_ILO_LIST = reading(rf"conventions (?:{_ILO_SIGN}|nos )\d{{1,3}}(?={_ILO_MORE}+ de l'{_ILO})")
_ILO_ALSO = reading(r"(?:~,~| et | ou )(?:n~[°ºo]~)?(?P<number>\d{1,3})(?!\d)")
# The treaties of the Council of Europe, numbered in one series: ETS until 193, CETS from 194.
SERIES = rf"(?-i:STE|STCE|ETS|CETS)(?=~(?:{NUMBER_SIGN}|no?\.~)\d|~\d{{3}}(?!\d))"
_SERIES = reading(rf"(?:convention )?\(?{SERIES}~(?:{NUMBER_SIGN}|no\.?~)?(?P<number>\d{{1,3}})(?!\d)\)?")
_LAST_ETS = 193
# Until 2014 regulations are numbered within the year ("n° 604/2013"), since then the year comes first.
_OLD_ORDER = (1952, 2014)


def european_at(text: str, position: int) -> Named | None:
    """The act of the Union cited exactly at `position`.

    >>> european_at("règlement (UE) n° 604/2013 du Conseil", 0).ids
    ('eu/reg/2013/604',)
    """
    found = _EUROPEAN.match(text, position)
    if found is None:
        return None
    noun = _noun(found["noun"])
    noun = "reglement" if noun == "regulation" else noun
    if noun == "decision" and not (found["body"] or "(" in found[0]):
        return None
    year, number = _year_and_number(noun, found["first"], found["second"], bool(found["sign"]))
    if not 1950 <= year <= 2100:
        return None
    identifier = f"eu/{_FAMILY[noun]}/{year}/{number}"
    end = _TAIL.match(text, found.end()).end()  # type: ignore[union-attr]
    return Named(position, end, Naming.NAMED, noun, (identifier,), CitationKind.EU, year=str(year))


def convention_at(text: str, position: int) -> Named | None:
    """The convention of the ILO, or of the Council of Europe, cited by its number exactly at `position`.

    >>> convention_at("convention n°81 de l’OIT", 0).ids, convention_at("STCE n° 197", 0).ids
    (('oit/c081',), ('coe/stce-197',))
    """
    series = _SERIES.match(text, position)
    if series:
        number = int(series["number"])
        return _treaty(position, series.end(), f"coe/{'ste' if number <= _LAST_ETS else 'stce'}-{number:03d}")
    listed = _ILO_LIST.match(text, position)
    if listed:
        return _treaty(position, listed.end(), _ilo(re.findall(r"\d+", listed[0])[0]))
    found = _CONVENTION.match(text, position)
    if found is None:
        return None
    identifier = _ilo(found["number"])
    if found["before"] or found["after"]:
        return _treaty(position, found.end(), identifier)
    end = _titled(text, found.end("number"), identifier)
    return _treaty(position, end, identifier) if end else None


def others_after(text: str, first: Named) -> Iterator[Named]:
    """The acts of the Union, or the conventions of the ILO, that go on the list that `first` begins."""
    end = first.end
    if first.kind is CitationKind.EU and _SEVERAL.match(text, first.start):
        while (found := _ALSO.match(text, end)) and (named := _also(found, first)):
            end = named.end
            yield named
    elif _ILO_LIST.match(text, first.start):
        while found := _ILO_ALSO.match(text, end):
            end = found.end()
            yield _treaty(found.start("number"), end, _ilo(found["number"]))


def _also(found: re.Match[str], first: Named) -> Named | None:
    year, number = _year_and_number(first.noun, found["first"], found["second"], bool(found["sign"]))
    if not 1950 <= year <= 2100:
        return None
    identifier = f"eu/{_FAMILY[first.noun]}/{year}/{number}"
    return replace(first, start=found.start("written"), end=found.end(), ids=(identifier,), year=str(year))


def _ilo(number: str) -> str:
    return f"oit/c{int(number):03d}"


def _treaty(start: int, end: int, identifier: str) -> Named:
    return Named(start, end, Naming.NAMED, "convention", (identifier,), CitationKind.TREATY)


def _titled(text: str, position: int, identifier: str) -> int:
    """Where the title that the ILO gives to its convention of that number ends: "(n° 29) sur le travail forcé"."""
    title = _titles().get(identifier)
    found = title.match(text, position) if title else None
    return found.end() if found else 0


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    return {
        act.id: reading(rf"\)? {any_of([act.title.removeprefix('Convention ')])}(?!\w)")
        for act in load_acts()
        if act.id.startswith("oit/c")
    }


def _noun(written: str) -> str:
    noun = {"dir.": "directive", "regl.": "reglement"}.get(plain(written), plain(written))
    return "decision-cadre" if "cadre" in noun else noun.removesuffix("s")


def _year_and_number(noun: str, first: str, second: str, signed: bool) -> tuple[int, int]:
    low, high = _OLD_ORDER
    year_last = len(second) == 4 and low <= int(second) <= high
    if year_last and (noun == "reglement" or signed or not low <= int(first) <= 2100):
        return int(second), int(first)
    year = int(first)
    return (year + 1900 if 50 <= year <= 99 else year), int(second)
