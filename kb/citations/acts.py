"""French acts by number or date: lois, ordonnances, décrets, arrêtés, circulaires, dépêches, notes, instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.citations.decisions import COURT_AFTER
from kb.citations.lexicon import acts_by_date, title_of
from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, HYPHEN, MONTH, NUMBER_SIGN, iso_date, plain, reading
from kb.citations.republican import REPUBLICAN, republican_date
from kb.ids import slug
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
_ENGLISH = {"law": "loi", "act": "loi", "decree": "decret", "ordinance": "ordonnance"}
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
    rf"|(?:laws?|acts?|decrees?|ordinances?)(?= no)|{ABBREVIATED})"
)
# Words that may stand between the noun and its number or date.
_QUALIFIER = (
    r"(?: (?:organiques?|constitutionnelles?|royale?|préfector(?:al|aux)|ministérielle?s?|ministériels?"
    r"|interministérielle?s?|interministériels?|modifiée?s?|précitée?s?|interne|conjointe?|générale|technique"
    r"|de service|conjoints?|d'information|de finances (?:rectificative )?pour \d{4}|de programmation|du Gouvernement"
    r"|en Conseil d'État))"
)
_NUMBER = (
    rf"(?:~,?~\(?~{NUMBER_SIGN}| )(?P<number>(?:19|20)?\d{{2}}{HYPHEN}\s?\d{{1,4}})(?![\d-]|~{HYPHEN}~\d)"
)
# The number that the Journal officiel gives to what it publishes: "NOR : JUSD1501974C".
_NOR = r"(?:~,?~\(?~NOR~:?~(?-i:[A-Z]{4}\d{7}[A-Z])~\)?,?)"
# The number of whoever signs an order: "n° 5213", "n° 1234-567/01".
_SIGNED_NUMBER = rf"{NUMBER_SIGN}(?P<written>(?:[A-Z]{{1,6}}[-/ ]?)?\d[\w/-]*)"
_DATED = rf"(?:,? (?:en date )?(?:du |des |of )?{DATE})"
_DATED_ONLY = _DATED.replace("?P<", "?P<only_")
_ACT = reading(
    rf"{_NOUN}(?!\w){_QUALIFIER}{{0,3}}{_NOR}?"
    rf"(?:{_NUMBER}{_DATED}?|(?: {_SIGNED_NUMBER})?{_DATED_ONLY}| du {REPUBLICAN}){_NOR}?"
)
_ORDER = reading(rf"(?P<noun>arrêtés?)(?!\w){_QUALIFIER}{{0,3}} {_SIGNED_NUMBER}(?!\w)")
_NEXT_ORDER = reading(rf"(?:,~| et | ou |,? ainsi que )(?:du )?(?P<sign>{_SIGNED_NUMBER}){_DATED}?(?!\w)")
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
        return _signed(text, position)
    if found["number"]:
        return _numbered(found)
    if found["rday"]:
        day = republican_date(found)
        return _named(found, _of_day(_family(found), day), day[:4]) if day else None
    if _family(found) == "arrete" and COURT_AFTER.match(text, found.end()):
        return None
    dated = _dated(found, "only_")
    if _of_a_case(text, dated):
        return None
    title = title_of(dated.ids[0])
    whole = title.match(text, dated.end) if title else None
    return replace(dated, end=whole.end()) if whole else dated


def _signed(text: str, position: int) -> Named | None:
    """A circular that those who sign it introduce, or an order by its number alone."""
    signed = _SIGNED.match(text, position)
    if signed is not None:
        return None if _PRESS.match(text, position) else _dated(signed, "")
    order = _ORDER.match(text, position)
    return _named(order, _of_number(order["written"]), "") if order else None


def _of_number(written: str) -> str:
    return f"arrete/n/{slug(written)}"


def _of_a_case(text: str, dated: Named) -> bool:
    """Whether an act that the tables do not know is an order of a judge, or an investigation."""
    if dated.noun not in ("ordonnance", "instruction") or dated.ids[0] in acts_by_date().values():
        return False
    before = _NO_ACT_BEFORE.search(text, max(0, dated.start - _LONGEST_BEFORE), dated.start)
    return bool(before or _OF_A_JUDGE.match(text, dated.end))


def acts_after(text: str, first: Named) -> Iterator[Named]:
    """The acts that go on the list that `first` begins, by their number or their day alone."""
    several = _SEVERAL.match(text, first.start) is not None
    following_act = _next_day if several else _next_order if first.noun == "arrete" else _next_number
    while (following := following_act(text, first)) is not None:
        yield following
        first = following


def _next_day(text: str, previous: Named) -> Named | None:
    """ "les lois des 13 avril 2016 et 21 avril 2021"."""
    found = _NEXT_DAY.match(text, previous.end)
    if found is None:
        return None
    day = iso_date(found["day"], found["month"], found["year"])
    identifier = _of_day(previous.noun, day)
    return replace(previous, start=found.start("day"), end=found.end(), ids=(identifier,), year=day[:4])


def _next_number(text: str, previous: Named) -> Named | None:
    """ "les décrets n° 2008-1218 et n° 2008-1219"."""
    found = _NEXT.match(text, previous.end)
    if found is None or previous.noun not in ("loi", "decret", "ordonnance"):
        return None
    identifier, year = _number(previous.noun, found["number"])
    return replace(previous, start=found.start("sign"), end=found.end(), ids=(identifier,), year=year)


def _next_order(text: str, previous: Named) -> Named | None:
    """ "les arrêtés n° 5213 du 28 octobre 1988 et n° 1636 du 24/03/95"."""
    found = _NEXT_ORDER.match(text, previous.end)
    if found is None:
        return None
    day = iso_date(found["day"], found["month"], found["year"]) if found["day"] else ""
    identifier = _of_day("arrete", day) if day else _of_number(found["written"])
    return replace(previous, start=found.start("sign"), end=found.end(), ids=(identifier,), year=day[:4])


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
    date = iso_date(found[f"{groups}day"], found[f"{groups}month"], found[f"{groups}year"])
    return _named(found, _of_day(family, date), date[:4])


def _of_day(family: str, date: str) -> str:
    return acts_by_date().get((family, date), f"{family}/{date}")


def _named(found: re.Match[str], identifier: str, year: str) -> Named:
    family = _family(found)
    return Named(found.start(), found.end(), Naming.NAMED, family, (identifier,), KINDS[family], year=year)


def _family(found: re.Match[str]) -> str:
    """The family of identifiers of the noun as written: "Décrets" is `decret`."""
    word = plain(found["noun"]).removesuffix("s")
    word = _SHORT.get(word, _ENGLISH.get(word, word))
    return "decret" if word.startswith("decret") else word
