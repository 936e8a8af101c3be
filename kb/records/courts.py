"""Who prosecutes, investigates and judges what a provision punishes: `courts.toml`, with what each row stands on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from kb.records.provision import Actor, Penalty, ProvisionRecord

DEPARTMENTAL_YEARS = 20
"""The longest imprisonment of the crimes that a departmental criminal court judges (CPP, article 380-16)."""


class Gravity(StrEnum):
    """The class of an offence, by what is incurred: it gives the court."""

    CONTRAVENTION = "contravention"
    DELIT = "délit"
    CRIME = "crime up to 20 years"
    GRAVE_CRIME = "crime beyond"


def actors_of(record: ProvisionRecord) -> tuple[Actor, ...]:
    """Those whom the record names, then those whom the table gives for the penalties that it sets."""
    if not record.penalties:
        return record.actors
    gravities = set(gravities_of(record.penalties))
    return (*record.actors, *(actor for actor in _of_table(record.id, gravities)))


def gravities_of(penalties: Iterable[Penalty]) -> Iterator[Gravity]:
    """The class that each penalty makes of the offence; a fine or an additional penalty alone makes none."""
    for penalty in penalties:
        if penalty.nature.startswith("contravention"):
            yield Gravity.CONTRAVENTION
        elif penalty.nature == "emprisonnement":
            yield Gravity.DELIT
        elif penalty.nature == "réclusion criminelle à perpétuité":
            yield Gravity.GRAVE_CRIME
        elif penalty.nature == "réclusion criminelle":
            beyond = penalty.years is not None and penalty.years > DEPARTMENTAL_YEARS
            yield Gravity.GRAVE_CRIME if beyond else Gravity.CRIME


def _of_table(provision: str, gravities: set[Gravity]) -> Iterator[Actor]:
    for row in _table():
        concerned = "gravity" not in row or gravities & set(row["gravity"])
        if concerned and provision in row.get("provisions", (provision,)):
            yield Actor.model_validate({k: v for k, v in row.items() if k not in ("gravity", "provisions")})


@cache
def _table() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads((files("kb") / "records" / "courts.toml").read_text("utf-8"))["court"])
