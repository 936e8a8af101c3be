"""What the API answers to someone who reads a provision: comparisons, and who cites it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.answers import LinkList
from api.schemas.strict_model import Model
from api.schemas.versions import CandidateOut


class WordingOut(Model):
    """La rédaction qui vaut à une date."""

    asked: date
    id: str = Field(
        description="Une autre disposition que celle demandée, si elle a changé de numéro entre-temps"
    )
    citation: str
    standing: str = Field(description="Ce que l'on sait de cette disposition à cette date, en un mot")
    ordinal: int | None = Field(description="null quand on ne sait pas quelle rédaction valait")
    state: str
    valid_from: date | None
    valid_to: date | None
    candidates: list[CandidateOut] = Field(description="Les rédactions qui ont pu valoir à cette date")
    warnings: list[str]
    url: str


class EditOut(Model):
    """Une suite de mots : `same` dans les deux, `removed` dans la première seule, `added` dans la seconde seule."""

    kind: str
    text: str


class MilderOut(Model):
    """La loi de la seconde date, à côté de celle de la première, pour des faits commis à la première."""

    verdict: str = Field(description="identique, plus douce, plus sévère ou à apprécier")
    reason: str
    rule: str
    basis: str = Field(description="La disposition qui le veut")


class ComparisonOut(Model):
    """Deux rédactions comparées mot à mot."""

    id: str
    citation: str
    first: WordingOut
    second: WordingOut
    identical: bool
    message: str = Field(description="Ce qu'il faut savoir de la comparaison, en français")
    milder: MilderOut | None = Field(description="Pour une disposition pénale seulement")
    removed_words: int
    added_words: int
    edits: list[EditOut] = Field(
        description="Sans `added` : la première rédaction ; sans `removed` : la seconde"
    )


class CitingGroup(Model):
    """Combien de sources d'une sorte citent une disposition."""

    kind: str = Field(description="Sorte de document")
    code: str | None = Field(description="Le code, pour les articles")
    label: str
    sources: int = Field(description="Articles, réponses, fiches ou documents différents")
    links: int


class CitedByList(LinkList):
    """Ce qui cite une disposition : les comptes par sorte de source, puis les renvois."""

    groups: list[CitingGroup]


class NodeOut(Model):
    """Un voisin d'une disposition."""

    label: str
    kind: str = Field(description="Sorte de document, ou « theme »")
    url: str | None = Field(description="null si la base n'en a pas de page")


class NeighbourhoodOut(Model):
    """Ce qui entoure une disposition : une douzaine de voisins au plus de chaque côté, toutes sortes mêlées."""

    id: str
    citation: str
    cited_by: list[NodeOut]
    cited_by_total: int = Field(description="Sources différentes")
    cites: list[NodeOut]
    cites_total: int
    themes: list[NodeOut]
