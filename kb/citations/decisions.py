"""Decisions of courts, each found by the shape of its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, HYPHEN, NUMBER_SIGN, french, iso_date, reading
from kb.model import CitationKind

# What may stand before the number and belongs to the citation: the court, the chamber, the date, the parties.
_LEAD = 120
_COURTS = {
    "cass": re.compile(
        r"(?:(?:Cass\b\.?|Cour\s+de\s+cassation|\bpourvois?\b|(?-i:Crim|Soc|Com|Civ|Ass|Ch(?=\.\s+mixte))\.)[^;«»]{0,100}?)\Z",
        re.IGNORECASE,
    ),
    "ce": re.compile(r"(?:(?-i:\bCE\b)|Conseil\s+d['’][ÉE]tat)[^;«»]{0,90}\Z", re.IGNORECASE),
    "cc": re.compile(
        r"(?:Cons\.\s*const\.|Conseil\s+constitutionnel|(?<!\w)d[ée]cision)[^;«»]{0,60}\Z", re.IGNORECASE
    ),
    "cedh": re.compile(
        r"(?:(?-i:CEDH|Cour EDH|ECHR|ECtHR)|Cour\s+europ[ée]enne\s+des\s+droits|European\s+Court\s+of\s+Human)"
        r"[^;«»]{0,100}\Z",
        re.IGNORECASE,
    ),
    "cjue": re.compile(
        r"(?:(?-i:CJUE|CJCE|TPICE)|Trib\.\s+UE|Tribunal\s+de\s+l['’]Union|Cour\s+de\s+justice)[^;«»]{0,90}\Z",
        re.IGNORECASE,
    ),
    "caa": re.compile(r"(?:(?-i:\bCAA\b)|Cour\s+administrative\s+d['’]appel)[^;«»]{0,90}\Z", re.IGNORECASE),
    "cnda": re.compile(r"(?:(?-i:\bCNDA\b)|Cour\s+nationale\s+du\s+droit)[^;«»]{0,90}\Z", re.IGNORECASE),
}
_SIGN = rf"(?:{NUMBER_SIGN.replace('o]', 'o]s?')})"
# A dot that ends an abbreviation ends no sentence: "CE, ass., 11 déc. 2006, M. X, n° 287812".
_PARTIES = r"(?:[^.;«»]|\.(?=,|~\d| [a-zé(])|(?<=\bM)\.|(?<=\bMme)\.)"
SHAPES = french(
    rf"(?P<pourvoi>\d{{2}}{HYPHEN}\d{{2}}\.\d{{3}}(?!\d))|(?P<undotted>\d{{2}}{HYPHEN}\d{{5}}(?!\d))"
    rf"|(?P<council>(?:(?-i:CE\b)|Conseil d'État){_PARTIES}{{0,90}}?(?:{_SIGN}|(?<=[12]\d{{3}},)~|(?<=[12]\d{{3}}) )"
    r"\d{5,6}(?!\d|[.,]\d| \d{3}|[^\S\n]?€))"
    rf"|(?P<asylum>(?-i:CNDA\b|Cour nationale du droit d'asile){_PARTIES}{{0,90}}?{_SIGN}\d{{6,8}}(?!\d))"
    r"|(?P<appeal>(?-i:\d\d(?:BX|DA|DO|LY|MA|NC|NT|PA|TL|VE)\d{5})(?!\d))"
    rf"|(?P<constitutional>\d{{2,4}}{HYPHEN}\d{{1,4}}(?:/\d{{1,4}})*\s{{1,3}}(?-i:QPC|DC)\b"
    rf"|(?-i:QPC|DC)~{_SIGN}\d{{4}}{HYPHEN}\d{{1,4}}(?![\d-]))"
    rf"|(?P<strasbourg>\d{{3,5}}/\d{{2}}(?![\d/]))"
    rf"|(?P<luxembourg>(?-i:[CT])[-‐‑–]\d{{1,4}}/\d{{2}}(?!\d))"
    rf"|(?P<ecli>ECLI:[A-Z]{{2}}:[A-Z0-9]{{1,7}}:\d{{4}}:[A-Z0-9.]*[A-Z0-9])"
)
RULING = reading(
    rf"(?:arrêtée?s?|arrêts?|cour de cassation,?)(?: rendue?s?)?(?: par la cour de cassation)?,?(?: en date)?"
    rf"(?: du| le)? {DATE}"
)
_RULED = reading(r"arrêt|cour de cassation,")
_DAY = reading(DATE)
_NUMBER_AFTER = reading(rf"[^.;]{{0,40}}?\d{{2}}{HYPHEN}\d{{2}}\.\d{{3}}")
_COURT = reading(r"cour de cassation")
# "l'arrêté du 26 novembre 2024, la chambre criminelle de la Cour de cassation": a slip for "arrêt".
COURT_AFTER = reading(r"[^.;]{0,60}?cour de cassation")
# "Krachunova c. Bulgarie (28 novembre 2023, ": the parties of a case of Strasbourg, whose court need not be named.
_PARTY = r"(?-i:[A-ZÀ-Ý])[\w.’'-]*"
_VERSUS = re.compile(
    rf"(?P<parties>{_PARTY}(?:\s+(?:(?:et|and|e\.a\.|autres|others|de|van|von|al\.)|{_PARTY})){{0,6}}"
    rf"\s+(?:c\.|c/|contre|v\.)\s*(?:la\s+|l['’]|les\s+)?{_PARTY}(?:[\s-]+(?:et\s+|du\s+)?{_PARTY}){{0,3}})"
    r"[^;«»]{0,60}\Z"
)
_SIGN_BEFORE = re.compile(french(rf"{_SIGN}(?:[A-Z]~)?\Z"))
_FAMILY = {
    "pourvoi": "cass",
    "council": "ce",
    "constitutional": "cc",
    "strasbourg": "cedh",
    "luxembourg": "cjue",
    "undotted": "cass",
    "asylum": "cnda",
    "appeal": "caa",
}
# Numbers that need their court beside them: elsewhere they may be of anything.
_ONLY_WITH_COURT = ("strasbourg", "luxembourg", "undotted", "appeal")
_MORE = rf"(?:~,~| et | ou )(?:{_SIGN}|aff\.~|req\.~)?"
_AFTER = {
    "ce": reading(rf"{_MORE}(?P<number>\d{{6}}(?!\d|[.,]\d))"),
    "cjue": reading(rf"{_MORE}(?P<number>(?-i:[CT]){HYPHEN}\d{{1,4}}/\d{{2}}(?!\d))"),
    "cedh": reading(rf"{_MORE}(?P<number>\d{{3,5}}/\d{{2}}(?![\d/]))"),
}


def decision(text: str, found: re.Match[str], limit: int) -> Named | None:
    """The decision whose number `found` is, reaching back to its court but not before `limit`."""
    shape = found.lastgroup or ""
    if shape == "ecli":
        return _named(found.start(), found.end(), "ecli/" + found[shape].upper())
    family = _FAMILY[shape]
    start = found.start()
    low = max(limit, start - _LEAD)
    court = _COURTS[family].search(text[low:start])
    if court is None and shape == "strasbourg":
        court = _VERSUS.search(text[low:start])
    if court:
        start = low + court.start()
    elif shape in _ONLY_WITH_COURT:
        return None
    elif sign := _SIGN_BEFORE.search(text, max(limit, start - 5), start):
        start = sign.start()
    day = _DAY.search(text, start, found.start())
    return _named(start, found.end(), f"{family}/{_number(shape, found[shape])}", iso(day) if day else "")


def decisions_after(text: str, first: Named) -> Iterator[Named]:
    """The other numbers of one decision: "nos 434376 et 434377", "C-411/10 et C-493/10"."""
    family, end = first.ids[0].split("/")[0], first.end
    while family in _AFTER and (found := _AFTER[family].match(text, end)):
        end = found.end()
        number = re.sub(r"[‐‑–/]", "-", found["number"])
        yield _named(found.start("number"), end, f"{family}/{number}", first.year)


def dated_decision(text: str, found: re.Match[str]) -> Named | None:
    """A decision of the Cour de cassation cited by its date alone, to be matched with one whose number is known.

    "un arrêt rendu par la Cour de cassation le 4 avril 2024", "l'arrêt du 26 novembre 2024, la chambre criminelle
    de la Cour de cassation".
    """
    ruling = RULING.match(text, found.start())
    if ruling is None or _NUMBER_AFTER.match(text, ruling.end()):
        return None  # the number itself will be read
    if not (_COURT.search(ruling[0]) or COURT_AFTER.match(text, ruling.end())):
        return None
    # Without "arrêt" and without a comma, something else than a decision may have taken place on that day.
    sure = _RULED.match(ruling[0]) is not None
    return Named(
        ruling.start(),
        ruling.end(),
        Naming.BACK,
        "decision",
        (f"cass/{iso(ruling)}",) if sure else (),
        year=iso(ruling),
    )


# What may stand around the names of a case that the tables know: its court before, its number after.
_COURT_BEFORE = re.compile(
    french(
        r"(?:(?-i:CEDH|Cour EDH|ECHR)|Cour européenne des droits de l'homme)(?:~,~[^;«»,.]{1,40}){0,2}~,?~\Z"
    ),
    re.IGNORECASE,
)
_NUMBER_OF_CASE = reading(
    rf"[^;«».]{{0,50}}?(?:{_SIGN}|req(?:uête|\.) (?:{_SIGN})?)"
    rf"(?P<number>\d{{3,5}}/\d{{2}})(?![\d/])~\)?"
)


def with_court_and_number(text: str, case: Named, limit: int) -> Named:
    """A case of Strasbourg known by its name, with the court named before it and its own number after."""
    before = _COURT_BEFORE.search(text, max(limit, case.start - _LEAD), case.start)
    after = _NUMBER_OF_CASE.match(text, case.end)
    start = before.start() if before else case.start
    if after is None or f"cedh/{after['number'].replace('/', '-')}" not in case.ids:
        return replace(case, start=start)
    opened = "(" in text[case.end : after.start("number")]
    return replace(case, start=start, end=after.end() if opened else after.end("number"))


def iso(found: re.Match[str]) -> str:
    """The date that a match of `DATE` holds."""
    return iso_date(found["day"], found["month"], found["year"])


def _named(start: int, end: int, identifier: str, day: str = "") -> Named:
    return Named(start, end, Naming.NAMED, "decision", (identifier,), CitationKind.DECISION, year=day)


def _number(shape: str, written: str) -> str:
    """The number alone, as identifiers write it."""
    return _NUMBERS[shape](re.sub(r"[‐‑–]", "-", written))


def _constitutional(written: str) -> str:
    """ "2018-761 QPC" or "QPC n° 2018-761"."""
    number = re.sub("/", "-", re.findall(r"\d{2,4}-\d{1,4}(?:/\d+)*", written)[0])
    return f"{number}-{'QPC' if 'QPC' in written else 'DC'}"


def _last(pattern: str) -> Callable[[str], str]:
    return lambda written: re.findall(pattern, written)[-1]


_NUMBERS: dict[str, Callable[[str], str]] = {
    "pourvoi": _last(r"\d{2}-\d{2}\.\d{3}"),
    "council": _last(r"\d{5,6}"),
    "undotted": lambda w: f"{w[:5]}.{w[5:]}",
    "asylum": _last(r"\d{6,8}"),
    "appeal": str.upper,
    "constitutional": _constitutional,
    "strasbourg": lambda w: _last(r"\d{3,5}/\d{2}")(w).replace("/", "-"),
    "luxembourg": lambda w: w.replace("/", "-"),
}
