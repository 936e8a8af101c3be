"""Suggestions while typing, as the API answers them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from api.schemas.answers import TextSpan
from api.schemas.strict_model import Model


class SuggestionKind(StrEnum):
    """Ce qu'une suggestion désigne."""

    PROVISION = "disposition"
    CODE = "code"
    THEME = "theme"
    RECORD = "fiche"
    QUESTION = "question"
    QUERY = "requete"


class SuggestionOut(Model):
    """Ce que l'on est peut-être en train d'écrire. Un numéro suggéré existe dans la base à la date donnée."""

    kind: SuggestionKind
    label: str = Field(description="Ce qu'il faut montrer, en texte brut", examples=["CESEDA, art. L. 425-1"])
    detail: str = Field(
        description="De quoi il s'agit : titre de la fiche, intitulé, famille ; peut être vide"
    )
    state: str | None = Field(description="État d'une disposition à la date ; null pour les autres sortes")
    value: str = Field(description="Les mots à mettre dans la recherche")
    url: str = Field(description="La page de la suggestion ; pour une requête, celle de ses résultats")
    span: TextSpan = Field(description="Les caractères de « query » que la suggestion remplace")


class SuggestionResponse(Model):
    """Les suggestions, la plus proche d'abord."""

    query: str
    as_of: date
    took: float = Field(description="Millisecondes")
    total: int
    results: list[SuggestionOut]
