"""What the API takes and answers about dossiers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from api.http.dependencies import iso_date
from api.schemas.reading import EditOut
from api.schemas.strict_model import Model
from workplace.dossiers.limits import MAX_ITEMS, MAX_NOTE, MAX_TITLE, MAX_WORDING
from workplace.dossiers.model import ItemKind

_Title = Annotated[str, Field(min_length=1, max_length=MAX_TITLE)]
_Note = Annotated[str, Field(max_length=MAX_NOTE)]


class NewDossier(Model):
    """Un dossier à créer."""

    title: _Title = Field(description="Son titre", examples=["Rapport au GRETA, cinquième cycle"])
    note: _Note = Field("", description="Ce qu'il faut en savoir")


class DossierPatch(Model):
    """Ce qui change d'un dossier ; ce qui n'est pas donné reste."""

    title: _Title | None = None
    note: _Note | None = None
    order: list[str] | None = Field(
        None, max_length=MAX_ITEMS, description="Les identifiants de tous ses éléments, dans le nouvel ordre"
    )


class NewItem(Model):
    """Un élément à ajouter : une disposition, un passage, une note ou un titre de rubrique."""

    provision: str | None = Field(
        None, description="Une disposition, dans toute graphie", examples=["code-penal/225-4-1"]
    )
    passage: str | None = Field(None, description="L'identifiant d'un passage")
    title: _Title | None = Field(None, description="Un titre de rubrique")
    note: _Note = Field("", description="L'annotation ; seule, c'est une note libre")
    as_of: Annotated[date | None, BeforeValidator(iso_date)] = Field(
        None, description="Droit applicable à cette date ; aujourd'hui par défaut"
    )
    place: int | None = Field(
        None, ge=0, le=MAX_ITEMS, description="Sa place, à partir de 0 ; à la fin par défaut"
    )


class QuotationIn(Model):
    """La partie citée d'un texte : ses mots, ou sa place en caractères."""

    words: Annotated[str, Field(max_length=MAX_NOTE)] | None = Field(
        None, description="Cherchés dans le texte gardé"
    )
    start: int | None = Field(None, ge=0, le=MAX_WORDING)
    end: int | None = Field(None, ge=0, le=MAX_WORDING)


class ItemPatch(Model):
    """Ce qui change d'un élément ; ce qui n'est pas donné reste."""

    note: _Note | None = None
    title: _Title | None = Field(None, description="D'un titre de rubrique")
    quotation: QuotationIn | None = Field(None, description="Sans mots ni place : tout le texte est cité")
    place: int | None = Field(None, ge=0, le=MAX_ITEMS)
    renew: bool = Field(False, description="Garder la rédaction du jour à la place de celle qui l'est")


class NewShare(Model):
    """Un lien de partage à créer."""

    label: Annotated[str, Field(max_length=MAX_TITLE)] = Field("", description="Pour qui il est")


class DossierSummary(Model):
    """Un dossier dans une liste."""

    id: str
    version: int
    title: str
    items: int = Field(description="Nombre d'éléments")
    created: datetime
    changed: datetime
    deleted: datetime | None = Field(description="S'il est supprimé, et peut encore être rétabli")
    url: str


class DossierList(Model):
    """Les dossiers d'un compte, le dernier modifié d'abord."""

    total: int
    results: list[DossierSummary]
    deleted: list[DossierSummary] = Field(description="Supprimés depuis moins de 30 jours")


class SourceOut(Model):
    """Une disposition ou un passage tel qu'il a été gardé."""

    id: str
    citation: str
    text: str = Field(description="La rédaction gardée, qui ne change pas")
    document: str
    document_title: str
    heading: list[str]
    as_of: date = Field(description="Date du droit demandée")
    kept: date = Field(description="Jour où il a été gardé")
    generation: str = Field(description="Base d'où il vient")
    valid_from: date | None
    valid_to: date | None
    last_seen: date | None
    warnings: list[str]
    url: str


class KeptQuotationOut(Model):
    """La partie citée, et sa place en caractères dans le texte gardé."""

    start: int
    end: int
    text: str


class FreshnessOut(Model):
    """Ce qu'un texte gardé est devenu dans la base d'aujourd'hui."""

    status: str = Field(description="unchanged, changed, renumbered, repealed, missing, not_yet_in_force")
    label: str
    message: str
    successor: str | None = Field(description="Ce qui a pris sa place")
    edits: list[EditOut] = Field(description="De la rédaction gardée à celle du jour, mot à mot")


class ItemOut(Model):
    """Un élément d'un dossier."""

    id: str
    kind: ItemKind
    title: str
    note: str
    source: SourceOut | None
    quotation: KeptQuotationOut | None = Field(description="null : tout le texte est cité")
    freshness: FreshnessOut | None


class DossierContent(Model):
    """Un dossier, à une de ses versions."""

    id: str
    version: int
    title: str
    note: str
    created: datetime
    changed: datetime
    deleted: datetime | None
    items: list[ItemOut]
    url: str


class DossierOut(DossierContent):
    """Un dossier, et ce que ses textes sont devenus."""

    as_of: date = Field(description="Jour de la comparaison avec la base")
    generation: str


class RevisionOut(Model):
    """Un état d'un dossier : qui l'a fait, quand, et quoi."""

    version: int
    author: str
    at: datetime
    action: str
    url: str


class History(Model):
    """Les états d'un dossier, le dernier d'abord."""

    id: str
    total: int
    results: list[RevisionOut]


class ShareOut(Model):
    """Un lien de partage."""

    id: str
    label: str
    created: datetime


class NewShareOut(ShareOut):
    """Un lien de partage qui vient d'être créé ; son adresse n'est montrée qu'ici."""

    url: str


class ShareList(Model):
    """Les liens de partage d'un dossier."""

    id: str
    total: int
    results: list[ShareOut]
