"""`renvoi show`: one provision, by any spelling of its reference."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from api.commands.console import day, err, french_errors, out, print_json
from kb.errors import UnknownProvision
from kb.text.french_dates import french_date
from service.base import open_service
from service.settings import Settings


def show(
    reference: Annotated[str, typer.Argument(help="« art. L. 425-1 du CESEDA », code-penal/225-4-1…")],
    as_of: Annotated[str | None, typer.Option(help="Rédaction à cette date (AAAA-MM-JJ).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
) -> None:
    """Montrer une disposition : son texte, ses versions, ce qu'elle cite et ce qui la cite.

    Un numéro qui n'existe pas n'est jamais deviné : les plus proches sont proposés.
    """
    from api.presenters.provisions import present_provision
    from service.reference_lookup import find_provision

    with french_errors():
        service = open_service(Settings())
        try:
            detail = present_provision(service, find_provision(service, reference), day(as_of))
        except UnknownProvision as error:
            for candidate in error.candidates:
                err.print(f"  proche : {escape(candidate)}")
            raise
        if as_json:
            print_json(detail.model_dump(mode="json"))
            return
        out.print(f"[bold]{escape(detail.citation)}[/]\n[dim]{escape(' › '.join(detail.title_path))}[/]\n")
        for warning in detail.warnings:
            out.print(f"[yellow]{escape(warning)}[/]", soft_wrap=True)
        out.print(escape(detail.since), soft_wrap=True)
        for wording in detail.candidates if detail.text is None else ():
            heading = f"Rédaction possible, connue à partir du {french_date(wording.valid_from)} :"
            out.print(f"\n[bold]{escape(heading)}[/]\n{escape(wording.text)}", soft_wrap=True)
        out.print(escape(detail.text or (detail.record.text if detail.record else "")), soft_wrap=True)
