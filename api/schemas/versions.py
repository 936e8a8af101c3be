"""What is known of a provision in time: wordings that may have applied, periods and gaps."""

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


class PeriodOut(Model):
    """Ce que l'on sait d'une disposition sur [start, end) ; null pour ce qui n'a pas de début, ou pas encore de fin."""

    start: date | None
    end: date | None
    standing: str
    gap: bool = Field(description="true quand rien ne dit quelle rédaction valait")
    label: str
    message: str
    version: int | None = Field(description="Le rang de la rédaction qui vaut, s'il y en a une de sûre")
    candidates: list[int] = Field(description="Les rangs de celles qui ont pu valoir")
    act: str | None
    url: str


class TimelineOut(Model):
    """Les périodes d'une disposition, de la plus ancienne à la plus récente, sans trou entre elles."""

    id: str
    citation: str
    periods: list[PeriodOut]
