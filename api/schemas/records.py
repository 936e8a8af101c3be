"""What the API answers about our own records."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.answers import LinkOut, Paging
from api.schemas.strict_model import Model
from kb.records import Actor, Record
from kb.records.common import Basis


class RecordSummary(Model):
    """Une fiche, en bref."""

    id: str
    kind: str = Field(description="disposition, reponse, decision, plan ou terme")
    title: str
    title_en: str
    questions: list[int] = Field(description="Questions du questionnaire où la réponse en parle")
    checked: date | None
    checked_against: str
    url: str


class RecordList(Paging):
    """Des fiches, par genre puis par identifiant."""

    results: list[RecordSummary]


class RecordStatement(Model):
    """Une phrase d'une fiche, et sur quoi elle repose."""

    text: str
    basis: Basis = Field(
        description="texte, réponse, décision, pratique, ou connaissance générale, à vérifier"
    )
    reference: str | None = Field(description="L'article ou la décision, s'il n'est pas celui de la fiche")
    place: str | None = Field(description="La subdivision de l'article")


class RecordSection(Model):
    """Une partie du texte d'une fiche."""

    passage: str
    heading: str = Field(description="Vide si la fiche est d'un seul tenant")
    place: str = Field(description="Sous-question à laquelle elle répond, pour la fiche d'une réponse")
    text: str
    start: int = Field(description="Où « text » commence dans le passage, en caractères")
    anchor: str
    statements: list[RecordStatement] = Field(description="Ses phrases, une à une, avec leur fondement")


class RecordDetail(RecordSummary):
    """Une fiche : son texte, ce qu'elle dit en champs, ses liens."""

    document: str
    provision_url: str | None = Field(
        description="La page de la disposition, pour la fiche d'une disposition"
    )
    source_url: str | None = Field(description="La source, quand son adresse est sûre")
    sections: list[RecordSection]
    fields: Record = Field(description="Ce que dit l'en-tête de la fiche, selon son genre")
    actors: list[Actor] = Field(
        description="Qui agit, à quelle étape, et sur quoi cela repose ; les juridictions viennent d'une table"
    )
    cites: list[LinkOut] = Field(description="Ce que citent son texte et ses champs")
    related: list[RecordSummary] = Field(description="Les fiches qu'elle nomme")
    named_by: list[RecordSummary] = Field(
        description="Les fiches qui la nomment ou qui citent sa disposition"
    )
