"""The record of one provision: plain words, penalties, who acts."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from kb.records.common import (
    OFFICIAL,
    Basis,
    Bounds,
    Day,
    Provisions,
    RecordBase,
    RecordPart,
    Target,
    Title,
    one_provision,
)

Nature = Literal[
    "emprisonnement",
    "réclusion criminelle",
    "réclusion criminelle à perpétuité",
    "amende",
    "contravention de la 5e classe",
    "peine complémentaire",
]
Stage = Literal[
    "prévention",
    "signalement",
    "identification",
    "plainte",
    "contrôle",
    "enquête",
    "poursuites",
    "instruction",
    "jugement",
    "exécution",
    "séjour",
    "asile",
    "assistance",
    "indemnisation",
    "coopération",
]


class Penalty(RecordPart):
    """Une peine que l'article fixe ; `for` dit quand elle s'applique, et manque pour l'infraction simple."""

    nature: Nature
    years: int | None = Field(None, gt=0, description="Durée la plus longue, en années")
    months: int | None = Field(None, gt=0, description="Durée la plus longue, en mois")
    amount: int | None = Field(None, gt=0, description="Amende la plus élevée, en euros")
    case: Title | None = Field(None, alias="for", description="Circonstance, avec nos mots")

    @model_validator(mode="after")
    def _term(self) -> Self:
        if self.nature == "emprisonnement" and (self.years is None) == (self.months is None):
            raise ValueError("une peine d'emprisonnement a une durée, en années ou en mois")
        return self


class Actor(RecordPart):
    """Qui agit, à quelle étape, et ce qu'il fait."""

    stage: Stage
    who: Title
    act: Title
    basis: Basis = Field(description="Sur quoi cela repose")
    reference: Target | None = Field(None, description="L'article, s'il n'est pas celui de la fiche")


class ProvisionRecord(RecordBase):
    """La fiche d'une disposition."""

    TERMS: ClassVar[Bounds] = Bounds(3, 25)
    ENGLISH_TERMS: ClassVar[Bounds] = Bounds(1, 12)
    BODY: ClassVar[Bounds] = Bounds(20, 150)

    kind: Literal["disposition"] = "disposition"
    penalties: Annotated[tuple[Penalty, ...], Field(strict=False)] = ()
    date: Day | None = Field(None, description="Jour de l'acte, du traité ou de la directive, s'il est sûr")
    related: Provisions = Field((), description="Dispositions liées")
    rather: Annotated[str, AfterValidator(one_provision)] | None = Field(
        None,
        description="Disposition liée que la source désigne sans doute, quand ce numéro-ci semble une coquille",
    )
    actors: Annotated[tuple[Actor, ...], Field(strict=False)] = ()

    @field_validator("id")
    @classmethod
    def _provision(cls, value: str) -> str:
        return one_provision(value)

    @model_validator(mode="after")
    def _together(self) -> Self:
        if (self.checked_against == OFFICIAL) != (self.checked is not None):
            raise ValueError("« checked » est une date si, et seulement si, le texte officiel a été lu")
        if self.id in self.related:
            raise ValueError("« related » contient la disposition elle-même")
        if self.rather is not None and (self.rather not in self.related or self.checked is not None):
            raise ValueError("« rather » est l'une de « related », dans une fiche que rien n'a vérifiée")
        return self

    @property
    def provision(self) -> str:
        """Itself."""
        return self.id

    @property
    def linked(self) -> tuple[str, ...]:
        """The records of the provisions it is related to, which bear their identifiers."""
        return self.related
