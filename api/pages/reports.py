"""The pages of the next report: a questionnaire is given, its questions are recognised, each is answered in a draft."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.addresses import dossier_url, draft_question_url, place_in_dossier, sketch_url
from api.http.dependencies import ServiceDep, day_of
from api.http.dossier_dependencies import DeskDep, DossierDep, FormDeskDep
from api.http.forms import FormDep, field
from api.http.problems import problem_of
from api.pages.dossier_refusals import refused
from api.pages.rendering import page
from api.presenters.proposals import present_proposals
from api.presenters.questionnaires import present_questionnaire
from api.presenters.report_drafts import draft_questions
from api.schemas.reports import DraftIn, QuestionnaireOut
from kb.errors import InvalidQuestionnaire, RenvoiError
from kb.questionnaire import unnumbered
from service.dossier_edits import name_of
from service.proposals import MAX_PARTS, MAX_QUESTION, QuestionToAnswer, propose
from service.questionnaires import MAX_CHARACTERS, MAX_FILE, from_file, from_text
from service.report_drafts import Choice, begin, keep, proposals
from workplace.dossiers.drafting import section, short
from workplace.dossiers.limits import MAX_TITLE
from workplace.dossiers.model import Dossier, ItemKind

router = APIRouter()
Answer = HTMLResponse | RedirectResponse

# Paragraphs that were not recognised shown on the page, which is bounded; the API gives them all.
_MOST_OTHERS = 100
# A character of a form has at most four bytes.
_MAX_FIELD = 4 * MAX_CHARACTERS


@router.get("/rapport")
def form(request: Request) -> HTMLResponse:
    """The empty form."""
    return _report(request, "", None)


@router.post("/rapport")
async def recognised(request: Request) -> HTMLResponse:
    """What was recognised; a text or a file that cannot be read comes back with the reason, and what was pasted."""
    async with request.form(max_files=1, max_fields=4, max_part_size=_MAX_FIELD) as posted:
        text, file = field(posted, "text"), posted.get("file")
        try:
            if isinstance(file, UploadFile) and file.filename:
                questionnaire = await _from_file(file)
            else:
                questionnaire = present_questionnaire(await run_in_threadpool(from_text, text))
        except RenvoiError as error:
            return _report(request, text[:MAX_CHARACTERS], None, error)
    return _report(request, text, questionnaire)


async def _from_file(file: UploadFile) -> QuestionnaireOut:
    data = await file.read(MAX_FILE + 1)
    return present_questionnaire(await run_in_threadpool(from_file, data, file.filename or ""))


def _report(
    request: Request, text: str, questionnaire: QuestionnaireOut | None, error: RenvoiError | None = None
) -> HTMLResponse:
    questions = questionnaire.questions if questionnaire else []
    problem = problem_of(error, request.url.path) if error else None
    context = {
        "text": text,
        "found": questionnaire,
        "problem": problem,
        "limit": MAX_CHARACTERS,
        "title_limit": MAX_TITLE,
        "most": _MOST_OTHERS,
        "draft": json.dumps(DraftIn.of("", questionnaire)["questions"], ensure_ascii=False)
        if questionnaire
        else "",
        "addresses": [sketch_url(q.text, [p.text for p in q.parts]) for q in questions],
        "above": [[], *(q.heading for q in questions)],
    }
    return page(request, "report.html", context, problem.status if problem else 200)


@router.get("/rapport/question")
def sketch(
    request: Request,
    service: ServiceDep,
    q: str,
    p: Annotated[list[str] | None, Query()] = None,
    depuis: str = "",
) -> HTMLResponse:
    """What may answer one question, without any draft."""
    parts = [part[:MAX_QUESTION] for part in (p or [])[:MAX_PARTS]]
    since = day_of(depuis) if depuis else None
    proposed = propose(service, QuestionToAnswer(q, tuple(parts), since=since))
    context = {
        "title": short(unnumbered(q)),
        "wording": [q, *parts],
        "found": present_proposals(proposed),
        "dossier": None,
        "action": "/rapport/question",
        "hidden": [("q", q), *(("p", part) for part in parts)],
    }
    return page(request, "report_question.html", context)


@router.post("/rapport/brouillon", response_model=None)
def start(request: Request, desk: FormDeskDep, form: FormDep) -> Answer:
    """A draft of the questions that were recognised."""
    title = field(form, "title")
    try:
        wanted = _draft(title, field(form, "draft"))
        dossier = begin(desk, wanted.title, wanted.note, draft_questions(wanted))
        return RedirectResponse(dossier_url(dossier.id), 303)
    except RenvoiError as error:
        return refused(request, error, "/rapport", {"Titre": title})


def _draft(title: str, questions: str) -> DraftIn:
    """What the page of the questions sends back. Raises InvalidQuestionnaire."""
    try:
        return DraftIn.model_validate_json(json.dumps({"title": title, "questions": json.loads(questions)}))
    except (ValidationError, ValueError, RecursionError) as error:
        raise InvalidQuestionnaire(
            "Le titre manque ou est trop long, ou les questions ne sont plus lisibles.",
            hint="Revenez au questionnaire, et donnez un titre au rapport.",
        ) from error


@router.get("/dossiers/{dossier}/questions/{item}")
def question(
    request: Request, desk: DeskDep, dossier: DossierDep, item: str, depuis: str = ""
) -> HTMLResponse:
    """One question of a draft, what is kept for it, and what may be."""
    current = desk.get(dossier)
    head, proposed = proposals(desk, dossier, item, day_of(depuis) if depuis else None)
    address = draft_question_url(dossier, item)
    context = {
        "title": head.title.partition(" – ")[0],
        "wording": [line for line in head.note.split("\n") if line.strip()],
        "found": present_proposals(proposed),
        "item": head,
        "dossier": {"url": dossier_url(dossier), "title": current.content.title},
        "kept": [name_of(one) for one in section(current.content, item)[1]],
        "action": address,
        "hidden": [],
        **_around(current, item),
        "api_url": f"/v1{address}",
    }
    return page(request, "report_question.html", context)


@router.post("/dossiers/{dossier}/questions/{item}", response_model=None)
def keep_chosen(request: Request, desk: FormDeskDep, dossier: DossierDep, item: str, form: FormDep) -> Answer:
    """What was ticked, at the end of the question."""
    values = [value for value in form.getlist("keep") if isinstance(value, str)]
    try:
        keep(desk, dossier, item, [_choice(value) for value in values])
    except RenvoiError as error:
        return refused(request, error, draft_question_url(dossier, item), {})
    return RedirectResponse(place_in_dossier(dossier, item), 303)


def _choice(value: str) -> Choice:
    kind, _, name = value.partition(":")
    return Choice(kind, name[:MAX_QUESTION])


def _around(dossier: Dossier, item: str) -> dict[str, str]:
    """The addresses of the questions before and after."""
    names = [i.id for i in dossier.content.items if i.kind is ItemKind.QUESTION]
    rank = names.index(item)
    before, after = names[rank - 1 : rank] if rank else [], names[rank + 1 : rank + 2]
    return {
        "previous": draft_question_url(dossier.id, before[0]) if before else "",
        "next": draft_question_url(dossier.id, after[0]) if after else "",
    }
