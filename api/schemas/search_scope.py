"""What a search covered, as the API says it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.strict_model import Model
from kb.model import DocumentKind


class MissingText(Model):
    """Un code cité par les textes de la base, mais absent d'elle."""

    id: str
    title: str
    citations: int = Field(description="Nombre de citations relevées dans la base")


class CoveredSource(Model):
    """Une sorte de sources qui a été cherchée."""

    kind: DocumentKind = Field(description="Sorte de documents")
    documents: int = Field(description="Nombre de documents de cette sorte")
    first_day: date | None = Field(description="Date du plus ancien, quand il en porte une")
    last_day: date | None = Field(description="Date du plus récent")


class Coverage(Model):
    """Ce qui a été cherché, et ce qui ne pouvait pas l'être."""

    generation: str
    documents: int = Field(description="Nombre de documents de la base")
    sources: list[CoveredSource] = Field(description="Les documents cherchés, par sorte, et leurs dates")
    codes: list[str] = Field(description="Codes cherchés")
    as_of: date = Field(description="Date du droit demandée")
    last_observed: date | None = Field(description="Dernière observation d'un code")
    codes_without_version: list[str] = Field(description="Codes sans rédaction connue à cette date")
    missing: list[MissingText] = Field(description="Codes les plus cités qui ne sont pas dans la base")
    notices: list[str] = Field(description="Les lacunes, en français")
