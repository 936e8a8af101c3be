"""The parameters that narrow and sort an answer, the same for the API and for the page of results."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field
from pydantic.config import JsonDict

from kb.errors import InvalidDate, InvalidIdentifier
from kb.facet_values import NumberKind, is_period
from kb.model import DocumentKind
from kb.taxonomy import load_themes
from kb.validity import Standing
from service.base import Service
from service.facet_filter import Facet, Order, Refinement, Sort, natural_order, texts_of
from service.reference_lookup import checked_code

_MOST = 100
_LONGEST = 200
_SHOWN = 80
_THEME: JsonDict = {"enum": list(load_themes())}
_PERIOD: JsonDict = {"pattern": r"^[0-9]{3}[05]-[0-9]{3}[49]$"}

Text = Annotated[str, Field(max_length=_LONGEST)]


class RefinementParameters(BaseModel):
    """What to keep of the answers: within a parameter any of its values, all parameters together. Scores stay."""

    in_code: list[Text] = Field(
        [], max_length=_MOST, description="Garder les dispositions de ces codes ou textes (répétable)"
    )
    theme: list[Annotated[Text, Field(json_schema_extra=_THEME)]] = Field(
        [], max_length=_MOST, description="Garder celles de ces thèmes de /v1/taxonomy (répétable)"
    )
    state: list[Standing] = Field(
        [],
        max_length=_MOST,
        description="Garder celles qui sont dans cet état à la date du droit (répétable)",
    )
    kind: list[NumberKind] = Field(
        [], max_length=_MOST, description="Garder celles dont le numéro porte cette lettre (répétable)"
    )
    source: list[DocumentKind] = Field(
        [],
        max_length=_MOST,
        description="Garder celles dont parle cette sorte de documents ; code : le texte officiel est dans la base",
    )
    period: list[Annotated[Text, Field(json_schema_extra=_PERIOD)]] = Field(
        [],
        max_length=_MOST,
        description="Garder celles dont la rédaction est connue depuis ces cinq ans : 2015-2019 (répétable)",
    )
    sort: Sort = Field(Sort.SCORE, description="Ordre : note, numéro (par code), ou date de la rédaction")
    order: Order | None = Field(None, description="Sens ; par défaut desc, et asc pour les numéros")

    def refinement(self, service: Service) -> Refinement:
        """The same, checked. Raises InvalidIdentifier or InvalidDate."""
        values = {
            Facet.CODE: [_checked_text(service, name) for name in self.in_code],
            Facet.THEME: [_checked_theme(name) for name in self.theme],
            Facet.STATE: [state.value for state in self.state],
            Facet.KIND: [kind.value for kind in self.kind],
            Facet.SOURCE: [source.value for source in self.source],
            Facet.PERIOD: [_checked_period(text) for text in self.period],
        }
        chosen = {facet: tuple(dict.fromkeys(names)) for facet, names in values.items() if names}
        return Refinement(chosen, self.sort, self.order or natural_order(self.sort))


def _checked_text(service: Service, name: str) -> str:
    return name if name in texts_of(service.articles) else checked_code(name)


def _checked_theme(name: str) -> str:
    if name not in load_themes():
        raise InvalidIdentifier(
            f"« {name[:_SHOWN]} » n'est pas un thème connu.",
            hint="La liste des thèmes : /v1/taxonomy, ou la page /themes.",
        )
    return name


def _checked_period(text: str) -> str:
    if not is_period(text):
        raise InvalidDate(
            f"« {text[:_SHOWN]} » n'est pas une période.",
            hint="Cinq années, à partir d'un multiple de cinq : 2015-2019, 2020-2024…",
        )
    return text
