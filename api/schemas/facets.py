"""Facets as the API answers them."""

from __future__ import annotations

from pydantic import Field

from api.schemas.strict_model import Model


class FacetValue(Model):
    """Une valeur, et combien de dispositions l'ont."""

    value: str = Field(description="À donner au paramètre de même nom que la facette")
    label: str
    count: int = Field(
        description=(
            "Dispositions qui ont cette valeur parmi les candidates de la question que gardent les autres facettes : "
            "le « total » de la réponse quand cette facette ne garde que cette valeur"
        )
    )
    selected: bool
    url: str = Field(
        description="La même recherche, qui n'en garde que cette valeur ; ou sans elle, si elle est choisie"
    )


class FacetOut(Model):
    """De quoi restreindre une réponse : in_code, theme, state, kind, source ou period."""

    name: str = Field(description="Le nom du paramètre")
    label: str
    values: list[FacetValue]
