"""Two wordings of a provision side by side, through a change of number when there was one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from api.addresses import provision_url
from api.schemas.reading import ComparisonOut, EditOut, WordingOut
from kb.concordance import Renumbering, former, renumbering
from kb.dated import is_valid, version_on, warnings
from kb.errors import UnknownVersion
from kb.french_citation import cite, french_number
from kb.ids import parse_id, provision_id
from kb.model import Provision, Version
from kb.text.diff import edits
from kb.text.french_dates import french_date
from service.base import Service

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Wording:
    """The wording found for a day; `renumbered` when it stands under another number than the one asked for."""

    provision: Provision
    version: Version
    day: date
    renumbered: Renumbering | None = None


def compare_days(service: Service, provision: Provision, first: date, second: date) -> ComparisonOut:
    """The wordings of two days, word by word. Raises UnknownVersion when a day has none."""
    old, new = _wording(service, provision, first), _wording(service, provision, second)
    found = edits(old.version.text, new.version.text)
    same = old.version.text == new.version.text
    return ComparisonOut(
        id=provision.id,
        citation=cite(provision.code, provision.number),
        first=_out(old),
        second=_out(new),
        identical=same,
        message=" ".join(_notes(provision, old, new)),
        removed_words=sum(len(_WORD.findall(e.text)) for e in found if e.kind == "removed"),
        added_words=sum(len(_WORD.findall(e.text)) for e in found if e.kind == "added"),
        edits=[EditOut(kind=e.kind, text=e.text) for e in found],
    )


def default_days(provision: Provision) -> tuple[date, date] | None:
    """The days of the last two wordings; None when there are not two of them at different dates."""
    days = sorted({v.start for v in provision.versions})
    return (days[-2], days[-1]) if len(days) > 1 else None


def former_day(service: Service, provision: Provision) -> date | None:
    """The day of the last wording under the number that a provision had before a recodification."""
    found = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, found.old)) if found else None
    days = [v.start for v in old.versions if found and v.start < found.day] if old else []
    return max(days, default=None)


def _wording(service: Service, provision: Provision, day: date) -> _Wording:
    version = version_on(provision, day)
    if version is not None and is_valid(version, day):
        return _Wording(provision, version, day)
    for renumbered, number in _other_numbers(provision, day):
        other = service.reader.provision(provision_id(provision.code, number))
        found = version_on(other, day) if other else None
        if other and found and is_valid(found, day):
            return _Wording(other, found, day, renumbered)
    raise UnknownVersion(
        f"Aucune rédaction de « {cite(provision.code, provision.number)} » n'est connue au {french_date(day)}.",
        hint=_known(provision),
    )


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


def _notes(provision: Provision, old: _Wording, new: _Wording) -> list[str]:
    found = [_renumbered(w) for w in (old, new) if w.renumbered]
    reused = renumbering(provision.code, parse_id(provision.id).number or "", new.day)
    if reused and not found and old.day < reused.day <= new.day:
        found.append(
            f"Attention : le {french_date(reused.day)}, ce numéro a été donné à un autre article ; celui d'avant est "
            f"devenu {french_number(reused.new)}."
        )
    if old.version is new.version:
        found.append("La même rédaction vaut aux deux dates : rien n'a changé.")
    elif old.version.text == new.version.text:
        found.append("Les deux rédactions ont le même texte, mot pour mot.")
    return found


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
    provision, version = wording.provision, wording.version
    return WordingOut(
        asked=wording.day,
        id=provision.id,
        citation=cite(provision.code, provision.number),
        ordinal=version.ordinal,
        state=version.state.value,
        valid_from=version.start,
        valid_to=version.end,
        warnings=warnings(version, wording.day),
        url=f"{provision_url(provision.id)}?date={wording.day.isoformat()}",
    )
