"""What the files of statistics may say: pydantic models of the descriptors, the labels, the checks and the CSV rows.

An entry that is unknown, missing or of the wrong type makes the file unreadable.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kb.statistics import DIMENSIONS, Label, Masked, Number, Outcome, Qualifier

_COLUMNS = ("year", "period", "measure", *DIMENSIONS, "value", "suppressed", "qualifier", "question", "place")
COLUMNS = (*_COLUMNS, "source_line")
REQUIRED = {"year", "measure", "value", "suppressed", "question", "place", "source_line"}
Relation = Literal["egal", "recouvrement", "part", "hausse", "quotient", "centaine"]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Labelled(_Entry):
    label: Text
    label_en: Text

    def named(self) -> Label:
        """Both names."""
        return Label(self.label, self.label_en)


class MeasureEntry(_Labelled):
    """A measure of a descriptor."""

    unit: Text


class FamilyFile(_Entry):
    """The descriptor beside each CSV file."""

    title: Text
    title_en: Text
    producer: Text
    scope: Text
    definition: Text
    caveats: list[Text]
    document: Identifier
    columns: list[Literal[COLUMNS]]  # type: ignore[valid-type]
    measures: Annotated[dict[Identifier, MeasureEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := REQUIRED - set(self.columns):
            raise ValueError(f"columns: {', '.join(sorted(missing))}")
        return self


class DimensionEntry(_Labelled):
    """A dimension and the names of its values."""

    values: dict[str, _Labelled]


def _empty(value: object) -> object:
    return None if value == "" else value


def _number(value: object) -> object:
    """As printed: whole, or with decimals."""
    if not isinstance(value, str) or not value:
        return None if value == "" else value
    return float(value) if "." in value else int(value)


class FigureRow(_Entry):
    """One line of a CSV file. A value, or the reason why there is none; a year, or a period."""

    measure: Text
    year: Annotated[Annotated[int, Field(ge=1990, le=2100)] | None, BeforeValidator(_empty)]
    period: str = ""
    value: Annotated[Annotated[Number, Field(ge=0)] | None, BeforeValidator(_number)]
    suppressed: Annotated[Masked | None, BeforeValidator(_empty)]
    qualifier: Annotated[Qualifier | None, BeforeValidator(_empty)] = None
    question: Annotated[int, Field(ge=1)]
    place: Text
    source_line: Annotated[int, Field(ge=1)]
    form: str = ""
    sex: str = ""
    age: str = ""
    nationality: str = ""
    offence: str = ""
    permit: str = ""
    operation: str = ""
    location: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.value is None) is (self.suppressed is None):
            raise ValueError("value, suppressed")
        if self.year is None and not self.period:
            raise ValueError("year, period")
        return self

    def dimensions(self) -> dict[str, str]:
        """The dimensions that it has."""
        return {name: value for name in DIMENSIONS if (value := getattr(self, name))}


Selector = dict[str, int | str | list[str]]


class CheckEntry(_Entry):
    """A comparison of the file of checks: `gauche` with the sum of `droite`, divided by `sur` or `diviseur`."""

    id: Identifier
    titre: Text
    relation: Relation
    annees: list[int] = []
    issue: Outcome = Outcome.EXACT
    issues: dict[int, Outcome] = {}
    gauche: Selector
    droite: Selector
    sur: Selector | None = None
    diviseur: int | None = None
    explication: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if {self.issue, *self.issues.values()} != {Outcome.EXACT} and not self.explication:
            raise ValueError("explication")
        return self

    def announced(self, year: int | None) -> Outcome:
        """What the comparison is known to give."""
        return self.issue if year is None else self.issues.get(year, self.issue)


class DoubtEntry(_Entry):
    """An anomaly of the file of checks."""

    id: Identifier
    titre: Text
    lignes: Annotated[list[int], Field(min_length=1)]
    mesures: Annotated[list[str], Field(min_length=1)]
    explication: Text


class GapEntry(_Entry):
    """A lack of the file of checks."""

    lignes: Annotated[list[int], Field(min_length=2, max_length=2)]
    place: Text
    mesures: list[str]
    texte: Text


class ChecksFile(_Entry):
    """The file of checks."""

    rapprochements: list[CheckEntry]
    anomalies: list[DoubtEntry]
    manques: list[GapEntry]
