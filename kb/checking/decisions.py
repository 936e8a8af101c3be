"""A decision as a text cites it, confronted with the decision or the record that is held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from kb.checking.dates_in_text import dates_of
from kb.checking.findings import CERTAIN, LIKELY, UNVERIFIED, Finding, FindingKind
from kb.text.french_dates import french_date

_CHAMBERS = {
    "criminelle": r"crim(?:inelle)?",
    "sociale": r"soc(?:iale)?",
    "commerciale": r"com(?:merciale)?",
    "première civile": r"(?:1\s?re|premi[eè]re)\s(?:ch\.?\s|chambre\s)?civ(?:ile)?|civ\.?\s1\s?(?:re)?",
    "deuxième civile": r"(?:2\s?e|2\s?[eè]me|deuxi[eè]me)\s(?:ch\.?\s|chambre\s)?civ(?:ile)?|civ\.?\s2\s?e?",
    "troisième civile": r"(?:3\s?e|3\s?[eè]me|troisi[eè]me)\s(?:ch\.?\s|chambre\s)?civ(?:ile)?|civ\.?\s3\s?e?",
    "assemblée plénière": r"(?:ass(?:embl[eé]e)?\.?\spl[eé]n(?:i[eè]re)?)",
    "chambre mixte": r"ch(?:ambre)?\.?\smixte",
}
_READ = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _CHAMBERS.items()}
_LEAD = re.compile(r"[^;:«»\n]{0,60}\Z")


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """What is known of a decision held; `chamber` is "" and `day` None when its source does not say."""

    id: str
    court: str
    chamber: str
    day: date | None


def check_decision(written: str, target: str, held: Mapping[str, HeldDecision]) -> tuple[Finding, ...]:
    """What differs between a decision as it is written and the one held under its number.

    `written` is the citation, with the words just before it.
    """
    known = held.get(target)
    if known is not None:
        return tuple(filter(None, (_wrong_day(written, known), _wrong_chamber(written, known))))
    likely = _transposed(written, target, held)
    return (likely,) if likely else (_not_held(),)


def lead_of(text: str, start: int) -> str:
    """The words before a citation that may tell its court and its date: no further than the clause, or a bracket."""
    match = _LEAD.search(text[max(0, start - 60) : start])
    return match[0].rpartition("(")[2] if match else ""


def _wrong_day(written: str, known: HeldDecision) -> Finding | None:
    days = dates_of(written)
    if not days or known.day is None or known.day in days:
        return None
    right = french_date(known.day)
    message = (
        f"La décision que la base tient sous ce numéro est du {right}, et non du {french_date(days[-1])}."
    )
    return Finding(FindingKind.DECISION, CERTAIN, message, right)


def _wrong_chamber(written: str, known: HeldDecision) -> Finding | None:
    chambers = _chambers_of(written)
    own = _chambers_of(known.chamber)
    if not chambers or not own or chambers & own:
        return None
    message = f"La décision que la base tient sous ce numéro est de la {known.chamber}."
    return Finding(FindingKind.DECISION, CERTAIN, message, known.chamber)


def _chambers_of(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _READ.items() if pattern.search(text))


def _transposed(written: str, target: str, held: Mapping[str, HeldDecision]) -> Finding | None:
    """A number one slip away from that of a decision held, which the date or the words of the citation confirm."""
    court, _, number = target.partition("/")
    days = dates_of(written)
    for known in held.values():
        family, _, other = known.id.partition("/")
        if family != court or known.day not in days:
            continue
        if DamerauLevenshtein.distance(number, other, score_cutoff=1) <= 1:
            right = other.replace("-", "/") if court == "cedh" else other
            message = f"La base tient une décision du même jour sous le n° {right} : vérifiez le numéro."
            return Finding(FindingKind.DECISION, LIKELY, message, right)
    return None


def _not_held() -> Finding:
    message = (
        "Non vérifiable ici : cette décision n'est pas dans la base. Contrôlez la juridiction, la date et le numéro "
        "sur le site de la juridiction ou sur Légifrance."
    )
    return Finding(FindingKind.IDENTITY, UNVERIFIED, message)
