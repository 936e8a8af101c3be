"""Two wordings of a provision side by side, through a change of number when there was one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kb.checking.milder import Weighing
from kb.concordance import Renumbering, former, renumbering
from kb.errors import UnknownVersion
from kb.french_citation import cite, french_number
from kb.ids import parse_id, provision_id
from kb.lives import life_on, successors, turn_between
from kb.model import Provision, Version
from kb.reforms import changes_of
from kb.text.diff import Edit, edits
from kb.text.french_dates import french_date
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import said_of
from service.base import Service
from service.milder import weighing_of

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WordingOfDay:
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two wordings side by side. `edits` is empty when the wording of a day is not known; `notes` are what must be
    known of the comparison, in French; `weighing` is that of two penal laws."""

    provision: Provision
    first: WordingOfDay
    second: WordingOfDay
    edits: tuple[Edit, ...]
    notes: tuple[str, ...]
    weighing: Weighing | None = None

    @property
    def identical(self) -> bool:
        """Whether both wordings are known, and the same word for word."""
        first, second = self.first.version, self.second.version
        return first is not None and second is not None and first.text == second.text

    def words(self, kind: str) -> int:
        """How many words were `removed`, or `added`."""
        return sum(len(_WORD.findall(edit.text)) for edit in self.edits if edit.kind == kind)


def compare_days(service: Service, provision: Provision, first: date, second: date) -> Comparison:
    """The wordings of two days, word by word; no word of a day whose wording is not known.

    Raises UnknownVersion when a day has none, or when the number named two different articles.
    """
    new = _wording(service, provision, second)
    old = _former_wording(service, provision, first, second) or _wording(service, provision, first)
    changes = edits(old.version.text, new.version.text) if old.version and new.version else ()
    weighing = weighing_of(service, (old.provision, old.version), (new.provision, new.version))
    return Comparison(provision, old, new, tuple(changes), tuple(_notes(old, new)), weighing)


def default_days(provision: Provision) -> tuple[date, date] | None:
    """The days of the last two wordings of the article that bears the number; None when there are not two of them."""
    life = life_on(provision.id, provision.versions, date.max)
    days = sorted({v.start for v in life})
    return (days[-2], days[-1]) if len(days) > 1 else None


def former_day(service: Service, provision: Provision) -> date | None:
    """The day of the last wording under the number that a provision had before a recodification."""
    change = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, change.old)) if change else None
    days = [v.start for v in old.versions if change and v.start < change.day] if old else []
    return max(days, default=None)


def _wording(service: Service, provision: Provision, day: date) -> WordingOfDay:
    law_here = law_on(provision.versions, day)
    if law_here.wording or law_here.candidates:
        return WordingOfDay(provision, law_here)
    for renumbered, number in _other_numbers(provision, day):
        other = service.reader.provision(provision_id(provision.code, number))
        law = law_on(other.versions, day) if other else None
        if other and law and (law.wording or law.candidates):
            return WordingOfDay(other, law, renumbered)
    raise UnknownVersion(
        f"Aucune rédaction de « {cite(provision.code, provision.number)} » n'est connue au {french_date(day)}.",
        hint=f"{said_of(law_here)} {_known(provision)}",
    )


def _former_wording(service: Service, provision: Provision, first: date, second: date) -> WordingOfDay | None:
    """The article of the second day as it was on the first, under its number of then, when this one named another."""
    turn = turn_between(provision.id, first, second)
    if turn is None:
        return None
    before = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, before.old)) if before else None
    law = law_on(old.versions, first) if old else None
    if before and old and law and (law.wording or law.candidates):
        return WordingOfDay(old, law, before)
    citation = cite(provision.code, provision.number)
    raise UnknownVersion(
        f"« {citation} » désigne depuis le {french_date(turn.day)} un autre article qu'au {french_date(first)} : "
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
    numbers = [(before, before.old)] if before and day < before.day else []
    return [*numbers, (after, after.new)] if after else numbers


def _known(provision: Provision) -> str:
    if not provision.versions:
        return "Son texte officiel n'est pas dans la base."
    first, last = min(v.start for v in provision.versions), max(provision.versions, key=lambda v: v.start)
    until = f", jusqu'au {french_date(last.end)} au plus tard" if last.end else ""
    return f"Ses rédactions sont connues à partir du {french_date(first)}{until}."


def _notes(old: WordingOfDay, new: WordingOfDay) -> list[str]:
    """What must be known of the comparison; it never says more than what is known of the days between."""
    notes = [_renumbered(w) for w in (old, new) if w.renumbered]
    unknown = [w for w in (old, new) if w.version is None]
    if unknown:
        return [*notes, *(said_of(w.law) for w in unknown)]
    if old.version is new.version:
        notes.append("La même rédaction est connue aux deux dates.")
    elif old.version and new.version and old.version.text == new.version.text:
        notes.append("Les deux rédactions ont le même texte, mot pour mot.")
    return [*notes, *_between(old, new)]


def _between(old: WordingOfDay, new: WordingOfDay) -> list[str]:
    """Other wordings and acts known between the two days, which a comparison of the two does not show."""
    first, second = sorted((old.law.day, new.law.day))
    others = {v for v in new.provision.versions if first < v.start <= second} - {old.version, new.version}
    acts = dict.fromkeys(c.name for c in changes_of(new.provision.id) if first < c.day <= second)
    notes = [f"D'autres rédactions ({len(others)}) sont connues entre ces dates."] if others else []
    return [*notes, f"Entre ces dates : {', '.join(acts)}."] if acts else notes


def _renumbered(wording: WordingOfDay) -> str:
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
