"""The record of an institution, an acronym or a notion."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from kb.records.common import Bounds, Places, RecordBase, Targets, Term
from kb.records.links import RecordId, RecordIds


class TermRecord(RecordBase):
    """La fiche d'un terme du glossaire : institution, association, dispositif, instrument ou notion."""

    TERMS: ClassVar[Bounds] = Bounds(1, 25)
    ENGLISH_TERMS: ClassVar[Bounds] = Bounds(1, 12)
    BODY: ClassVar[Bounds] = Bounds(15, 200)

    id: RecordId
    kind: Literal["terme"] = "terme"
    nature: Literal["institution", "association", "dispositif", "instrument", "notion"]
    acronym: Term | None = Field(None, description="Sigle", examples=["OCRTEH"])
    lines: Places = Field((), description="Lignes du texte brut de la réponse qui en parlent")
    applies: Targets = Field((), description="Dispositions qui le fondent")
    related: RecordIds = ()

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.id.startswith("terme/"):
            raise ValueError(f"« {self.id} » n'est pas l'identifiant d'un terme, tel que terme/ocrteh")
        return self

    @property
    def cited(self) -> tuple[str, ...]:
        """What founds it."""
        return self.applies

    @property
    def linked(self) -> tuple[str, ...]:
        """The records it names."""
        return self.related
