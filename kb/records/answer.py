"""The record of one answer: what France answers to one question of the questionnaire."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kb.records.common import Bounds, Day, Note, Places, Question, RecordBase, Targets
from kb.records.links import RecordIds

_ID = re.compile(r"reponse/([1-9]\d*)\Z")


def _answer_id(value: str) -> str:
    if not _ID.match(value):
        raise ValueError(f"« {value} » n'est pas l'identifiant d'une réponse, tel que reponse/21")
    return value


class AnswerRecord(RecordBase):
    """Ce que la France répond à une question, sous-question par sous-question."""

    BODY: ClassVar[Bounds] = Bounds(20, 3_000)

    id: Annotated[str, AfterValidator(_answer_id)]
    kind: Literal["reponse"] = "reponse"
    document: str = Field(description="La réponse dont il s'agit", examples=["reponse-france-greta-4"])
    question: Question = Field(description="Numéro de la question")
    lines: Places = Field(description="Lignes du texte brut de la réponse, première et dernière")
    applies: Targets = Field((), description="Dispositions, actes et décisions que la réponse cite")
    related: RecordIds = Field((), description="Autres fiches : plans, décisions, institutions, réponses")
    gaps: Annotated[tuple[Note, ...], Field(strict=False)] = Field(
        (), description="Ce que la réponse ne dit pas"
    )
    checked: Day

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.id != f"reponse/{self.question}":
            raise ValueError(f"« {self.id} » n'est pas la fiche de la question {self.question}")
        if self.question not in self.questions:
            raise ValueError("« questions » contient la question elle-même")
        return self

    @property
    def cited(self) -> tuple[str, ...]:
        """What the answer cites."""
        return self.applies

    @property
    def linked(self) -> tuple[str, ...]:
        """The records it names."""
        return self.related
