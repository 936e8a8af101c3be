"""What the API answers about the plan of a code."""

from __future__ import annotations

from pydantic import Field

from api.schemas.answers import Paging
from api.schemas.strict_model import Model


class SectionLink(Model):
    """Une division du plan : partie, livre, titre, chapitre, section."""

    title: str
    path: str = Field(description="Son adresse dans le code ; vide pour le code lui-même")
    provisions: int = Field(description="Articles, ceux des divisions inférieures compris")
    url: str


class SectionArticle(Model):
    """Un article, à sa place."""

    id: str
    citation: str
    state: str
    title: str = Field(description="Le titre de notre fiche, s'il y en a une")
    opening: str = Field(description="Ses premiers mots")
    url: str


class SectionDetail(Paging):
    """Une division : ce qu'elle contient, et le chemin qui y mène. Les pages sont celles des articles."""

    code: str
    code_title: str
    trail: list[SectionLink] = Field(description="Du code à cette division")
    sections: list[SectionLink]
    inner: list[list[SectionLink]] = Field(description="Les divisions de chacune de « sections »")
    results: list[SectionArticle] = Field(description="Les articles de cette division elle-même")
