"""The record of a plan, a strategy or a convention, or of one of its axes or measures."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from kb.records.common import Bounds, Places, RecordBase, Targets, Term, Title
from kb.records.links import RecordId, RecordIds

Year = Annotated[int, Field(ge=1990, le=2100)]


class PlanRecord(RecordBase):
    """La fiche d'un plan, d'une stratégie, d'une convention, ou d'un de ses axes ou mesures."""

    BODY: ClassVar[Bounds] = Bounds(20, 400)

    id: RecordId
    kind: Literal["plan"] = "plan"
    nature: Literal["plan", "stratégie", "convention", "axe", "mesure", "action"]
    parent: RecordId | None = Field(
        None, description="Le plan dont c'est un axe, l'axe dont c'est une mesure"
    )
    number: Term | None = Field(None, description="Numéro de l'axe ou de la mesure")
    owner: Title | None = Field(None, description="Qui le pilote")
    start: Year | None = Field(None, description="Première année")
    end: Year | None = Field(None, description="Dernière année")
    lines: Places = Field((), description="Lignes du texte brut de la réponse qui en parlent")
    applies: Targets = Field((), description="Dispositions que le plan vise")
    related: RecordIds = ()

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if not self.id.startswith("plan/"):
            raise ValueError(f"« {self.id} » n'est pas l'identifiant d'un plan, tel que plan/teh-2024-2027")
        if (self.id.count("/") > 1) != (self.parent is not None):
            raise ValueError("un axe ou une mesure a un « parent », un plan n'en a pas")
        if self.parent is not None and not self.id.startswith(f"{self.parent}/"):
            raise ValueError("l'identifiant d'un axe ou d'une mesure commence par celui de son « parent »")
        if self.start and self.end and self.end < self.start:
            raise ValueError("« end » précède « start »")
        return self

    @property
    def cited(self) -> tuple[str, ...]:
        """What it aims at."""
        return self.applies

    @property
    def linked(self) -> tuple[str, ...]:
        """The records it names, its parent first."""
        return (*((self.parent,) if self.parent else ()), *self.related)
