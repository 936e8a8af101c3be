"""`renvoi check`: the citations and quotations of a text, each with what became of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.citations import read_text
from api.commands.console import day, french_errors, out, print_json
from service.settings import Settings

# Whoever types the command waits for it alone: a whole report, but no library.
LONGEST = 2_000_000
STYLES = {"error": "red", "doubt": "yellow", "notice": "dim"}


def check(
    file: Annotated[Path, typer.Argument(help="Fichier de texte UTF-8, ou - pour l'entrée standard.")],
    as_of: Annotated[str | None, typer.Option(help="Droit applicable à cette date (AAAA-MM-JJ).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
) -> None:
    """Vérifier les citations d'un texte : articles inconnus, renumérotés, abrogés, douteux ; et les mots cités."""
    from api.pages.checks import SEVERITIES
    from api.pages.rendering import STATUSES
    from api.presenters.checking import present_check
    from kb.french_citation import cite_id
    from service.base import open_service
    from service.check import CheckedCitation, check_text

    def row(result: CheckedCitation) -> tuple[str, str, str]:
        label = SEVERITIES[result.severity.value] if result.severity else STATUSES[result.status]
        style = STYLES.get(result.severity.value if result.severity else "", "green")
        normalized = ", ".join(cite_id(target) for target in result.citation.targets)
        notes = [finding.message for finding in result.findings] or [normalized]
        citation = " ".join(result.citation.raw.split())
        return escape(citation), f"[{style}]{label}[/]", escape(" ".join(notes))

    with french_errors():
        text = sys.stdin.read() if str(file) == "-" else read_text(file)
        checked = check_text(open_service(Settings()), text, day(as_of), longest=LONGEST)
        if as_json:
            print_json(present_check(checked).model_dump(mode="json"))
            return
        table = Table("Citation", "Verdict", "Ce qu'il faut savoir")
        for result in checked.by_urgency:
            table.add_row(*row(result))
        out.print(table)
        counts = [
            f"{SEVERITIES[severity.value]} : {count}" for severity, count in checked.by_severity.items()
        ]
        out.print(
            " ; ".join(
                [f"{checked.total} citations relevées", *counts, f"{checked.unchecked} non vérifiées."]
            )
        )
