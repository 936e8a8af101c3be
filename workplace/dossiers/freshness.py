"""What became of a wording since it was kept: the same, changed, renumbered, repealed, gone, or not yet in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.concordance import Renumbering, renumbering
from kb.errors import InvalidIdentifier
from kb.french_citation import cite_id
from kb.ids import parse_id
from kb.model import Passage, Provision, Version
from kb.text.characters import printable
from kb.text.diff import Edit, edits
from kb.text.french_dates import french_date
from kb.validity import LawOfDay, Standing, law_on
from kb.wording.validity import said_of, since
from workplace.dossiers.model import Source


class Freshness(StrEnum):
    """How a wording stands against the base of the day."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    REPEALED = "repealed"
    MISSING = "missing"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    UNCERTAIN = "uncertain"


LABELS = {
    Freshness.UNCHANGED: "inchangé",
    Freshness.CHANGED: "modifié",
    Freshness.RENUMBERED: "renuméroté",
    Freshness.REPEALED: "abrogé",
    Freshness.MISSING: "absent de la base",
    Freshness.NOT_YET_IN_FORCE: "pas encore en vigueur",
    Freshness.UNCERTAIN: "à vérifier",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The freshness, why in French, and the comparison where there is another wording to compare with.

    `successor` is the provision or passage that took its place; `day` is when it became so, where the base knows it.
    """

    freshness: Freshness
    message: str
    edits: tuple[Edit, ...] = ()
    successor: str | None = None
    day: date | None = None


def needed(sources: Iterable[Source], today: date) -> set[str]:
    """The provisions to be read from the base for these: themselves, and those that took their number's place."""
    identifiers: set[str] = set()
    for source in sources:
        identifiers.add(source.id)
        moved = _renumbering(source, today)
        if moved is not None:
            identifiers.add(_successor(source, moved))
    return identifiers


def provision_verdict(source: Source, known: Mapping[str, Provision], today: date) -> Verdict:
    """Of a provision, among those that `needed` named."""
    provision = known.get(source.id)
    law = law_on(provision.versions if provision else (), today)
    moved = _renumbering(source, today)
    if moved is not None and not _took_the_number_anew(source, law):
        return _renumbered(source, moved, known, today)
    if provision is None:
        return Verdict(Freshness.MISSING, "La base d'aujourd'hui n'a pas cette disposition.")
    past = law_on(provision.versions, source.day) if source.day < source.kept else None
    if past is not None and any(_same(source.text, v.text) for v in _current(past)):
        return _of_its_day(source, law)
    return _in_its_place(source, provision, law)


def passage_verdict(source: Source, passage: Passage | None, others: Iterable[Passage]) -> Verdict:
    """Of a passage; `others` are those of its document, asked only when it is not there as it was."""
    if passage is not None and _same(source.text, passage.text):
        return Verdict(Freshness.UNCHANGED, "Le document de la base a le même texte.")
    for other in others:
        if _same(source.text, other.text):
            message = f"Le même texte se trouve maintenant à la place « {other.place} » du document."
            return Verdict(Freshness.RENUMBERED, message, successor=other.id)
    if passage is None:
        return Verdict(Freshness.MISSING, "La base d'aujourd'hui n'a plus ce passage.")
    return Verdict(
        Freshness.CHANGED, "Le document de la base a un autre texte.", edits(source.text, passage.text)
    )


_FRESHNESS = {
    Standing.NOT_YET: Freshness.NOT_YET_IN_FORCE,
    Standing.REPEALED: Freshness.REPEALED,
    Standing.ABSENT: Freshness.REPEALED,
    Standing.WITHOUT_TEXT: Freshness.MISSING,
    Standing.UNKNOWN: Freshness.UNCERTAIN,
    Standing.UNDETERMINED: Freshness.UNCERTAIN,
}


def _in_its_place(source: Source, provision: Provision, law: LawOfDay[Version]) -> Verdict:
    """Against what is known of the day."""
    current = law.shown
    if law.standing in _FRESHNESS or current is None:
        day = _turn(law)
        changes = _edits(source.text, current.text) if current and law.text_holder else ()
        return Verdict(_FRESHNESS.get(law.standing, Freshness.MISSING), said_of(law), changes, day=day)
    if any(_same(source.text, v.text) for v in _current(law)):
        return Verdict(Freshness.UNCHANGED, f"Même texte, observé le {french_date(current.last_seen)}.")
    message = f"La rédaction d'aujourd'hui vaut {since(current)}."
    if not any(_same(source.text, v.text) for v in provision.versions):
        message += " Celle qui est gardée n'est dans aucune version de la base."
    return Verdict(Freshness.CHANGED, message, edits(source.text, current.text), day=current.start)


def _of_its_day(source: Source, law: LawOfDay[Version]) -> Verdict:
    """A text chosen at a past day, which still is that of its day; what it became since is told apart."""
    message = f"Même texte que celui du {french_date(source.day)}, le jour choisi."
    if any(_same(source.text, v.text) for v in _current(law)):
        return Verdict(Freshness.UNCHANGED, message)
    message += " Ce n'est plus la rédaction d'aujourd'hui."
    changes = edits(source.text, law.shown.text) if law.text_holder and law.shown else ()
    return Verdict(Freshness.UNCHANGED, message, changes)


def _current(law: LawOfDay[Version]) -> tuple[Version, ...]:
    """The wording of the day, or those that may be it."""
    return (law.wording,) if law.wording else law.candidates


def _turn(law: LawOfDay[Version]) -> date | None:
    """When it became so, where that is known."""
    if law.nearest is None:
        return None
    return law.nearest.start if law.standing is Standing.NOT_YET else law.nearest.end


def _renumbered(source: Source, moved: Renumbering, known: Mapping[str, Provision], today: date) -> Verdict:
    successor = _successor(source, moved)
    provision = known.get(successor)
    law = law_on(provision.versions if provision else (), today)
    version = law.shown
    message = f"Devenu {cite_id(successor)} le {french_date(moved.day)}, d'après leurs rédactions."
    if version is None:
        message += " Son texte n'est pas dans la base."
        return Verdict(Freshness.RENUMBERED, message, (), successor, moved.day)
    if law.wording is None:
        message += " Ce dernier n'est pas en vigueur aujourd'hui."
    return Verdict(Freshness.RENUMBERED, message, _edits(source.text, version.text), successor, moved.day)


def _renumbering(source: Source, today: date) -> Renumbering | None:
    """What became of its number by a recodification, unless the wording is of after it."""
    try:
        identifier = parse_id(source.id)
    except InvalidIdentifier:
        return None
    change = renumbering(identifier.text, identifier.number or "", today)
    return change if change is None or source.start is None or source.start < change.day else None


def _took_the_number_anew(source: Source, law: LawOfDay[Version]) -> bool:
    """Whether a wording of unknown date is that of the article that has the number today."""
    return source.start is None and any(_same(source.text, v.text) for v in _current(law))


def _successor(source: Source, moved: Renumbering) -> str:
    return f"{parse_id(source.id).text}/{moved.new}"


def _edits(text: str, other: str) -> tuple[Edit, ...]:
    return () if _same(text, other) else edits(text, other)


def _same(one: str, other: str) -> bool:
    return printable(one).split() == printable(other).split()
