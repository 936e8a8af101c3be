"""One collection of passages as built: its vectors, its words and its columns, row for row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index.artefacts.passage_table import PassageTable
from index.engines.faiss_vectors import VectorIndex
from index.engines.tantivy_words import LexicalIndex
from kb.errors import GenerationMismatch

VECTORS = "vectors.faiss"
WORDS = "words"
TABLE = "passages.npz"
# What the libraries raise over files that are missing, cut or of another shape.
UNREADABLE = (OSError, ValueError, KeyError, EOFError, BadZipFile)


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, or all the other passages (answers, footnotes…)."""

    vectors: VectorIndex
    words: LexicalIndex
    table: PassageTable

    @classmethod
    def open(cls, folder: Path, expected: int) -> Collection:
        """Raises GenerationMismatch when its three parts do not hold `expected` passages each."""
        try:
            table = PassageTable.load(folder / TABLE)
            collection = cls(VectorIndex.open(folder / VECTORS), LexicalIndex(folder / WORDS), table)
        except UNREADABLE as error:
            raise GenerationMismatch(
                f"L'index {folder.name} est incomplet ou illisible.",
                hint="Reconstruisez : renvoi build --force.",
            ) from error
        counts = {len(collection.vectors), len(collection.words), len(table)}
        if counts != {expected}:
            raise GenerationMismatch(
                f"L'index {folder.name} compte {sorted(counts)} passages au lieu de {expected}.",
                hint="Reconstruisez : renvoi build --force.",
            )
        return collection

    def positions(self, keys: list[int]) -> dict[int, int]:
        """Row of each key."""
        rows = self.table.rows_of(np.array(keys, dtype=np.int64))
        return dict(zip(keys, rows.tolist(), strict=True))
