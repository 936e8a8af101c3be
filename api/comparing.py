"""Two wordings of a provision side by side, through a change of number when there was one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from api.addresses import provision_url
from api.presenters.provisions import present_candidate
from api.schemas.reading import ComparisonOut, EditOut, WordingOut
from kb.concordance import Renumbering, former, renumbering
from kb.errors import UnknownVersion
from kb.french_citation import cite, french_number
from kb.ids import parse_id, provision_id
from kb.lives import life_on, successors, turn_between
from kb.model import Provision, Version
from kb.reforms import changes_of
from kb.text.diff import edits
from kb.text.french_dates import french_date
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import said_of, state_of, warnings_of
from service.base import Service

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Wording:
    """What is known for a day; `renumbered` when it stands under another number than the one asked for."""

    provision: Provision
    law: LawOfDay[Version]
    renumbered: Renumbering | None = None

    @property
    def version(self) -> Version | None:
        """The wording of that day, None when it is not known which one applied."""
        law = self.law
        single = (
            law.candidates[0] if law.standing is Standing.UNCERTAIN and len(law.candidates) == 1 else None
        )
        return law.wording or single


def compare_days(service: Service, provision: Provision, first: date, second: date) -> ComparisonOut:
    """The wordings of two days, word by word; no word of a day whose wording is not known.

    Raises UnknownVersion when a day has none, or when the number named two different articles.
    """
    new = _wording(service, provision, second)
    old = _former_wording(service, provision, first, second) or _wording(service, provision, first)
    texts = [w.version.text for w in (old, new) if w.version]
    found = edits(*texts) if len(texts) == 2 else ()
    return ComparisonOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        first=_out(old),
        second=_out(new),
        identical=len(texts) == 2 and texts[0] == texts[1],
        message=" ".join(_notes(old, new)),
        removed_words=sum(len(_WORD.findall(e.text)) for e in found if e.kind == "removed"),
        added_words=sum(len(_WORD.findall(e.text)) for e in found if e.kind == "added"),
        edits=[EditOut(kind=e.kind, text=e.text) for e in found],
    )


def default_days(provision: Provision) -> tuple[date, date] | None:
    """The days of the last two wordings of the article that bears the number; None when there are not two of them."""
    life = life_on(provision.id, provision.versions, date.max)
    days = sorted({v.start for v in life})
    return (days[-2], days[-1]) if len(days) > 1 else None


def former_day(service: Service, provision: Provision) -> date | None:
    """The day of the last wording under the number that a provision had before a recodification."""
    found = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, found.old)) if found else None
    days = [v.start for v in old.versions if found and v.start < found.day] if old else []
    return max(days, default=None)


def _wording(service: Service, provision: Provision, day: date) -> _Wording:
    law = law_on(provision.versions, day)
    if law.wording or law.candidates:
        return _Wording(provision, law)
    for renumbered, number in _other_numbers(provision, day):
        other = service.reader.provision(provision_id(provision.code, number))
        found = law_on(other.versions, day) if other else None
        if other and found and (found.wording or found.candidates):
            return _Wording(other, found, renumbered)
    raise UnknownVersion(
        f"Aucune rédaction de « {cite(provision.code, provision.number)} » n'est connue au {french_date(day)}.",
        hint=_known(provision),
    )


def _former_wording(service: Service, provision: Provision, first: date, second: date) -> _Wording | None:
    """The article of the second day as it was on the first, under its number of then, when this one named another."""
    turn = turn_between(provision.id, first, second)
    if turn is None:
        return None
    before = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, before.old)) if before else None
    law = law_on(old.versions, first) if old else None
    if before and old and law and (law.wording or law.candidates):
        return _Wording(old, law, before)
    shown = cite(provision.code, provision.number)
    raise UnknownVersion(
        f"« {shown} » désigne depuis le {french_date(turn.day)} un autre article qu'au {french_date(first)} : "
        "les deux ne se comparent pas.",
        hint=_whereabouts(provision, turn.day),
    )


def _whereabouts(provision: Provision, turn: date) -> str:
    """Where the article that bore this number went."""
    numbers = successors(provision.id, turn)
    if not numbers:
        return "La table de correspondance ne dit pas ce que l'ancien article est devenu."
    return f"L'ancien article est repris à : {', '.join(french_number(number) for number in numbers)}."


def _other_numbers(provision: Provision, day: date) -> list[tuple[Renumbering, str]]:
    """The number that it had before a recodification, for a day before it; the one it has since, for a day after."""
    number = parse_id(provision.id).number or ""
    before, after = former(provision.code, number), renumbering(provision.code, number, day)
    found = [(before, before.old)] if before and day < before.day else []
    return [*found, (after, after.new)] if after else found


def _known(provision: Provision) -> str:
    if not provision.versions:
        return "Son texte officiel n'est pas dans la base."
    first, last = min(v.start for v in provision.versions), max(provision.versions, key=lambda v: v.start)
    until = f", jusqu'au {french_date(last.end)} au plus tard" if last.end else ""
    return f"Ses rédactions sont connues à partir du {french_date(first)}{until}."


def _notes(old: _Wording, new: _Wording) -> list[str]:
    """What must be known of the comparison; it never says more than what is known of the days between."""
    found = [_renumbered(w) for w in (old, new) if w.renumbered]
    unknown = [w for w in (old, new) if w.version is None]
    if unknown:
        return [*found, *(said_of(w.law) for w in unknown)]
    if old.version is new.version:
        found.append("La même rédaction est connue aux deux dates.")
    elif old.version and new.version and old.version.text == new.version.text:
        found.append("Les deux rédactions ont le même texte, mot pour mot.")
    return [*found, *_between(old, new)]


def _between(old: _Wording, new: _Wording) -> list[str]:
    """Other wordings and acts known between the two days, which a comparison of the two does not show."""
    first, second = sorted((old.law.day, new.law.day))
    others = {v for v in new.provision.versions if first < v.start <= second} - {old.version, new.version}
    acts = dict.fromkeys(c.name for c in changes_of(new.provision.id) if first < c.day <= second)
    found = [f"D'autres rédactions ({len(others)}) sont connues entre ces dates."] if others else []
    return [*found, f"Entre ces dates : {', '.join(acts)}."] if acts else found


def _renumbered(wording: _Wording) -> str:
    change = wording.renumbered
    assert change is not None
    return (
        f"Le {french_date(change.day)}, {french_number(change.old)} est devenu {french_number(change.new)} "
        f"(rapprochés par leurs mots, communs à {percent(change.similarity)})."
    )


def percent(share: float) -> str:
    """
    >>> percent(0.658)
    '66\xa0%'
    """
    return f"{round(100 * share)}\N{NO-BREAK SPACE}%"


def _out(wording: _Wording) -> WordingOut:
    provision, version, law = wording.provision, wording.version, wording.law
    return WordingOut(
        asked=law.day,
        id=provision.id,
        citation=cite(provision.code, provision.number),
        standing=law.standing.value,
        ordinal=version.ordinal if version else None,
        state=state_of(law),
        valid_from=version.start if version else None,
        valid_to=version.end if version else None,
        candidates=[present_candidate(c) for c in law.candidates],
        warnings=warnings_of(law),
        url=f"{provision_url(provision.id)}?date={law.day.isoformat()}",
    )
