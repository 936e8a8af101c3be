"""What may be asked of the figures: filters, checked against the values that the base knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pydantic import Field

from api.http.dependencies import LAST_RANK, Parameters, check_page
from kb.errors import InvalidInput
from kb.statistics import DIMENSIONS, Figure, Statistics
from kb.store import Database, FigureReader
from kb.text.phrases import phrase_key

MAX_FIGURES = 1_000
_COLUMNS = ("family", "measure", "year", "question", *DIMENSIONS)
FRENCH = {
    "family": "famille", "measure": "mesure", "year": "année", "question": "question", "form": "forme d'exploitation",
    "sex": "sexe", "age": "âge", "nationality": "nationalité", "offence": "infraction", "permit": "titre de séjour",
    "operation": "opération", "location": "lieu d'exploitation",
}  # fmt: skip
_MAX_VALUES = 100


class Format(StrEnum):
    """In what the answer is written."""

    JSON = "json"
    CSV = "csv"


def _filter(description: str, example: str) -> list[str]:
    field: list[str] = Field(
        [], max_length=_MAX_VALUES, description=f"{description} (répétable)", examples=[[example]]
    )
    return field


class StatisticsParameters(Parameters):
    """Figures, by what they count and how it is broken down."""

    family: list[str] = _filter("Famille : un producteur, une manière de compter", "procedures")
    measure: list[str] = _filter("Mesure", "victimes-enregistrees")
    year: list[str] = _filter("Année", "2023")
    question: list[str] = _filter("Question du questionnaire", "42")
    form: list[str] = _filter("Forme d'exploitation", "exploitation-sexuelle")
    sex: list[str] = _filter("Sexe", "femmes")
    age: list[str] = _filter("Âge", "mineurs")
    nationality: list[str] = _filter("Nationalité : code ISO 3166-1, ou nom", "FR")
    offence: list[str] = _filter("Infraction", "traite")
    permit: list[str] = _filter("Titre de séjour", "carte-temporaire")
    operation: list[str] = _filter("Création, renouvellement, émission…", "creation")
    location: list[str] = _filter("Lieu d'exploitation", "france-seulement")
    page: int = Field(0, ge=0, le=LAST_RANK, description="La première est 0")
    page_size: int = Field(100, ge=1, le=MAX_FIGURES)
    format: Format = Field(Format.JSON, description="json, ou csv (tous les chiffres, sans pages)")

    def filters(self) -> dict[str, list[str]]:
        """The filters given, as given."""
        return {column: values for column in _COLUMNS if (values := getattr(self, column))}


@dataclass(frozen=True, slots=True)
class Asked:
    """Checked filters and the figures that they select."""

    filters: dict[str, list[str]]
    figures: tuple[Figure, ...]
    statistics: Statistics


@lru_cache(maxsize=4)  # by database, and what an open base holds never changes
def statistics_of(database: Database) -> tuple[Statistics, tuple[Figure, ...]]:
    """Read once for an open base."""
    reader = FigureReader(database)
    return reader.statistics(), reader.figures({})


def ask(database: Database, given: Mapping[str, Sequence[str]]) -> Asked:
    """The figures that these filters select. Raises InvalidInput, with the known values, for an unknown one."""
    statistics, figures = statistics_of(database)
    filters = {
        name: [_checked(name, value, statistics, figures) for value in values]
        for name, values in given.items()
    }
    wanted: dict[str, list[str | int]] = {
        name: [int(v) if name in ("year", "question") else v for v in values]
        for name, values in filters.items()
    }
    return Asked(filters, FigureReader(database).figures(wanted) if wanted else figures, statistics)


def known_values(name: str, statistics: Statistics, figures: Sequence[Figure]) -> dict[str, str]:
    """The values that a filter takes, each with its French name."""
    if name in DIMENSIONS:
        return {value: label.fr for value, label in statistics.labels.get(name, {}).items()}
    if name == "family":
        return {family.id: family.title.fr for family in statistics.families}
    if name == "measure":
        return {m.id: m.label.fr for family in statistics.families for m in family.measures}
    found = {f.year if name == "year" else f.question for f in figures}
    return {str(value): str(value) for value in sorted(v for v in found if v is not None)}


def _checked(name: str, value: str, statistics: Statistics, figures: Sequence[Figure]) -> str:
    """The value itself, or the one whose French name it is, whatever the case and the accents."""
    known = known_values(name, statistics, figures)
    names = {phrase_key(known[found]): found for found in known} | {found.lower(): found for found in known}
    found = names.get(value.strip().lower()) or names.get(phrase_key(value))
    if found is None:
        raise InvalidInput(
            f"{name} : « {value[:100]} » n'est pas une valeur connue ({FRENCH[name]}).",
            hint=f"Valeurs possibles : {', '.join(known) or 'aucune, la base ne tient pas de statistiques'}.",
        )
    return found


def page_of(asked: Asked, page: int, page_size: int) -> tuple[Figure, ...]:
    """One page of the figures. Raises PageTooFar."""
    check_page(page, page_size)
    return asked.figures[page * page_size : (page + 1) * page_size]
