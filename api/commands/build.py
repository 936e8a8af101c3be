"""`renvoi build`: from the sources to the base in service."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.console import bars, err, french_errors, out
from api.settings import Settings


def build(
    sources: Annotated[
        Path | None, typer.Option(help="Dossier des textes officiels (défaut : RENVOI_SOURCES).")
    ] = None,
    codes: Annotated[str, typer.Option(help="Codes à lire : code-penal,ceseda,… ou all.")] = "all",
    force: Annotated[bool, typer.Option("--force", help="Tout relire, même ce qui n'a pas changé.")] = False,
) -> None:
    """Construire la base : lire les sources, relever les renvois, indexer.

    Ce qui n'a pas changé n'est pas relu. L'ancienne base reste en service jusqu'à la fin ; une construction
    interrompue ne laisse rien derrière elle.
    """
    from api.building import build as run

    started = perf_counter()
    settings = Settings()
    if sources is not None:
        settings = settings.model_copy(update={"sources": sources})
    with french_errors():
        with bars() as progress:
            report = run(settings, [c.strip() for c in codes.split(",") if c.strip()], progress, force=force)
        if not report.official:
            err.print(
                f"[yellow]Attention : aucun texte officiel dans {escape(str(settings.sources))} ; la base ne contient "
                "que les fiches de Renvoi. Indiquez le dossier des textes : renvoi build --sources DOSSIER.[/]",
                soft_wrap=True,
            )
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
