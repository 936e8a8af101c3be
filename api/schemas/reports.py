"""What the API takes and answers about new questionnaires and about what answers their questions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from api.http.dependencies import WORD_PATTERN, iso_date
from api.schemas.answers import TextSpan
from api.schemas.strict_model import Model
from service.proposals import MAX_PARTS, MAX_QUESTION
from workplace.dossiers.limits import MAX_ITEMS, MAX_NOTE, MAX_TITLE

_Text = Annotated[str, Field(max_length=MAX_QUESTION)]
Day = Annotated[date | None, BeforeValidator(iso_date)]


class QuestionnaireText(Model):
    """Un questionnaire collé."""

    text: str = Field(
        description="Son texte",
        examples=["1. Quelles mesures protègent les victimes ?"],
        json_schema_extra={"minLength": 1, "pattern": r"\S"},
    )


class PartOut(Model):
    """Une sous-question, et sa place dans le texte donné."""

    label: str = Field(description="a, ii… ; vide pour une puce")
    text: str
    spans: list[TextSpan]


class AskedOut(Model):
    """Une question reconnue."""

    rank: int = Field(description="Son rang dans le texte, à partir de 1")
    name: str
    label: str = Field(description="Le numéro que le texte lui donne, ou rien")
    heading: list[str]
    text: str
    spans: list[TextSpan]
    parts: list[PartOut]
    sure: bool = Field(
        description="false : seul son numéro, et aucun de ses mots, dit que c'est une question"
    )


class UnreadOut(Model):
    """Un texte qui n'est ni une question ni un titre : montré, jamais perdu."""

    text: str
    spans: list[TextSpan]


class QuestionnaireOut(Model):
    """Un questionnaire, tel qu'il a été reconnu."""

    total: int
    questions: list[AskedOut]
    headings: list[str]
    others: list[UnreadOut] = Field(description="Ce qui n'a pas été reconnu")
    missing: list[int] = Field(description="Les numéros que la numérotation saute")
    message: str = Field(description="Ce qu'il faut en savoir, ou rien")


class QuestionIn(Model):
    """Une question à laquelle répondre."""

    text: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)] = Field(
        examples=["Quelles mesures protègent les victimes de la traite ?"],
        json_schema_extra={"pattern": WORD_PATTERN},
    )
    parts: list[_Text] = Field([], max_length=MAX_PARTS, description="Ses sous-questions")
    as_of: Day = Field(None, description="Droit applicable à cette date ; aujourd'hui par défaut")
    since: Day = Field(None, description="Date de la réponse reprise, que la réponse ne dit pas toujours")


class CitedSinceOut(Model):
    """Une citation d'un passage repris, et ce qu'elle est devenue depuis la réponse."""

    citation: str = Field(description="Telle que le passage l'écrit")
    reference: str = Field(description="La référence exacte")
    status: str = Field(
        description="unchanged, changed, uncertain, undated, renumbered, repealed, not_yet_in_force, suspicious, "
        "not_covered, unclear"
    )
    label: str
    message: str
    url: str | None
    comparison_url: str | None = Field(description="La comparaison des deux rédactions, si la base les a")


class ProposalOut(Model):
    """Ce qui peut être repris pour répondre : un passage ou une disposition, et pourquoi."""

    kind: str = Field(description="disposition ou passage : ce qu'un dossier en garde")
    id: str
    title: str
    heading: list[str]
    text: str
    cut: bool = Field(description="true : le texte est plus long")
    score: float = Field(description="De 0 à 1")
    reasons: list[str]
    url: str
    warnings: list[str]
    changes: list[CitedSinceOut]


class FigureSeries(Model):
    """Une mesure des statistiques : ce qui est compté, ses totaux, où ils sont imprimés."""

    measure: str
    label: str
    unit: str
    family: str
    values: list[str] = Field(description="Les totaux, année par année, tels que la source les donne")
    figures: int = Field(description="Nombre de chiffres de cette mesure, ventilations comprises")
    score: float
    reasons: list[str]
    passage: str | None = Field(description="Le passage de la réponse où ils sont imprimés")
    url: str
    api_url: str


class FormerOut(Model):
    """La question la plus proche d'une réponse antérieure."""

    document: str
    title: str
    question: int
    place: str = Field(description="La sous-question la plus proche, ou la question elle-même")
    text: str
    score: float
    reason: str
    url: str


class GroupOut(Model):
    """Les propositions d'une sorte, la meilleure d'abord."""

    name: str
    label: str
    results: list[ProposalOut]


class PartProposals(Model):
    """Ce qui répond à une sous-question ; `gap` quand rien n'y répond."""

    text: str
    gap: bool
    message: str
    results: list[ProposalOut]


class Proposals(Model):
    """Ce qui peut répondre à une question."""

    query: str
    as_of: date
    since: date | None
    generation: str
    former: FormerOut | None
    groups: list[GroupOut]
    figures: list[FigureSeries]
    parts: list[PartProposals]
    gap: bool = Field(description="true : rien n'a été trouvé pour la question entière")
    notices: list[str]


class KeptIn(Model):
    """Ce qui est à garder sous une question."""

    passages: list[_Text] = Field([], max_length=50, description="Identifiants de passages")
    provisions: list[_Text] = Field([], max_length=50, description="Dispositions, dans toute graphie")
    gaps: list[_Text] = Field([], max_length=50, description="Ce qui manque, en mots")


class DraftQuestionIn(Model):
    """Une question d'un brouillon."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)] = Field(examples=["Question 1"])
    text: Annotated[str, Field(min_length=1, max_length=MAX_NOTE)] = Field(examples=["Quelles mesures ?"])
    parts: list[Annotated[str, Field(max_length=MAX_NOTE)]] = Field([], max_length=MAX_ITEMS)
    heading: list[Annotated[str, Field(max_length=MAX_NOTE)]] = Field([], max_length=10)


class DraftIn(Model):
    """Un brouillon à commencer : un dossier dont chaque question est une rubrique."""

    title: Annotated[str, Field(min_length=1, max_length=MAX_TITLE)] = Field(
        examples=["Cinquième rapport au GRETA"]
    )
    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""
    questions: list[DraftQuestionIn] = Field(min_length=1, max_length=MAX_ITEMS)

    @classmethod
    def of(cls, title: str, questionnaire: QuestionnaireOut) -> dict[str, Any]:
        """The draft of a questionnaire that was recognised, as the page sends it back."""
        return {
            "title": title,
            "questions": [
                {
                    "name": q.name,
                    "text": q.text,
                    "parts": [part.text for part in q.parts],
                    "heading": q.heading,
                }
                for q in questionnaire.questions
            ],
        }
