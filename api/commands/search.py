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
from api.http.filter_parameters import NarrowingParameters
from api.presenters.scores import doubt
from api.schemas.answers import ProvisionResult
from index.retrieval.model import Hit, Question, Ranking
from kb.errors import InvalidInput, InvalidQuery, UnreadableSource
from kb.validity import Standing
from service.base import Service, open_service
from service.facet_filter import Narrowing, Sieve, Sort
from service.reference_lookup import checked_code
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
        on = day(as_of) or date.today()
        only = tuple(checked_code(c.strip()) for c in codes.split(",") if c.strip())
        service = open_service(Settings())
        kept = NarrowingParameters(theme=themes or [], state=states or [], sort=sort).kept(service)
        if queries is not None:
            _many(service, tuple(_read(queries)), Question("", on, k, only), kept)
            return
        _one(service, Question(str(question), on, k, only), kept, as_json=as_json)


def _one(service: Service, question: Question, kept: Narrowing, *, as_json: bool) -> None:
    from api.answering import answer_question
    from api.presenters.answers import Page

    response = answer_question(service, question, Page(size=question.k, narrowing=kept))
    if as_json:
        print_json(response.model_dump(mode="json"))
        return
    doubts = [r.message for r in response.resolutions if r.message]
    for said in filter(None, [response.doubt, response.relaxed, *doubts]):
        err.print(f"[yellow]{escape(said)}[/]", soft_wrap=True)
    if response.nearest:
        out.print("Les dispositions les moins éloignées :")
    for rank, result in enumerate(response.results or response.nearest, 1):
        out.print(f"[bold]{rank}. {escape(result.citation)}[/]  [dim]{result.score:.2f}[/]")
        if result.title_path:
            out.print(f"   [dim]{escape(' › '.join(result.title_path[-3:]))}[/]", soft_wrap=True)
        out.print(f"   {escape(_summary(result))}", soft_wrap=True)
        for evidence in result.evidence[:3]:
            place = f"question {evidence.question}" if evidence.question else evidence.document
            out.print(
                f"   [green]↳ {escape(place)}[/] : {escape(' '.join(evidence.quote.split())[:160])}",
                soft_wrap=True,
            )
    if not response.results and not response.nearest:
        out.print("Aucune disposition trouvée.")


def _summary(result: ProvisionResult) -> str:
    """The start of the official text or, where it is not in the base, our note, which says so."""
    if result.text or not result.record:
        return " ".join((result.text or "[rédaction indéterminée à cette date]").split())[:EXCERPT]
    return f"[fiche] {result.record.text[:EXCERPT]}"


def _many(service: Service, questions: tuple[str, ...], model: Question, kept: Narrowing) -> None:
    sieve = Sieve(service, model.as_of, kept)
    for text in questions:
        asked = Question(text, model.as_of, model.k, model.codes)
        try:
            ranking = service.searcher.rank(asked, sieve)
        except InvalidQuery as error:
            line: dict[str, Any] = {"q": text, "results": [], "error": error.message}
        else:
            line = _line(service, text, ranking)
        # A lone surrogate can be written in no encoding: it stays the JSON escape that it was.
        sys.stdout.write(
            json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"
        )


def _line(service: Service, text: str, ranking: Ranking) -> dict[str, Any]:
    """One answer; when nothing covers the question its results are empty, and the nearest are apart."""
    found = _brief(service, ranking.hits)
    if ranking.decision.covered:
        return {"q": text, "results": found, "covered": True}
    return {"q": text, "results": [], "covered": False, "doubt": doubt(ranking), "nearest": found}


def _brief(service: Service, hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
    known = service.reader.provisions(hit.provision for hit in hits)
    return [
        {
            "provision": hit.provision,
            "text_id": known[hit.provision].text_id,
            "number": known[hit.provision].number,
            "score": round(hit.score, 6),
        }
        for hit in hits
    ]


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
