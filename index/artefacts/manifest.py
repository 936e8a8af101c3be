"""The manifest of an index: what it was made of, and the refusal to serve anything else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kb.errors import GenerationMismatch, NotBuilt

FORMAT = 2
_NAME = "manifest.json"
_REBUILD = "Reconstruisez : renvoi build --force."


def manifest_path(folder: Path) -> Path:
    """Where the manifest of an index folder lies: the last file that a build writes."""
    return folder / _NAME


@dataclass(frozen=True, slots=True)
class Manifest:
    """`generation` is that of the store; `embedder` and `tokens` name the model and the tokens; counts are verified."""

    generation: str
    embedder: str
    tokens: str
    dimension: int
    articles: int
    others: int
    provisions: int
    headings: int
    links: int
    between: int
    known: int
    format: int = FORMAT

    def save(self, folder: Path) -> None:
        """Write `manifest.json`."""
        manifest_path(folder).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """Raises NotBuilt when there is none, GenerationMismatch when it cannot be understood."""
        try:
            data = json.loads(manifest_path(folder).read_text(encoding="utf-8"))
            manifest = cls(**data)
        except FileNotFoundError as error:
            raise NotBuilt("L'index n'est pas construit.", hint="Lancez : renvoi build.") from error
        except (ValueError, TypeError) as error:
            raise GenerationMismatch("Le manifeste de l'index est illisible.", hint=_REBUILD) from error
        if manifest.format != FORMAT:
            raise GenerationMismatch(
                f"L'index est au format {manifest.format} ; ce programme attend le format {FORMAT}.",
                hint=_REBUILD,
            )
        return manifest

    def check_generation(self, generation: str | None) -> None:
        """Raises GenerationMismatch when the store is of another build."""
        if self.generation != generation:
            raise GenerationMismatch(
                f"L'index est de la génération {self.generation}, la base de la génération {generation} : "
                "ils n'ont pas été construits ensemble.",
                hint=_REBUILD,
            )

    def check_tokens(self, version: str) -> None:
        """Raises GenerationMismatch when questions would be cut into other words than the passages were."""
        if self.tokens != version:
            raise GenerationMismatch(
                "L'index a été construit par une autre version du programme, qui coupe les mots autrement.",
                hint="Lancez : renvoi build.",
            )

    def check_embedder(self, name: str) -> None:
        """Raises GenerationMismatch when the questions would be embedded by another model than the passages."""
        if self.embedder != name:
            raise GenerationMismatch(
                f"L'index a été construit avec le modèle {self.embedder}, le modèle demandé est {name}.",
                hint="Lancez renvoi build avec le même RENVOI_EMBEDDING_MODEL.",
            )
