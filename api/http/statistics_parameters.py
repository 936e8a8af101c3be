"""What may be asked of the figures: filters, pages, and in what the answer is written."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from api.http.dependencies import LAST_RANK, Parameters
from kb.statistics import DIMENSIONS

MAX_FIGURES = 1_000
_COLUMNS = ("family", "measure", "year", "question", *DIMENSIONS)
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
