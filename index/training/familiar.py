"""`python -m index.training.familiar`: count the pages of the public service that refer to each article in force."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from index.retrieval import popularity
from index.training.articles import provision_name
from index.training.material import Material
from index.training.options import SOURCES, TRAINING, Sources, Training, material_or_exit

OUTPUT = Path(popularity.__file__).parents[1] / "data" / popularity.FILE


def main(
    sources: Sources = SOURCES,
    training: Training = TRAINING,
    held_out: Annotated[
        float, typer.Option(min=0, max=0.5, help="Part des fiches mises de côté, comme pour le modèle.")
    ] = 0.0,
    output: Annotated[Path, typer.Option(help="Fichier à écrire.")] = OUTPUT,
) -> None:
    """Compte les fiches du service public qui renvoient à chaque article."""
    material = material_or_exit(sources, training)
    counts = page_counts(material.split(held_out)[0])
    output.write_text(
        "".join(f"{name}\t{count}\n" for name, count in sorted(counts.items())), encoding="utf-8"
    )
    typer.echo(f"{len(counts)} articles : {output}.")


def page_counts(material: Material) -> Counter[str]:
    """How many pages refer to each article that is still there under its number."""
    return Counter(
        provision_name(*article.key)
        for fiche in material.fiches
        for article in fiche.articles
        if article.key in material.current.articles
    )


if __name__ == "__main__":
    typer.run(main)
