"""The wordings of a provision as a line of time, newest first, each with the way to see what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.addresses import comparison_url, provision_url
from kb.concordance import former, origin, renumbering
from kb.french_citation import cite, french_number
from kb.ids import parse_id, provision_id
from kb.lives import life_on, lives, successors, turns_of
from kb.model import Provision, Version
from kb.text.french_dates import french_date
from service.base import Service
from service.comparison import former_day, percent


@dataclass(frozen=True, slots=True)
class Step:
    """One wording, or the number that the provision had before: `compare_url` sets it beside the one before."""

    state: str
    start: date
    first_seen: date
    last_seen: date
    concurrent: int
    url: str
    current: bool
    compare_url: str = ""
    number: str = ""


def timeline(service: Service, provision: Provision, current: int | None, day: date) -> tuple[Step, ...]:
    """The wordings of the article that the number names on a day, newest first, then those under its former number."""
    parts, life = (
        lives(provision.id, provision.versions),
        life_on(provision.id, provision.versions, day),
    )
    latest = not parts or life == parts[-1]
    ordered = sorted(life, key=lambda v: (v.start, v.ordinal))
    before: date | None = former_day(service, provision) if latest else None
    steps = []
    for version in ordered:
        compare = (
            comparison_url(provision.id, before, version.start) if before and before < version.start else ""
        )
        steps.append(_step(provision, version, version.ordinal == current, compare))
        before = version.start
    return (*reversed(steps), *(_former(service, provision) if latest else ()))


def number_notice(provision: Provision, day: date) -> str:
    """That the number names, or named, another article; empty when it always named the same one."""
    parts = lives(provision.id, provision.versions)
    if len(parts) < 2:
        return ""
    turn = turns_of(provision.id)[-1].day
    if life_on(provision.id, provision.versions, day) == parts[-1]:
        return f"Avant le {french_date(turn)}, ce numéro désignait un autre article."
    numbers = ", ".join(french_number(number) for number in successors(provision.id, turn))
    where = f" ; celui-ci est repris à : {numbers}" if numbers else ""
    return f"Le {french_date(turn)}, ce numéro a été donné à un autre article{where}."


@dataclass(frozen=True, slots=True)
class Successor:
    """The article that took the place of a renumbered one, and how alike their words are."""

    day: date
    citation: str
    url: str
    percent: str
    compare_url: str


def successor_of(service: Service, provision: Provision) -> Successor | None:
    """What a provision without any wording left became in a recodification; None when that is not known."""
    change = renumbering(provision.code, parse_id(provision.id).number or "")
    if change is None or not provision.versions or any(v.end is None for v in provision.versions):
        return None
    new = service.reader.provision(provision_id(provision.code, change.new))
    if new is None or not new.versions:
        return None
    days = max(v.start for v in provision.versions), max(v.start for v in new.versions)
    return Successor(
        change.day,
        cite(new.code, new.number),
        provision_url(new.id),
        percent(change.similarity),
        comparison_url(provision.id, *days),
    )


def _step(provision: Provision, version: Version, current: bool, compare: str, number: str = "") -> Step:
    return Step(
        version.state.value,
        version.start,
        version.first_seen,
        version.last_seen,
        version.concurrent,
        f"{provision_url(provision.id)}?date={version.start.isoformat()}",
        current,
        compare,
        number,
    )


def _former(service: Service, provision: Provision) -> list[Step]:
    """The wordings under the number of before a recodification, newest first; those of which it is a part, if so."""
    number = parse_id(provision.id).number or ""
    whole = former(provision.code, number)
    change = whole or origin(provision.code, number)
    old = service.reader.provision(provision_id(provision.code, change.old)) if change else None
    if change is None or old is None:
        return []
    number_written = french_number(change.old) if whole else f"{french_number(change.old)} en partie"
    wordings = sorted((v for v in old.versions if v.start < change.day), key=lambda v: v.start, reverse=True)
    return [_step(old, v, False, "", number_written) for v in wordings]
