"""What the API answers about the old and new numbers of a recodified code."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.answers import Paging
from api.schemas.strict_model import Model
from kb.concordance import Succession


class CorrespondenceOut(Model):
    """Ce qui d'un ancien article est passé dans un nouveau."""

    old: str = Field(description="Ancien numéro", examples=["L316-1"])
    new: str = Field(description="Nouveau numéro", examples=["L425-1"])
    old_citation: str
    new_citation: str
    succession: Succession = Field(
        description=(
            "renumerotee : tout l'article, seul ; repartie : une partie, le reste étant ailleurs ; reunie : tout "
            "l'article, avec d'autres"
        )
    )
    similarity: float = Field(description="Ce que les deux textes ont en commun, de 0 à 1")
    day: date = Field(description="Le jour du changement")
    given_anew: bool = Field(
        description="L'ancien numéro désigne depuis un autre article, qui n'est pas celui-ci"
    )
    old_url: str | None = Field(description="L'ancien article, la veille ; vide si la base n'a pas ce numéro")
    new_url: str | None


class ConcordanceResponse(Paging):
    """La table de correspondance d'un code, dans l'ordre des anciens numéros."""

    code: str
    day: date | None = Field(description="Le jour où le code a changé de numéros ; vide s'il ne l'a pas fait")
    number: str = Field(description="Le numéro cherché, vide pour tous")
    results: list[CorrespondenceOut]
    csv_url: str
