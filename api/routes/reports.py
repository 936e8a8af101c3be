"""/v1/reports: a new questionnaire, what answers each of its questions, the draft of the report."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, ValidationError

from api.addresses import dossier_url
from api.http.dependencies import No, Parameters, ServiceDep
from api.http.dossier_dependencies import DeskDep, DossierDep, WritingDeskDep
from api.http.dossier_versions import tagged
from api.http.uploads import body_within
from api.presenters.dossiers import present_dossier
from api.presenters.proposals import present_proposals
from api.presenters.questionnaires import present_questionnaire
from api.presenters.report_drafts import draft_questions
from api.routes.dossiers import REFUSALS, ItemDep
from api.schemas.dossiers import DossierOut
from api.schemas.reports import (
    Day,
    DraftIn,
    KeptIn,
    Proposals,
    QuestionIn,
    QuestionnaireOut,
    QuestionnaireText,
)
from kb.errors import InvalidQuestionnaire
from service.proposals import QuestionToAnswer, propose
from service.questionnaires import MAX_FILE, from_file, from_text
from service.report_drafts import Choice, begin, keep, proposals

router = APIRouter(prefix="/v1", tags=["Rapports"])
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {PDF: ".pdf", DOCX: ".docx", "text/plain": ".txt", "text/markdown": ".md"}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": QuestionnaireText.model_json_schema(),
                "example": {"text": "1. Quelles mesures protègent les victimes ?"},
            },
            "text/plain": {"schema": {"type": "string", "minLength": 1}},
            PDF: _BINARY,
            DOCX: _BINARY,
        },
    }
}


class SinceParameters(Parameters):
    """Depuis quand le droit est comparé."""

    since: Day = Field(None, description="Date de la réponse reprise")


@router.post("/reports", summary="Lire un nouveau questionnaire", openapi_extra=_BODY)
async def read(request: Request, _: No) -> QuestionnaireOut:
    """Ses questions, ses sous-questions et ses titres, avec leur place dans le texte ; ce qui n'est pas reconnu aussi.

    En JSON (`text`), ou un fichier PDF, DOCX ou texte, selon l'en-tête Content-Type.
    """
    data = await body_within(request, MAX_FILE)
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in _SUFFIXES:
        questionnaire = await run_in_threadpool(from_file, data, f"questionnaire{_SUFFIXES[media]}")
        return present_questionnaire(questionnaire)
    try:
        body = QuestionnaireText.model_validate_json(data)
    except ValidationError as error:
        raise InvalidQuestionnaire(
            'Le corps de la demande n\'est pas le JSON attendu : {"text": …}.',
            hint=f"Pour un fichier, donnez son type dans Content-Type : {', '.join(_SUFFIXES)}.",
        ) from error
    return present_questionnaire(await run_in_threadpool(from_text, body.text))


@router.post("/reports/proposals", summary="Ce qui peut répondre à une question")
def propose_for(service: ServiceDep, question: QuestionIn, _: No) -> Proposals:
    """La réponse à la question la plus proche d'abord, avec ce que ses citations sont devenues ; puis dispositions,
    décisions, plans, fiches et chiffres, chacun avec sa raison et sa note ; ce qui manque est dit."""
    wanted = QuestionToAnswer(question.text, tuple(question.parts), question.as_of, question.since)
    return present_proposals(propose(service, wanted))


@router.post("/reports/drafts", status_code=201, summary="Commencer un brouillon", responses=REFUSALS)
def start(desk: WritingDeskDep, wanted: DraftIn, response: Response, _: No) -> DossierOut:
    """Un dossier dont chaque question est une rubrique : il se modifie, se partage et s'exporte comme les autres."""
    dossier = begin(desk, wanted.title, wanted.note, draft_questions(wanted))
    response.headers["Location"] = f"/v1{dossier_url(dossier.id)}"
    return tagged(response, present_dossier(desk.judged(dossier)))


@router.get(
    "/dossiers/{dossier}/questions/{item}",
    summary="Ce qui peut répondre à une question d'un brouillon",
    responses=REFUSALS,
)
def proposals_of(
    desk: DeskDep, dossier: DossierDep, item: ItemDep, parameters: Annotated[SinceParameters, Query()]
) -> Proposals:
    """Comme /v1/reports/proposals, pour une question d'un dossier."""
    return present_proposals(proposals(desk, dossier, item, parameters.since)[1])


@router.post(
    "/dossiers/{dossier}/questions/{item}",
    status_code=201,
    summary="Garder des propositions sous une question",
    responses=REFUSALS,
)
def keep_under(
    desk: WritingDeskDep, dossier: DossierDep, item: ItemDep, selection: KeptIn, response: Response, _: No
) -> DossierOut:
    """À la fin de la question. Ne demande pas de version : un ajout n'efface rien."""
    choices = [Choice("passage", name) for name in selection.passages]
    choices += [Choice("disposition", name) for name in selection.provisions]
    choices += [Choice("lacune", text) for text in selection.gaps]
    return tagged(response, present_dossier(desk.judged(keep(desk, dossier, item, choices))))
