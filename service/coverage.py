"""What the base holds of a list of references: the text, our record, only the name, or nothing."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kb.errors import InvalidIdentifier, InvalidInput
from kb.ids import parse_id
from service.base import Service
from service.catalogue import catalogue_of


class Holding(StrEnum):
    """How far the base answers for a reference."""

    TEXT = "texte"
    RECORD = "fiche"
    NAMED = "citée seulement"
    NOTHING = "rien"


@dataclass(frozen=True, slots=True)
class SoughtReference:
    """A reference that is looked up: its identifier, its matter, and ways to write it."""

    id: str
    matter: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceCoverage:
    """What the base holds of one. `lost` are the spellings that do not find it first."""

    sought: SoughtReference
    holding: Holding
    lost: tuple[str, ...]


def read_references(path: Path) -> tuple[SoughtReference, ...]:
    """The references of a TOML file of `[[reference]]` with id, matter and spellings. Raises InvalidInput."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["reference"]
        sought = tuple(SoughtReference(r["id"], r["matter"], tuple(r["spellings"])) for r in rows)
        for one in sought:
            parse_id(one.id)
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        KeyError,
        TypeError,
        InvalidIdentifier,
    ) as error:
        raise InvalidInput(
            f"« {path.name} » n'est pas une liste de références lisible : {error}.",
            hint="Une liste de [[reference]], chacune avec id, matter et spellings.",
        ) from error
    return sought


def cover(service: Service, sought: Iterable[SoughtReference]) -> tuple[ReferenceCoverage, ...]:
    """What the base holds of each, in the order given."""
    every = tuple(sought)
    texts: set[str] = {i for i, p in service.reader.provisions(one.id for one in every).items() if p.versions}
    records = catalogue_of(service.reader).records
    return tuple(_coverage(service, one, texts, records) for one in every)


def counted(coverage: Iterable[ReferenceCoverage]) -> Mapping[Holding, int]:
    """How many of each holding, all four of them."""
    counts = Counter(one.holding for one in coverage)
    return {holding: counts[holding] for holding in Holding}


def _coverage(
    service: Service, one: SoughtReference, texts: set[str], records: Mapping[str, object]
) -> ReferenceCoverage:
    held = one.id in texts or one.id in records
    lost = tuple(s for s in one.spellings if not _finds(service, s, one.id)) if held else ()
    return ReferenceCoverage(one, _holding(service, one.id, texts, records), lost)


def _holding(service: Service, reference: str, texts: set[str], records: Mapping[str, object]) -> Holding:
    if reference in texts:
        return Holding.TEXT
    if reference in records:
        return Holding.RECORD
    return Holding.NAMED if service.reader.count_cited_by(reference) else Holding.NOTHING


def _finds(service: Service, spelling: str, reference: str) -> bool:
    """Whether this way of writing it finds it first: as a provision, or as the decision that it names."""
    references = service.searcher.references(spelling)
    if references.provisions:
        return references.provisions[0][0] == reference
    return any(r.target == reference for r in references.resolutions[:1])
