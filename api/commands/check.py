"""`renvoi check`: the citations and quotations of a text, each with what became of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.citations import read_text
from api.commands.console import day, french_errors, out, print_json
from service.settings import Settings

if TYPE_CHECKING:
    from service.checked_text import CheckedCitation, CheckedText

# Whoever types the command waits for it alone: a whole report, but no library.
LONGEST = 2_000_000
FORMATS = (".docx", ".csv")
STYLES = {"error": "red", "doubt": "yellow", "notice": "dim"}


def check(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Fichier de texte UTF-8, ou - pour l'entrée standard.")
    ],
    as_of: Annotated[str | None, typer.Option(help="Droit applicable à cette date (AAAA-MM-JJ).")] = None,
    report: Annotated[
        Path | None, typer.Option(help="Écrire aussi le rapport dans ce fichier, .docx ou .csv.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
) -> None:
    """Vérifier les citations d'un texte : articles inconnus, renumérotés, abrogés, douteux ; et les mots cités."""
    from api.presenters.checking import present_check
    from service.base import open_service
    from service.check import check_text

    with french_errors():
        _see_format(report)
        text = sys.stdin.read() if str(file) == "-" else read_text(file)
        checked = check_text(open_service(Settings()), text, day(as_of), longest=LONGEST)
        if report:
            _write(report, checked)
        if as_json:
            print_json(present_check(checked).model_dump(mode="json"))
            return
        _print(checked)


def _see_format(report: Path | None) -> None:
    from kb.errors import InvalidInput

    if report and report.suffix.lower() not in FORMATS:
        message = f"« {report.name} » ne dit pas le format du rapport."
        raise InvalidInput(message, hint=f"Terminez-le par {' ou '.join(FORMATS)}.")


def _write(report: Path, checked: CheckedText) -> None:
    from service.check_report import check_report
    from workplace.exports.formats import Format, export

    report.write_bytes(export(check_report(checked), Format(report.suffix.lower()[1:])).content)


def _print(checked: CheckedText) -> None:
    from service.check_report import SEVERITIES

    table = Table("Citation", "Verdict", "Ce qu'il faut savoir")
    for result in checked.by_urgency:
        table.add_row(*_row(result))
    out.print(table)
    counts = [f"{SEVERITIES[severity]} : {count}" for severity, count in checked.by_severity.items()]
    total = f"{checked.total} citations relevées"
    out.print(" ; ".join([total, *counts, f"{checked.unchecked} non vérifiées."]))


def _row(result: CheckedCitation) -> tuple[str, str, str]:
    from api.pages.rendering import STATUSES
    from kb.french_citation import cite_id
    from service.check_report import SEVERITIES

    label = SEVERITIES[result.severity] if result.severity else STATUSES[result.status]
    style = STYLES.get(result.severity.value if result.severity else "", "green")
    normalized = ", ".join(cite_id(target) for target in result.citation.targets)
    notes = [finding.message for finding in result.findings] or [normalized]
    citation = " ".join(result.citation.raw.split())
    return escape(citation), f"[{style}]{label}[/]", escape(" ".join(notes))
