"""The record of one decision: facts, question, solution, why it matters."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from kb.records.common import Bounds, Day, Places, RecordBase, Targets, Term, Title
from kb.records.links import COURTS, RecordId, RecordIds


class DecisionRecord(RecordBase):
    """La fiche d'une décision : faits, question, solution, portée."""

    BODY: ClassVar[Bounds] = Bounds(60, 400)
    SECTIONS: ClassVar[tuple[str, ...]] = ("Faits", "Question", "Solution", "Portée")

    id: RecordId
    kind: Literal["decision"] = "decision"
    court: Title = Field(description="Juridiction", examples=["Cour de cassation"])
    chamber: Title | None = Field(None, description="Chambre ou formation")
    number: Term | None = Field(None, description="Numéro de pourvoi ou de rôle", examples=["23-85.798"])
    date: Day | None = Field(description="Jour de la décision ; null s'il n'est pas connu")
    period: Term | None = Field(None, description="À défaut du jour : le mois ou l'année, en toutes lettres")
    ecli: Term | None = None
    lines: Places = Field((), description="Lignes du texte brut de la réponse qui en parlent")
    applies: Targets = Field((), description="Dispositions appliquées ou interprétées")
    related: RecordIds = ()

    @model_validator(mode="after")
    def _identified(self) -> Self:
        family = self.id.partition("/")[0]
        if family not in (*COURTS, "decision"):
            raise ValueError(f"« {self.id} » n'est pas l'identifiant d'une décision, tel que cass/23-85.798")
        number = (self.number or "").replace("/", "-").replace(" ", "-")
        if family in COURTS and self.id != f"{family}/{number}":
            raise ValueError("« number » n'est pas celui de l'identifiant")
        if self.number is None and self.ecli is not None:
            raise ValueError("un ECLI sans numéro ne se vérifie pas")
        if (self.date is None) == (self.period is None):
            raise ValueError("une décision a un jour (« date ») ou, à défaut, une période (« period »)")
        return self

    @property
    def cited(self) -> tuple[str, ...]:
        """What it applies."""
        return self.applies

    @property
    def linked(self) -> tuple[str, ...]:
        """The records it names."""
        return self.related
