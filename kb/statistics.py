"""The figures of a source: what was counted, by whom, where it is printed, and what it hides.

A figure that the source masks has no value and says why: it is never a zero. A sum over masked figures is therefore
known at least, not exactly (`Total`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.ids import DocumentId

Number = int | float
DIMENSIONS = ("form", "sex", "age", "nationality", "offence", "permit", "operation", "location")
"""By what figures are broken down; a figure has those of its family, and any other is empty."""


class Masked(StrEnum):
    """Why a figure has no value."""

    SECRET = "secret"
    UNAVAILABLE = "indisponible"
    EITHER = "secret-ou-indisponible"
    """The source prints one sign for both."""


class Qualifier(StrEnum):
    """What the source says of a value's exactness."""

    PROVISIONAL = "provisoire"
    ABOUT = "environ"
    MORE_THAN = "plus-de"
    NEARLY = "presque"


class Outcome(StrEnum):
    """What became of a check of two figures against each other."""

    EXACT = "exact"
    COMPATIBLE = "compatible"
    """Masked figures leave room for both to be right."""
    DISCREPANCY = "ecart"


@dataclass(frozen=True, slots=True)
class Label:
    """A name in French and in English."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed cell or one number of a sentence.

    `value` is None when `masked` says why. `year` is None when the source gives no year; `period` then, or where a year
    is too coarse, is one of the family's periods. `line` is the line of the raw source on which the value stands,
    counted from 1; `place` the part of the questionnaire ("42.13").
    """

    family: str
    measure: str
    year: int | None
    value: Number | None
    masked: Masked | None
    question: int
    place: str
    line: int
    period: str = ""
    qualifier: Qualifier | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, and in what unit."""

    id: str
    label: Label
    unit: str


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that one producer counted in one way: one file of the starter records."""

    id: str
    title: Label
    producer: str
    scope: str
    definition: str
    caveats: tuple[str, ...]
    document: DocumentId
    dimensions: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: of the values that are known, with the number of masked figures that it leaves out.

    >>> Total.of([Total(3), Total(None, 1)])
    Total(known=3, masked=1)
    """

    known: Number | None
    masked: int = 0

    @classmethod
    def of(cls, parts: Iterable[Total]) -> Total:
        """The sum of sums; None when nothing at all is known."""
        known: Number | None = None
        masked = 0
        for part in parts:
            known = part.known if known is None else known + (part.known or 0)
            masked += part.masked
        return cls(known, masked)

    @classmethod
    def over(cls, figures: Iterable[Figure]) -> Total:
        """The sum of these figures."""
        return cls.of(Total(figure.value, int(figure.value is None)) for figure in figures)


@dataclass(frozen=True, slots=True)
class Check:
    """Two figures of the source compared: `left` as printed, `right` as computed from others."""

    id: str
    title: str
    relation: str
    year: int | None
    left: Total
    right: Total
    outcome: Outcome
    explanation: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong or doubtful in the source's figures; `lines` of the raw source show it."""

    id: str
    title: str
    lines: tuple[int, ...]
    measures: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Figures that were asked for and that the source's text does not hold."""

    place: str
    lines: tuple[int, ...]
    measures: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures of the base but the figures themselves: what they mean and what is wrong with them.

    `labels` names the values of each dimension and of the periods; `names` the dimensions.
    """

    families: tuple[Family, ...] = ()
    names: Mapping[str, Label] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def family_of(self, measure: str) -> Family:
        """The family that counts it."""
        return next(f for f in self.families if any(m.id == measure for m in f.measures))
