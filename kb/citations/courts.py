"""Decisions of the courts that share their numbers: by the court, its seat, and a number or a day alone.

CA Paris, pôle 6, ch. 9, 12 janvier 2021, RG n° 19/07348      ca/paris/19-07348
jugée par la Cour criminelle départementale de Paris le 10 juillet 2024
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kb.citations.model import Named, Naming
from kb.citations.patterns import DATE, MONTH, NUMBER_SIGN, iso_date, month_number, reading
from kb.ids import slug
from kb.model import CitationKind
from kb.text.phrases import any_of, phrase_key


@dataclass(frozen=True, slots=True)
class Court:
    """A kind of courts, one a seat."""

    family: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    short: str = ""
    number: str = ""
    examples: dict[str, str] = field(default_factory=dict, compare=False)


@cache
def load_courts() -> tuple[Court, ...]:
    """Every kind of courts of the table."""
    table = tomllib.loads((files("kb.citations") / "courts.toml").read_text(encoding="utf-8"))
    lists = ("names", "acronyms")
    return tuple(Court(**{**row, **{k: tuple(row.get(k, ())) for k in lists}}) for row in table["court"])


_INITIALS = len("T. com")


def court_names() -> list[str]:
    """What the names of courts begin with: their first word, and the next after an initial."""
    names = [name for court in load_courts() for name in court.names]
    return [name[:_INITIALS] if name[1] == "." else name.split()[0] for name in names]


_NAMES = (
    rf"(?:{any_of(name for court in load_courts() for name in court.names)}"
    rf"|{any_of((a for court in load_courts() for a in court.acronyms), exact_case=True)})"
)
_WORD = r"(?-i:[A-ZÀ-Ý])[\w’']+"
# "La Roche-sur-Yon", "Saint-Denis de la Réunion", "Fort-de-France", "Paris"; "Aix en Provence" without its hyphens.
_SEAT = (
    rf"(?:(?:La|Le|Les|Saint|Sainte|Fort|Basse|Pointe|Mont) )?{_WORD}(?:[-‐‑–][\w’']+){{0,5}}"
    r"(?: (?:en Provence|de la Réunion|de France|à Pitre|sur (?-i:[A-ZÀ-Ý])[\w’']+|lès (?-i:[A-ZÀ-Ý])[\w’']+))?"
)
COURT = rf"{_NAMES}(?!\w) (?:(?:de|du|des|d') ?)?(?={_WORD})"
_COURT = reading(rf"(?P<name>{_NAMES})(?!\w) (?:(?:de|du|des|d') ?)?(?P<seat>{_SEAT})")
# The chamber, between the court and the day: "pôle 6, ch. 9", "1re chambre civile", "ord. réf.".
_CHAMBER = reading(
    r"(?:~,?~\(?(?:pôle|ch\.|chambre|sect\.|section|formation|\d{1,2}~(?:e|è?re|ème) (?:ch\.|chambre)|ord\.|ordonnance"
    r"|réf\.|référés?|correctionnelle|civile|sociale|criminelle|pénale|JLD|JEX|1~re|2e|audience)(?!\w)"
    r"(?:[^,;.()«»\n]|\.(?=[,)]|~[\da-z])){0,40}?(?=~[,(]|~\)|~n~[°ºo])){1,4}~\)?"
)
_DAY = reading(rf"~,?~\(?(?:(?P<spoken>le|en date du|du) |,~)?{DATE}")
_MONTH = reading(rf"(?P<spoken> en) (?P<month>{MONTH}) (?P<year>[12]\d{{3}})(?!\d)")
_NUMBER_LEAD = (
    r"~[,(]?~(?P<sign>(?:(?:RG|R\.G\.|rép\.|dossier|req\.|requête|minute|jugement|aff\.)~:?~)?"
    rf"(?:{NUMBER_SIGN.replace('o]', 'o]s?')}:?~)?(?:RG~:?~)?)"
)
# What is only said to take place there: "une audience devant le tribunal judiciaire de Paris le 3 mai".
_NO_RULING = reading(
    r"(?:audience|procès|convoquée?s?|compar[^\s]+|devant|saisi[^\s]*|renvoyée?s?|ouvert[^\s]*|visite|colloque"
    r"|réunion)(?!\w)[^.;]{0,30}\Z"
)
_NUMBER_FOLLOWS = reading(rf"[^.;]{{0,30}}?{NUMBER_SIGN}\w")
_BEFORE = 60


def court_decision(text: str, position: int) -> Named | None:
    """The decision of a court with its seat, cited exactly at `position`.

    >>> court_decision("CA Paris, 5 mars 2024", 0).ids
    ('ca/paris/2024-03-05',)
    """
    found = _COURT.match(text, position)
    if found is None:
        return None
    court = _court(found["name"])
    end = _past(_CHAMBER, text, found.end())
    day = _DAY.match(text, end) or _DAY.match(text, found.end()) or _MONTH.match(text, found.end())
    end = _past(_CHAMBER, text, day.end()) if day else end
    number = _numbers(court).match(text, end) if court.number else None
    if number and (number["sign"].strip() or "/" in number["number"]):
        return _decision(found, number.end(), court, _digits(number["number"]), _iso(day))
    if not court.number and _NUMBER_FOLLOWS.match(text, end):
        return None  # the number itself will be read
    if day is None or (day["spoken"] and _NO_RULING.search(text, max(0, position - _BEFORE), position)):
        return None
    return _decision(found, day.end(), court, _iso(day), _iso(day))


def _past(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _decision(found: re.Match[str], end: int, court: Court, number: str, day: str) -> Named:
    seat = slug(found["seat"])
    place = f"{court.short}-{seat}" if court.short else seat
    identifier = f"{court.family}/{place}/{number}"
    return Named(found.start(), end, Naming.NAMED, "decision", (identifier,), CitationKind.DECISION, year=day)


def _iso(day: re.Match[str] | None) -> str:
    """The day, or the month alone, as ISO; empty when there is none."""
    if day is None:
        return ""
    if "day" in day.re.groupindex:
        return iso_date(day["day"], day["month"], day["year"])
    return f"{day['year']}-{month_number(day['month']):02d}"


def _digits(written: str) -> str:
    return slug(re.sub(r"\s*/\s*", "-", re.sub(r"(?<=[A-Za-z])\s(?=\d)", "-", written)))


def _court(name: str) -> Court:
    return _by_name()[phrase_key(name)]


@cache
def _by_name() -> dict[str, Court]:
    return {phrase_key(name): court for court in load_courts() for name in (*court.names, *court.acronyms)}


@cache
def _numbers(court: Court) -> re.Pattern[str]:
    return reading(rf"{_NUMBER_LEAD}(?P<number>{court.number})(?![\w/]|[-‐‑–.]\d)")
