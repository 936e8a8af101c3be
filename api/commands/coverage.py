"""`renvoi coverage`: what the base holds of a list of references, and how old its records are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.console import day, french_errors, out, print_json
from kb.errors import InvalidInput
from service.base import Service, open_service
from service.coverage import ReferenceCoverage, counted, cover, read_references
from service.record_age import RecordAge, record_ages
from service.settings import Settings


def coverage(
    references: Annotated[
        Path | None,
        typer.Argument(
            metavar="LISTE", help="Liste TOML : des [[reference]] avec id, matter et spellings.", exists=True
        ),
    ] = None,
    age: Annotated[
        bool, typer.Option("--age", help="Dire l'âge des fiches et ce qui a changé depuis.")
    ] = False,
    on: Annotated[
        str | None, typer.Option(help="Le jour où l'on se place (AAAA-MM-JJ) ; aujourd'hui.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Réponse complète en JSON.")] = False,
) -> None:
    """Dire ce que la base a de chaque référence d'une liste : texte, fiche, nom seul ou rien.

    Avec --age : les fiches à relire, parce qu'une date est passée, que l'article a changé ou qu'elles sont anciennes.
    """
    with french_errors():
        if references is None and not age:
            raise InvalidInput(
                "Rien à dire : ni liste de références, ni --age.", hint="renvoi coverage --age"
            )
        service = open_service(Settings())
        if references is not None:
            _show_coverage(cover(service, read_references(references)), as_json)
        if age:
            _show_age(service, day(on) or date.today(), as_json)


def _show_coverage(every: Iterable[ReferenceCoverage], as_json: bool) -> None:
    covered = tuple(every)
    counts = {str(holding): count for holding, count in counted(covered).items()}
    if as_json:
        rows = [
            {"id": c.sought.id, "matter": c.sought.matter, "holding": c.holding, "lost": c.lost}
            for c in covered
        ]
        print_json({"total": len(covered), "counts": counts, "results": rows})
        return
    out.print(
        f"{len(covered)} références : " + ", ".join(f"{name} {count}" for name, count in counts.items())
    )
    for one in covered:
        lost = f" ; non trouvée par « {' », « '.join(one.lost)} »" if one.lost else ""
        out.print(escape(f"  {one.holding:<15} {one.sought.id}{lost}"), soft_wrap=True)


def _show_age(service: Service, on: date, as_json: bool) -> None:
    ages = record_ages(service, on)
    if as_json:
        print_json({"on": on.isoformat(), "results": [_row(one) for one in ages]})
        return
    for one in ages:
        out.print(escape(f"  {one.record.id} : {one.remark} ({one.detail})"), soft_wrap=True)
    out.print(f"{len(ages)} remarques, au {on.isoformat()}.")


def _row(one: RecordAge) -> dict[str, str | None]:
    checked = one.record.checked.isoformat() if one.record.checked else None
    return {"id": one.record.id, "remark": one.remark, "detail": one.detail, "checked": checked}
