"""What the API answers about figures."""

from __future__ import annotations

from pydantic import Field

from api.schemas.strict_model import Model


class ValueOut(Model):
    """Une valeur d'un filtre, et son nom."""

    id: str
    label: str
    label_en: str


class FigureOut(Model):
    """Un chiffre de la source, ou la raison pour laquelle il manque."""

    measure: str
    label: str
    unit: str
    year: int | None = Field(description="Absente quand la source ne donne pas d'année")
    period: ValueOut | None
    dimensions: dict[str, ValueOut] = Field(
        description="Forme, sexe, âge, nationalité… quand le chiffre en dépend"
    )
    value: int | float | None = Field(description="Absente quand le chiffre est masqué : jamais zéro")
    suppressed: bool = Field(description="Masqué par la source (secret statistique, non disponible)")
    reason: str = Field(description="secret, indisponible, secret-ou-indisponible, ou rien")
    qualifier: str = Field(description="provisoire, environ, plus-de, presque, ou rien")
    document: str
    question: int
    place: str = Field(description="Partie de la question, telle que 42.13")
    source_line: int = Field(description="Ligne du texte de la source, comptée à partir de 1")
    answer_url: str | None = Field(
        description="La réponse où le chiffre est imprimé, ou notre fiche d'elle si la base n'a pas la réponse"
    )


class MeasureOut(Model):
    """Une mesure : ce qui est compté, par qui, et sous quelles réserves."""

    id: str
    label: str
    label_en: str
    unit: str
    family: str
    family_title: str
    producer: str
    scope: str
    definition: str
    caveats: list[str]
    figures: int = Field(description="Nombre de chiffres, masqués compris, dans cette réponse")
    suppressed: int = Field(description="dont masqués")
    years: list[int]
    dimensions: list[str]
    url: str


class TotalOut(Model):
    """Une somme ; `suppressed` cellules masquées n'y sont pas : elle n'est alors connue qu'au moins."""

    known: int | float | None
    suppressed: int


class CheckOut(Model):
    """Deux chiffres de la source, comparés."""

    id: str
    title: str
    relation: str
    year: int | None
    printed: TotalOut
    computed: TotalOut
    outcome: str = Field(description="exact, compatible (des cellules masquées peuvent combler), ecart")
    explanation: str


class AnomalyNote(Model):
    """Ce qui est faux ou douteux dans les chiffres de la source."""

    id: str
    title: str
    source_lines: list[int]
    explanation: str


class GapOut(Model):
    """Ce qui était demandé et que le texte de la source ne donne pas."""

    place: str
    source_lines: list[int]
    text: str


class StatisticsResponse(Model):
    """Les chiffres demandés, avec de quoi les lire."""

    filters: dict[str, list[str]] = Field(description="Les filtres, tels que compris")
    page: int
    page_size: int
    total: int
    suppressed: int = Field(description="Nombre de chiffres masqués parmi le total")
    previous_page: str | None
    next_page: str | None
    measures: list[MeasureOut]
    results: list[FigureOut]
    checks: list[CheckOut]
    anomalies: list[AnomalyNote]
    gaps: list[GapOut]
    csv_url: str = Field(description="Les mêmes chiffres, tous, en CSV")
