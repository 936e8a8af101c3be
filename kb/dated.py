"""Which wording of a provision applies on a day, and what must be said about it."""

from __future__ import annotations

from datetime import date

from kb.model import Provision, State, Version
from kb.text.french_dates import french_date

WITHOUT_TEXT = "SANS_TEXTE"
"""State of a provision of which no wording is in the base."""
STATES = {
    WITHOUT_TEXT: "texte absent de la base",
    State.IN_FORCE: "en vigueur",
    State.DEFERRED: "vigueur différée",
    State.REPEALED: "abrogé",
    State.MODIFIED: "rédaction antérieure",
    State.UNCERTAIN: "rédaction incertaine",
}
_ORDER = {State.IN_FORCE: 0, State.UNCERTAIN: 1}


NO_TEXT = "Le texte officiel n'est pas dans la base : seule une fiche de Renvoi en parle."


def version_on(provision: Provision, day: date) -> Version | None:
    """The wording valid on this day, the likeliest first; without any, the last before it, else the first of all.

    None for a provision whose text is not in the base.
    """
    if not provision.versions:
        return None
    valid = [v for v in provision.versions if is_valid(v, day)]
    if valid:
        return min(valid, key=lambda v: (_ORDER.get(v.state, 2), v.ordinal))
    before = [v for v in provision.versions if v.start <= day]
    return max(before, key=lambda v: v.start) if before else min(provision.versions, key=lambda v: v.start)


def perhaps_since(provision: Provision, day: date) -> Version | None:
    """The wording that follows that of the day, when nothing tells that it had not yet taken its place."""
    version = version_on(provision, day)
    if version is None or version.end is None or not version.last_seen < day < version.end:
        return None
    return next((v for v in provision.versions if v.start == v.first_seen == version.end), None)


def is_valid(version: Version, day: date) -> bool:
    """Whether the day is in `[start, end)`."""
    return version.start <= day and (version.end is None or day < version.end)


def warnings(version: Version | None, day: date) -> list[str]:
    """What a reader must know before relying on this wording on that day, in French."""
    if version is None:
        return [NO_TEXT]
    found = [_outside(version, day)] if not is_valid(version, day) else _inside(version, day)
    if version.concurrent:
        found.append(
            f"La source donne {version.concurrent + 1} rédactions sous ce numéro à la même date : "
            "vérifiez sur Légifrance laquelle s'applique."
        )
    elif version.state is State.UNCERTAIN:
        found.append("La source ne dit pas si cet article s'applique : vérifiez sur Légifrance.")
    return found


def not_seen_since(day: date) -> str:
    """What is said of all that was last observed on a day, and asked for later."""
    return f"Texte observé pour la dernière fois le {french_date(day)} : il a pu changer depuis."


def _outside(version: Version, day: date) -> str:
    if version.start > day:
        future = "Pas encore en vigueur" if version.state is State.DEFERRED else "Aucune rédaction connue"
        return (
            f"{future} au {french_date(day)} : celle-ci est connue à partir du {french_date(version.start)}."
        )
    ended = french_date(version.end) if version.end else ""
    return f"Plus de rédaction connue au {french_date(day)} : celle-ci a pris fin au plus tard le {ended}."


def _inside(version: Version, day: date) -> list[str]:
    if version.state is State.DEFERRED:
        return [f"Vigueur différée : entrée en vigueur le {french_date(version.start)}."]
    if day <= version.last_seen:
        return []
    if version.end is None:
        return [not_seen_since(version.last_seen)]
    return [
        f"Rédaction observée jusqu'au {french_date(version.last_seen)} et remplacée au plus tard le "
        f"{french_date(version.end)} : la date exacte du changement n'est pas connue."
    ]
