"""`renvoi search`: which provisions cover a question."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from api.commands.console import day, err, french_errors, out, print_json
from api.http.filter_parameters import RefinementParameters
from api.presenters.answers import present_answer
from api.presenters.other_days import present_dates, present_other_days
from api.presenters.scores import doubt
from kb.errors import InvalidInput, InvalidQuery, UnreadableSource
from kb.french_citation import cite
from kb.validity import Standing
from kb.wording.validity import warnings_of
from service.base import Service, open_service
from service.facet_filter import Refinement, Sort
from service.reference_lookup import checked_code
from service.search import FoundProvision, Question, SearchAnswer, SearchRequest
from service.search import search as search_provisions
from service.settings import Settings

MAX_RESULTS = 100
EXCERPT = 300

Themes = Annotated[
    list[str] | None, typer.Option("--theme", help="Garder les réponses de ce thème (répétable).")
]
States = Annotated[
    list[Standing] | None, typer.Option("--state", help="Garder celles de cet état à la date (répétable).")
]
Ordering = Annotated[Sort, typer.Option(help="Ordre : score, number (par code) ou date (rédaction).")]


def search(
    question: Annotated[str | None, typer.Argument(help="La question, entre guillemets.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=MAX_RESULTS, help="Nombre de dispositions.")] = 10,
    as_of: Annotated[str | None, typer.Option(help="Droit applicable à cette date (AAAA-MM-JJ).")] = None,
    codes: Annotated[str, typer.Option(help="Seulement ces codes, séparés par des virgules.")] = "",
    themes: Themes = None,
    states: States = None,
    sort: Ordering = Sort.SCORE,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
    queries: Annotated[
        Path | None, typer.Option(help='Fichier de questions, une par ligne : {"q": "…"}.')
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Une ligne JSON par question (avec --queries).")
    ] = False,
) -> None:
    """Chercher les dispositions qui répondent à une question, avec les preuves de chacune.

    Une référence (« art. L. 425-1 du CESEDA ») est trouvée d'abord, par son numéro. Exemples :

    renvoi search "Quelle peine pour la traite en bande organisée ?"

    renvoi search "titre de séjour de la victime" --codes ceseda --as-of 2024-01-01

    renvoi search "confiscation" --theme confiscation --sort number
    """
    with french_errors():
        if (question is None) == (queries is None):
            raise InvalidInput("Donnez une question, ou un fichier de questions avec --queries.")
        codes_wanted = tuple(checked_code(c.strip()) for c in codes.split(",") if c.strip())
        model = Question(question or "", day(as_of) or date.today(), k, codes_wanted)
        parameters = RefinementParameters(theme=themes or [], state=states or [], sort=sort)
        _answer(open_service(Settings()), model, parameters, queries, as_json=as_json)


def _answer(
    service: Service,
    model: Question,
    parameters: RefinementParameters,
    queries: Path | None,
    *,
    as_json: bool,
) -> None:
    """The one question, or each of those of a file, as the model is limited."""
    refinement = parameters.refinement(service)
    if queries is not None:
        _many(service, tuple(_read(queries)), model, refinement)
        return
    _print(search_provisions(service, SearchRequest(model, 0, model.k, refinement)), as_json=as_json)


def _print(answer: SearchAnswer, *, as_json: bool) -> None:
    """The doubts on the error stream, then each provision with its evidence; or all of it in JSON."""
    if as_json:
        print_json(present_answer(answer).model_dump(mode="json"))
        return
    ranking = answer.ranking
    doubts = [resolution.message for resolution in ranking.resolutions]
    days = [one.message for one in present_other_days(answer)] + [
        one.message for one in present_dates(answer)
    ]
    notices = [doubt(ranking), ranking.relaxed, *doubts, *days]
    for notice in filter(None, notices):
        err.print(f"[yellow]{escape(notice)}[/]", soft_wrap=True)
    if not answer.covered and answer.provisions:
        out.print("Les dispositions les moins éloignées :")
    for rank, one in enumerate(answer.provisions, 1):
        _print_provision(rank, one)
    if not answer.provisions:
        out.print("Aucune disposition trouvée.")


def _print_provision(rank: int, one: FoundProvision) -> None:
    citation = cite(one.provision.code, one.provision.number)
    out.print(f"[bold]{rank}. {escape(citation)}[/]  [dim]{one.hit.score:.2f}[/]")
    heading = one.law.shown.heading if one.law.shown else one.provision.heading
    if heading:
        out.print(f"   [dim]{escape(' › '.join(heading[-3:]))}[/]", soft_wrap=True)
    for warning in warnings_of(one.law):
        out.print(f"   [yellow]{escape(warning)}[/]", soft_wrap=True)
    out.print(f"   {escape(_summary(one))}", soft_wrap=True)
    for quote in one.quotes[:3]:
        place = f"question {quote.passage.question}" if quote.passage.question else quote.passage.document
        words = " ".join(quote.text.split())[:160]
        out.print(f"   [green]↳ {escape(place)}[/] : {escape(words)}", soft_wrap=True)


def _summary(one: FoundProvision) -> str:
    """The start of the official text or, where it is not in the base, our note, which says so."""
    if one.law.standing is Standing.UNDETERMINED:
        return "[rédaction indéterminée à cette date]"
    if one.text or one.note is None:
        return " ".join(one.text.split())[:EXCERPT]
    _, _, note = one.note.text.partition(".\n\n")
    return f"[fiche] {' '.join(note.split())[:EXCERPT]}"


def _many(service: Service, questions: tuple[str, ...], model: Question, refinement: Refinement) -> None:
    for text in questions:
        question = Question(text, model.as_of, model.k, model.codes)
        try:
            line = _line(search_provisions(service, SearchRequest(question, 0, model.k, refinement)))
        except InvalidQuery as error:
            line = {"q": text, "results": [], "error": error.message}
        # A lone surrogate can be written in no encoding: it stays the JSON escape that it was.
        sys.stdout.write(
            json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"
        )


def _line(answer: SearchAnswer) -> dict[str, Any]:
    """One answer; when nothing covers the question its results are empty, and the nearest are apart."""
    text, results = answer.request.question.text, [_brief(one) for one in answer.provisions]
    if answer.covered:
        return {"q": text, "results": results, "covered": True}
    return {"q": text, "results": [], "covered": False, "doubt": doubt(answer.ranking), "nearest": results}


def _brief(one: FoundProvision) -> dict[str, Any]:
    return {
        "provision": one.provision.id,
        "text_id": one.provision.text_id,
        "number": one.provision.number,
        "score": round(one.hit.score, 6),
    }


def _read(path: Path) -> Iterator[str]:
    """The `q` of each line. Raises UnreadableSource with the number of the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path.name} ne peut pas être lu comme du texte UTF-8 : {error}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)["q"]
        except (ValueError, KeyError, TypeError, RecursionError):
            question = None
        if not isinstance(question, str):
            raise UnreadableSource(
                f"{path.name}, ligne {number} : ce n'est pas un objet JSON avec un texte « q ».",
                hint='Une ligne par question : {"q": "…"}',
            )
        yield question
