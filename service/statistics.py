"""The figures of the sources: what they count, and those that checked filters select."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.errors import InvalidInput
from kb.memo import remembered
from kb.statistics import DIMENSIONS, Figure, Statistics
from kb.store import Database, FigureReader
from kb.text.phrases import phrase_key

FRENCH = {
    "family": "famille", "measure": "mesure", "year": "année", "question": "question", "form": "forme d'exploitation",
    "sex": "sexe", "age": "âge", "nationality": "nationalité", "offence": "infraction", "permit": "titre de séjour",
    "operation": "opération", "location": "lieu d'exploitation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureSelection:
    """Checked filters and the figures that they select."""

    filters: dict[str, list[str]]
    figures: tuple[Figure, ...]
    statistics: Statistics


@remembered()
def statistics_of(database: Database) -> tuple[Statistics, tuple[Figure, ...]]:
    """Read once for an open base."""
    reader = FigureReader(database)
    return reader.statistics(), reader.figures({})


def select_figures(database: Database, filters: Mapping[str, Sequence[str]]) -> FigureSelection:
    """The figures that these filters select. Raises InvalidInput, with the known values, for an unknown one."""
    statistics, figures = statistics_of(database)
    values_by_name = {
        name: [_checked(name, value, statistics, figures) for value in values]
        for name, values in filters.items()
    }
    wanted: dict[str, list[str | int]] = {
        name: [int(v) if name in ("year", "question") else v for v in values]
        for name, values in values_by_name.items()
    }
    return FigureSelection(
        values_by_name, FigureReader(database).figures(wanted) if wanted else figures, statistics
    )


def known_values(name: str, statistics: Statistics, figures: Sequence[Figure]) -> dict[str, str]:
    """The values that a filter takes, each with its French name."""
    if name in DIMENSIONS:
        return {value: label.fr for value, label in statistics.labels.get(name, {}).items()}
    if name == "family":
        return {family.id: family.title.fr for family in statistics.families}
    if name == "measure":
        return {m.id: m.label.fr for family in statistics.families for m in family.measures}
    numbers = {f.year if name == "year" else f.question for f in figures}
    return {str(value): str(value) for value in sorted(v for v in numbers if v is not None)}


def _checked(name: str, value: str, statistics: Statistics, figures: Sequence[Figure]) -> str:
    """The value itself, or the one whose French name it is, whatever the case and the accents."""
    known = known_values(name, statistics, figures)
    names = {phrase_key(label): name for name, label in known.items()} | {
        name.lower(): name for name in known
    }
    match = names.get(value.strip().lower()) or names.get(phrase_key(value))
    if match is None:
        raise InvalidInput(
            f"{name} : « {value[:100]} » n'est pas une valeur connue ({FRENCH[name]}).",
            hint=f"Valeurs possibles : {', '.join(known) or 'aucune, la base ne tient pas de statistiques'}.",
        )
    return match
