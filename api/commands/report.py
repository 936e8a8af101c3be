"""`renvoi report`: the questions of a new questionnaire, and what may answer each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.console import day, french_errors, out, print_json
from kb.errors import InvalidInput
from kb.french_citation import cite
from service.settings import Settings

if TYPE_CHECKING:
    from api.schemas.reports import QuestionnaireOut
    from service.proposals import ProposalSet


def report(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Questionnaire : PDF, DOCX ou texte UTF-8.")
    ],
    since: Annotated[str | None, typer.Option(help="Date de la réponse reprise (AAAA-MM-JJ).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
) -> None:
    """Reconnaître les questions d'un nouveau questionnaire, et proposer pour chacune ce qui peut y répondre."""
    from api.presenters.proposals import present_proposals
    from api.presenters.questionnaires import present_questionnaire
    from service.base import open_service
    from service.proposals import MAX_PARTS, MAX_QUESTION, QuestionToAnswer, propose
    from service.questionnaires import from_file

    with french_errors():
        questionnaire = present_questionnaire(from_file(_bytes(file), file.name))
        service = open_service(Settings())
        answers = [
            propose(
                service,
                QuestionToAnswer(
                    q.text[:MAX_QUESTION],
                    tuple(p.text[:MAX_QUESTION] for p in q.parts[:MAX_PARTS]),
                    since=day(since) if since else None,
                ),
            )
            for q in questionnaire.questions
        ]
        if as_json:
            proposals = [present_proposals(answer).model_dump(mode="json") for answer in answers]
            print_json({"questionnaire": questionnaire.model_dump(mode="json"), "proposals": proposals})
            return
        _print(questionnaire, answers)


def _print(questionnaire: QuestionnaireOut, answers: list[ProposalSet]) -> None:
    """One line a question."""
    table = Table("Question", "La plus proche", "Disposition", "Lacunes")
    for question, answer in zip(questionnaire.questions, answers, strict=True):
        former = f"question {answer.former.place}" if answer.former else "aucune"
        best = answer.provisions[0].provision if answer.provisions else None
        first = cite(best.code, best.number) if best else "aucune"
        gaps = (["question"] if answer.gap else []) + [p.text for p in answer.parts if p.gap]
        table.add_row(escape(question.name), former, escape(first), escape(" ; ".join(gaps)))
    out.print(table)
    out.print(
        f"{questionnaire.total} questions reconnues, {len(questionnaire.others)} paragraphes non reconnus."
    )
    if questionnaire.message:
        out.print(escape(questionnaire.message))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Le fichier {file} ne peut pas être lu : {error.strerror}.") from error
