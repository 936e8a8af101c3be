"""The wordings of a provision as a line of time, newest first, each with the way to see what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.addresses import comparison_url, provision_url
from api.comparing import former_day
from api.service import Service
from kb.concordance import former
from kb.french_citation import french_number
from kb.ids import parse_id, provision_id
from kb.model import Provision, Version


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


def timeline(service: Service, provision: Provision, shown: int | None) -> tuple[Step, ...]:
    """Every wording, newest first, then the wordings under its former number."""
    ordered = sorted(provision.versions, key=lambda v: (v.start, v.ordinal))
    before: date | None = former_day(service, provision)
    steps = []
    for version in ordered:
        compare = (
            comparison_url(provision.id, before, version.start) if before and before < version.start else ""
        )
        steps.append(_step(provision, version, version.ordinal == shown, compare))
        before = version.start
    return (*reversed(steps), *_former(service, provision))


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
    """The wordings under the number of before a recodification, newest first."""
    found = former(provision.code, parse_id(provision.id).number or "")
    old = service.reader.provision(provision_id(provision.code, found.old)) if found else None
    if found is None or old is None:
        return []
    kept = sorted((v for v in old.versions if v.start < found.day), key=lambda v: v.start, reverse=True)
    return [_step(old, v, False, "", french_number(found.old)) for v in kept]
