"""French acts by number or date: lois, ordonnances, décrets, arrêtés, circulaires, dépêches, notes, instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.decisions import COURT_AFTER
from kb.citations.lexicon import acts_by_date, title_of
from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, HYPHEN, MONTH, NUMBER_SIGN, iso_date, plain, reading
from kb.model import CitationKind

KINDS = {
    "loi": CitationKind.LAW,
    "ordonnance": CitationKind.ORDINANCE,
    "decret": CitationKind.DECREE,
    "arrete": CitationKind.ORDER,
    "circulaire": CitationKind.CIRCULAR,
    "depeche": CitationKind.CIRCULAR,
    "note": CitationKind.CIRCULAR,
    "instruction": CitationKind.CIRCULAR,
}
# These are known by their date even when they have a number, which is that of a service.
_BY_DATE = ("arrete", "circulaire", "depeche", "note", "instruction")
# Publishers write "L. n° 2016-444", "Ord. n° 2020-1733 du 16 déc. 2020".
_SHORT = {
    "l.": "loi",
    "d.": "decret",
    "decr.": "decret",
    "ord.": "ordonnance",
    "arr.": "arrete",
    "circ.": "circulaire",
}
ABBREVIATED = rf"(?-i:L|D)\.(?=~{NUMBER_SIGN}\d|~\d{{1,2}}(?:er)? {MONTH} \d{{4}})|(?:décr|ord|arr|circ)\."
_NOUN = (
    r"(?P<noun>lois?|ordonnances?|décrets?(?:-lois?)?|arrêtés?|circulaires?|dépêches?|notes?|instructions?"
    rf"|{ABBREVIATED})"
)
# Words that may stand between the noun and its number or date.
_QUALIFIER = (
    r"(?: (?:organiques?|constitutionnelles?|royale?|préfector(?:al|aux)|ministérielle?s?|ministériels?"
    r"|interministérielle?s?|interministériels?|modifiée?s?|précitée?s?|interne|conjointe?|générale|technique"
    r"|de service|d'information|de finances (?:rectificative )?pour \d{4}|de programmation|du Gouvernement"
    r"|en Conseil d'État))"
)
_NUMBER = (
    rf"(?:~,?~\(?~{NUMBER_SIGN}| )(?P<number>(?:19|20)?\d{{2}}{HYPHEN}\s?\d{{1,4}})(?![\d-]|~{HYPHEN}~\d)"
)
_DATED = rf"(?:,? (?:en date )?(?:du |des )?{DATE})"
_DATED_ONLY = _DATED.replace("?P<", "?P<only_")
_ACT = reading(rf"{_NOUN}(?!\w){_QUALIFIER}{{0,3}}(?:{_NUMBER}{_DATED}?|{_DATED_ONLY})")
_NEXT = reading(
    rf"(?:,~| et | ou |,? ainsi que )(?:(?:de )?la loi |(?:du |le )décret )?(?P<sign>{NUMBER_SIGN})"
    rf"(?P<number>(?:19|20)?\d{{2}}{HYPHEN}\s?\d{{1,4}})(?![\d-]){_DATED}?"
)
# "les lois des 13 avril 2016 et 21 avril 2021".
_SEVERAL = reading(r"(?:lois|décrets|ordonnances|arrêtés|circulaires|dépêches) (?:[^\W\d]+ ){0,2}des \d")
_NEXT_DAY = reading(rf"(?:,~| et |,? ainsi que )(?:du )?{DATE}")
# Circulars are introduced by whoever signs them: "dépêche conjointe de la DACG et de la DPJJ du 8 février 2021"; an
# instruction, which may also be that of a case, by the number of a service.
_SIGNED = reading(
    rf"(?P<noun>circulaires?|circ\.|dépêches?|instructions?(?= {NUMBER_SIGN}\w))"
    r"(?: (?!du \d|loi|décret|arrêté|ordonnance|application)[^\s.;:«»]{1,30}){0,14}?"
    rf" (?:en date )?du {DATE}"
)


# "le juge d'instruction du…", "par ordonnance du 12 mai 2023, le juge…", "une dépêche de l'AFP": these are no acts.
_NO_ACT_BEFORE = reading(r"(?<!\w)(?:d'|(?:par|une|son|cette|aux) )\Z")
_OF_A_JUDGE = reading(
    r"[^.;]{0,60}?(?:juge|président|magistrat|tribunal|chambre|rendue|référés?|renvoi|non-lieu|conseiller|JLD)(?!\w)"
)
_LONGEST_BEFORE = len("cette ") + 1
_PRESS = reading(r"dépêches? (?:de l')?(?-i:AFP|Reuters)")


def act_at(text: str, position: int) -> Named | None:
    """The act cited exactly at `position`, by number or by date.

    >>> act_at("loi du 13 avril 2016 visant", 0).ids
    ('loi/2016-444',)
    """
    found = _ACT.match(text, position)
    if found is None:
        signed = _SIGNED.match(text, position)
        return _dated(signed, "") if signed and not _PRESS.match(text, position) else None
    if found["number"]:
        return _numbered(found)
    if _family(found) == "arrete" and COURT_AFTER.match(text, found.end()):
        return None
    dated = _dated(found, "only_")
    if _of_a_case(text, dated):
        return None
    title = title_of(dated.ids[0])
    whole = title.match(text, dated.end) if title else None
    return replace(dated, end=whole.end()) if whole else dated


def _of_a_case(text: str, dated: Named) -> bool:
    """Whether an act that the tables do not know is an order of a judge, or an investigation."""
    if dated.noun not in ("ordonnance", "instruction") or dated.ids[0] in acts_by_date().values():
        return False
    before = _NO_ACT_BEFORE.search(text, max(0, dated.start - _LONGEST_BEFORE), dated.start)
    return bool(before or _OF_A_JUDGE.match(text, dated.end))


def acts_after(text: str, first: Named) -> Iterator[Named]:
    """The acts that go on the list that `first` begins, by their number or their day alone."""
    several = _SEVERAL.match(text, first.start) is not None
    following = _next_day(text, first) if several else _next_number(text, first)
    while following is not None:
        yield following
        following = _next_day(text, following) if several else _next_number(text, following)


def _next_day(text: str, previous: Named) -> Named | None:
    """ "les lois des 13 avril 2016 et 21 avril 2021"."""
    found = _NEXT_DAY.match(text, previous.end)
    if found is None:
        return None
    identifier = _of_day(previous.noun, iso_date(found["day"], found["month"], found["year"]))
    return replace(previous, start=found.start("day"), end=found.end(), ids=(identifier,), year=found["year"])


def _next_number(text: str, previous: Named) -> Named | None:
    """ "les décrets n° 2008-1218 et n° 2008-1219"."""
    found = _NEXT.match(text, previous.end)
    if found is None or previous.noun not in ("loi", "decret", "ordonnance"):
        return None
    identifier, year = _number(previous.noun, found["number"])
    return replace(previous, start=found.start("sign"), end=found.end(), ids=(identifier,), year=year)


def _numbered(found: re.Match[str]) -> Named:
    family = _family(found)
    if family in _BY_DATE and found["day"]:
        return _dated(found, "")
    return _named(found, *_number(family, found["number"]))


def _number(family: str, written: str) -> tuple[str, str]:
    """The identifier and the year of an act, from its number as written."""
    number = re.sub(r"[‐‑–]", "-", re.sub(r"\s", "", written))
    if number.startswith("19") and number.index("-") == 4:
        number = number[2:]  # the Journal officiel writes two digits until 1999
    year = number.split("-")[0]
    return f"{family}/{number}", year if len(year) == 4 else f"19{year}"


def _dated(found: re.Match[str], groups: str) -> Named:
    """An act of a date, under its number when the tables know it. `groups` prefixes the names of the groups."""
    family = _family(found)
    year = found[f"{groups}year"]
    date = iso_date(found[f"{groups}day"], found[f"{groups}month"], year)
    return _named(found, _of_day(family, date), year)


def _of_day(family: str, date: str) -> str:
    return acts_by_date().get((family, date), f"{family}/{date}")


def _named(found: re.Match[str], identifier: str, year: str) -> Named:
    family = _family(found)
    return Named(found.start(), found.end(), Naming.NAMED, family, (identifier,), KINDS[family], year=year)


def _family(found: re.Match[str]) -> str:
    """The family of identifiers of the noun as written: "Décrets" is `decret`."""
    word = plain(found["noun"]).removesuffix("s")
    word = _SHORT.get(word, word)
    return "decret" if word.startswith("decret") else word
