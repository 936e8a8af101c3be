"""`renvoi build`: from the sources to the base in service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.console import bars, err, french_errors, out
from service.settings import Settings

_SHOWN = 10


def build(
    sources: Annotated[
        Path | None,
        typer.Option(
            help="Dossier des textes officiels (défaut : RENVOI_SOURCES) : codes/, legi/, questionnaire/, "
            "case_law/judilibre/, plans/, circulaires/, rapports/."
        ),
    ] = None,
    codes: Annotated[str, typer.Option(help="Codes à lire : code-penal,ceseda,… ou all.")] = "all",
    force: Annotated[bool, typer.Option("--force", help="Tout relire, même ce qui n'a pas changé.")] = False,
) -> None:
    """Construire la base : lire les sources, relever les renvois, indexer.

    Ce qui n'a pas changé n'est pas relu. L'ancienne base reste en service jusqu'à la fin ; une construction
    interrompue ne laisse rien derrière elle.
    """
    from service.build import build as run

    started = perf_counter()
    settings = Settings()
    if sources is not None:
        settings = settings.model_copy(update={"sources": sources})
    with french_errors():
        with bars() as progress:
            report = run(settings, [c.strip() for c in codes.split(",") if c.strip()], progress, force=force)
        if not report.official:
            _tell_records_alone(settings.sources)
        _tell_unread(report.unread)
        elapsed = f"{perf_counter() - started:.1f} s"
        if report.counts is None:
            out.print(f"La base est à jour (génération {report.generation}), {elapsed}.")
            return
        counts = report.counts
        out.print(
            f"Base construite (génération {report.generation}) en {elapsed} : {counts['document']} documents, "
            f"{counts['provision']} dispositions, {counts['version']} versions, {counts['passage']} passages, "
            f"{counts['citation']} citations, {counts['anomaly']} anomalies signalées "
            f"({len(report.changed)} sources lues)."
        )


def _tell_records_alone(folder: Path) -> None:
    err.print(
        f"[yellow]Attention : aucun texte officiel dans {escape(str(folder))} ; la base ne contient "
        "que les fiches de Renvoi. Indiquez le dossier des textes : renvoi build --sources DOSSIER.[/]",
        soft_wrap=True,
    )


def _tell_unread(files: Sequence[tuple[str, str]]) -> None:
    """Name the files that the base was built without, the first ones with the reason."""
    if not files:
        return
    plural = "s" if len(files) > 1 else ""
    err.print(
        f"[yellow]Attention : {len(files)} fichier{plural} illisible{plural}, la base est construite sans :[/]"
    )
    for path, message in files[:_SHOWN]:
        err.print(f"  {escape(path)} : {escape(message)}", soft_wrap=True)
    if len(files) > _SHOWN:
        err.print(f"  et {len(files) - _SHOWN} autres, que montre la page des sources.")
