"""What the API answers about the themes."""

from __future__ import annotations

from pydantic import Field

from api.schemas.strict_model import Model


class ThemeLink(Model):
    """Un thème, là où il est nommé."""

    id: str
    fr: str
    en: str
    url: str


class ThemeOut(ThemeLink):
    """Un thème, avec ses comptes dans cette base."""

    group: str = Field(description="Famille de thèmes")
    group_fr: str
    group_en: str
    note: str
    examples: list[str] = Field(description="Comment on en parle")
    examples_en: list[str]
    provisions: int
    answers: int
    decisions: int


class ThemeItem(Model):
    """Ce à quoi un thème mène : une disposition, une réponse, une décision."""

    id: str
    label: str
    title: str
    url: str | None = Field(description="null si la base n'en a pas de page")


class ThemeDetail(ThemeOut):
    """Un thème et tout ce qui en parle."""

    provision_list: list[ThemeItem]
    answer_list: list[ThemeItem]
    decision_list: list[ThemeItem]
    neighbours: list[ThemeLink] = Field(description="Les autres thèmes de la même famille")
