"""`python -m index.training`: train the embedding model again, from texts to the folder that serves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from index.embedding.static import OUR_MODEL, StaticEmbedder
from index.training.evaluate import evaluate
from index.training.export import export
from index.training.fit import fit
from index.training.material import Material
from index.training.options import SOURCES, TRAINING, Sources, Training, material_or_exit
from index.training.recipe import DEFAULT

Output = Annotated[Path, typer.Option(help="Dossier où écrire le modèle.")]
HeldOut = Annotated[
    float,
    typer.Option(
        min=0,
        max=0.5,
        help="Part des fiches mises de côté, sur lesquelles le modèle est mesuré (0 : aucune).",
    ),
]
Steps = Annotated[int, typer.Option(min=1, help="Nombre de pas d'entraînement.")]


def main(
    sources: Sources = SOURCES,
    training: Training = TRAINING,
    output: Output = OUR_MODEL,
    held_out: HeldOut = 0.0,
    steps: Steps = DEFAULT.steps,
) -> None:
    """Entraîne le modèle d'embedding juridique français : quelques minutes, sans carte graphique."""
    material = material_or_exit(sources, training)
    learnt, held = material.split(held_out)
    tokenizer, table = fit(learnt, replace(DEFAULT, steps=steps))
    export(tokenizer, table, output)
    typer.echo(f"Modèle écrit dans {output}.")
    if held.fiches:
        typer.echo(_measured(held, output))


def _measured(held: Material, model: Path) -> str:
    figures = evaluate(StaticEmbedder(model), held.fiches, list(held.current.articles.values()))
    return (
        f"{figures.questions} questions, nDCG@10 : modèle seul {figures.dense:.3f}, "
        f"BM25 seul {figures.words:.3f}, les deux {figures.fused:.3f}."
    )


if __name__ == "__main__":
    typer.run(main)
