"""A wording that may have applied, with how its bounds are known."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.strict_model import Model

BOUND = "Comment ce jour est connu : source, reform, ou unknown (le changement a pu venir avant)"


class CandidateOut(Model):
    """Une rédaction qui a pu valoir au jour demandé, sans que l'on sache si c'est elle."""

    ordinal: int
    text: str
    valid_from: date
    valid_from_bound: str = Field(description=BOUND)
    valid_to: date | None
    valid_to_bound: str | None = Field(description=BOUND)
    last_seen: date = Field(description="Dernier jour où l'on sait qu'elle valait")
    act: str | None = Field(description="L'acte qui a fait cette rédaction, s'il est connu")
    source: str = Field(description="Le document de la base qui la donne")
