"""Acts of the Union by number, and conventions of the ILO: "directive 2011/36/UE", "règlement (UE) n° 604/2013"."""

from __future__ import annotations

from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, HYPHEN, NUMBER_SIGN, plain, reading
from kb.model import CitationKind

_FAMILY = {"directive": "dir", "reglement": "reg", "decision": "dec", "decision-cadre": "decision-cadre"}
_BODY = r"(?:UE|U5|CEE|CE|EU|EC|Euratom|JAI|PESC)"
_EUROPEAN = reading(
    rf"(?P<noun>directives?|règlements?|décisions?(?:{HYPHEN}cadres?)?|dir\.|règl\.)"
    r"(?: (?:européenne?s?|d'exécution|déléguée?s?|communautaires?|modifiée?s?))?"
    rf"~(?:\(~{_BODY}(?:,~{_BODY})*~\)~)?(?P<sign>{NUMBER_SIGN})?"
    rf"(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})(?:/\s?(?P<body>{_BODY})\b)?(?![/\d])"
)
_TAIL = reading(rf"(?: du Parlement européen et)?(?: (?:du|de la) (?:Conseil|Commission))?(?:,? du {DATE})?")
_ILO = r"(?:OIT|Organisation internationale du travail)"
_CONVENTION = reading(
    rf"conventions? (?P<before>(?:de l')?(?:{_ILO}) |internationale du travail )?"
    rf"\(?{NUMBER_SIGN}(?P<number>\d{{1,3}})\)?"
    rf"(?: \([^()]{{1,80}}\)| sur [^.;()]{{1,80}}?)?(?P<after> de l'{_ILO})?"
)
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
    if noun == "decision" and not (found["body"] or "(" in found[0]):
        return None
    year, number = _year_and_number(noun, found["first"], found["second"], bool(found["sign"]))
    if not 1950 <= year <= 2100:
        return None
    identifier = f"eu/{_FAMILY[noun]}/{year}/{number}"
    end = _TAIL.match(text, found.end()).end()  # type: ignore[union-attr]
    return Named(position, end, Naming.NAMED, noun, (identifier,), CitationKind.EU, year=str(year))


def convention_at(text: str, position: int) -> Named | None:
    """The convention of the International Labour Organisation cited exactly at `position`.

    >>> convention_at("convention n°81 de l’OIT", 0).ids
    ('oit/c081',)
    """
    found = _CONVENTION.match(text, position)
    if found is None or not (found["before"] or found["after"]):
        return None
    identifier = f"oit/c{int(found['number']):03d}"
    return Named(position, found.end(), Naming.NAMED, "convention", (identifier,), CitationKind.TREATY)


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
