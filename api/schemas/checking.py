"""What the check of a text asks and answers, as pydantic models."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.http.dependencies import iso_date
from api.schemas.answers import TextSpan
from api.schemas.strict_model import Model
from service.check import MAX_TEXT


class CheckRequest(BaseModel):
    """Un texte à vérifier."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        description=f"Le texte, de {MAX_TEXT} caractères au plus",
        examples=["La traite (article 225-4-1 du code pénal)."],
        json_schema_extra={"minLength": 1, "maxLength": MAX_TEXT, "pattern": r"\S"},
    )
    as_of: Annotated[date | None, BeforeValidator(iso_date)] = Field(
        None, description="Droit applicable à cette date ; aujourd'hui par défaut"
    )


class ChangeOut(Model):
    """Des mots de suite d'une citation littérale comparée à l'article."""

    kind: Literal["same", "quoted", "official"] = Field(
        description="`same` : dans les deux ; `quoted` : dans le texte seul ; `official` : dans l'article seul"
    )
    words: str


class QuotationOut(Model):
    """Une citation entre guillemets, comparée à l'article cité à côté d'elle."""

    start: int
    end: int
    provision: str
    agreement: Literal["exact", "different", "absent"] = Field(
        description="Mot pour mot ; avec des différences ; ne se trouve pas dans cet article"
    )
    changes: list[ChangeOut]
    message: str


class FindingOut(Model):
    """Ce que la vérification a à dire d'une citation."""

    kind: Literal["number", "subdivision", "penalty", "quotation", "time", "decision", "identity"] = Field(
        description=(
            "`number` : l'article ; `subdivision` : sa partie ; `penalty` : une peine ou une durée ; `quotation` : "
            "les mots cités ; `time` : le droit d'un autre jour ; `decision` : date, chambre, numéro d'une décision ; "
            "`identity` : ce qui n'a pas pu être vérifié"
        )
    )
    certainty: float = Field(ge=0, le=1, description="Que le texte est faux, de 0 à 1")
    severity: Literal["error", "doubt", "notice"] = Field(
        description="À corriger ; à regarder ; à savoir, sans rien reprocher au texte"
    )
    message: str
    suggestion: str = Field(description="Ce qui est peut-être visé, ou rien")


class MatchOut(Model):
    """Une disposition que la citation désigne, ou a pu vouloir désigner, dans sa rédaction à la date."""

    id: str
    citation: str
    url: str
    excerpt: str
    part: str = Field(description="Le texte de la partie citée (I, 2°, alinéa…), ou rien")
    valid_from: date | None
    valid_to: date | None
    standing: str = Field(description="Ce que l'on sait de cette disposition au jour demandé, en un mot")
    warnings: list[str]


class CheckedCitationOut(Model):
    """Une citation du texte et ce qu'elle est devenue."""

    citation: str = Field(description="Telle qu'elle est écrite")
    start: int
    end: int
    spans: list[TextSpan] = Field(
        description="Ses morceaux, quand un pied de page la coupe ; un seul d'ordinaire"
    )
    normalized: list[str] = Field(description="Ce qu'elle désigne, en forme canonique")
    targets: list[str] = Field(description="Les mêmes, en identifiants")
    inherited: bool = Field(description="Le code n'est pas nommé sur place")
    status: str
    message: str
    matches: list[MatchOut]
    matches_total: int
    meant: list[MatchOut] = Field(description="Ce que le texte a pu vouloir dire (statut `suspicious`)")
    quotations: list[QuotationOut]
    findings: list[FindingOut] = Field(
        description="Les plus graves d'abord ; aucun, avec le statut `resolved` : tout ce qui est dit est vérifié"
    )
    severity: Literal["error", "doubt", "notice"] | None = Field(
        description="Celle du plus grave ; null : aucun"
    )


class CheckResponse(Model):
    """La vérification d'un texte."""

    as_of: date
    generation: str
    total: int = Field(description="Citations relevées")
    unchecked: int = Field(description="Citations relevées mais non vérifiées, au-delà du nombre servi")
    by_status: dict[str, int]
    by_severity: dict[str, int] = Field(description="Citations selon leur constat le plus grave")
    uncompared: list[TextSpan] = Field(description="Mots entre guillemets qui n'ont été comparés à rien")
    results: list[CheckedCitationOut]
