"""What the commands of training share: where they read, and how they say that something is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index.training.material import Material, read_material
from kb.errors import RenvoiError

Sources = Annotated[
    Path, typer.Option(envvar="RENVOI_SOURCES", help="Dossier des textes officiels (codes, questionnaire).")
]
Training = Annotated[
    Path, typer.Option(envvar="RENVOI_TRAINING", help="Dossier des fiches et de l'archive des codes.")
]
SOURCES, TRAINING = Path("sources"), Path("training")


def material_or_exit(sources: Path, training: Path) -> Material:
    """Everything that training reads; the command ends with the reason when something is missing."""
    try:
        return read_material(sources, training)
    except RenvoiError as error:
        typer.echo(f"{error.message} {error.hint}", err=True)
        raise typer.Exit(1) from error
