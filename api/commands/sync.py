"""`renvoi sync`: the official texts, fetched into the sources folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from api.commands.console import bars, err, french_errors, out
from service.settings import Settings

_SHOWN = 10


def sync(
    origins: Annotated[
        list[str] | None, typer.Argument(help="codes (par défaut), legifrance, judilibre ; voir --list.")
    ] = None,
    sources: Annotated[
        Path | None, typer.Option(help="Dossier où ranger les textes (défaut : RENVOI_SOURCES).")
    ] = None,
    codes: Annotated[str, typer.Option(help="Codes voulus : code-penal,ceseda,… ou all.")] = "all",
    mirror: Annotated[
        Path | None, typer.Option(help="Copier depuis ce dossier, rangé de même, sans réseau.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--list", help="Dire d'où vient chaque source, sous quelle licence.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Revoir les sommes SHA-256 des fichiers reçus, sans réseau.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Reprendre même ce qui est déjà là.")] = False,
) -> None:
    """Télécharger les textes officiels dans le dossier des sources.

    Chaque fichier est reçu à part, vérifié, puis mis en place ; un transfert coupé reprend où il s'est arrêté.
    Rien de cela n'est nécessaire pour essayer Renvoi : ses propres fiches suffisent.
    """
    settings = Settings()
    if sources is not None:
        settings = settings.model_copy(update={"sources": sources})
    with french_errors():
        if show:
            _list()
        elif check:
            _check(settings)
        else:
            _fetch(settings, origins or [], codes, mirror, force)


def _fetch(settings: Settings, origins: list[str], codes: str, mirror: Path | None, force: bool) -> None:
    from service import sync

    wanted = [c.strip() for c in codes.split(",") if c.strip()]
    with bars() as progress:
        report = (
            sync.sync_mirror(settings, mirror, progress, force=force)
            if mirror
            else sync.sync(settings, origins, wanted, progress, force=force)
        )
    counts = len(report.fetched), len(report.kept), len(report.failed)
    out.print("Fichiers reçus : {} ; déjà là : {} ; en échec : {}.".format(*counts))
    _tell("en échec", [f"{target} : {message}" for target, message in report.failed])


def _list() -> None:
    from service.sync import origins

    for o in origins():
        out.print(f"[bold]{o.key}[/] : {o.title}")
        access = f"{o.url}{' (clefs PISTE)' if o.keys else ''}"
        for name, value in (
            ("producteur", o.producer),
            ("licence", o.licence),
            ("adresse", access),
            ("vérifié", o.checked),
        ):
            out.print(f"  {name} : {escape(value)}", soft_wrap=True)


def _check(settings: Settings) -> None:
    from service.sync import faults

    count, problems = faults(settings)
    out.print(f"Fichiers reçus par renvoi sync : {count} ; à reprendre : {len(problems)}.")
    _tell("à reprendre", list(problems))


def _tell(what: str, lines: list[str]) -> None:
    """The first lines of what is wrong, on the error stream, and exit code 1."""
    if not lines:
        return
    for line in lines[:_SHOWN]:
        err.print(f"- {escape(line)}", soft_wrap=True)
    if len(lines) > _SHOWN:
        err.print(f"… et {len(lines) - _SHOWN} autres {what}.")
    raise typer.Exit(1)
