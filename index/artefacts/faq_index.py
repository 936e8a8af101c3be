"""The known questions as indexed: how near a question is to each, and to which provisions they bring it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.artefacts.known_questions import KnownQuestion
from index.artefacts.weighted_edges import WeightedEdges
from index.engines.faiss_vectors import VectorIndex, Vectors

_VECTORS, _ANSWERS, _TEXTS = "known.faiss", "known.npz", "known.json"
# How many of the nearest questions speak, and the cosine from which one does.
NEAREST = 20
LEAST = 0.3
# What a provision that only helps (grade 1) takes of what one that answers (grade 2) does.
HELPS = 0.5


class Near(NamedTuple):
    """What the known questions give to a provision, and the nearest of them that it answers."""

    given: float
    question: str


@dataclass(frozen=True, slots=True)
class FaqIndex:
    """Row for row: the texts, their vectors, and arrows to the rows of the provisions that answer them."""

    texts: tuple[str, ...]
    vectors: VectorIndex
    answers: WeightedEdges

    @classmethod
    def build(
        cls,
        questions: Sequence[KnownQuestion],
        rows: Mapping[str, int],
        encode: Callable[[Sequence[str]], Vectors],
    ) -> FaqIndex:
        """Of the questions that a provision of the base answers; `rows` gives the row of each provision."""
        held = [q for q in questions if any(provision in rows for provision in q.relevant)]
        weights = {
            (row, rows[provision]): 1.0 if grade > 1 else HELPS
            for row, question in enumerate(held)
            for provision, grade in question.relevant.items()
            if provision in rows
        }
        texts = tuple(question.text for question in held)
        return cls(texts, VectorIndex.build(encode(texts)), WeightedEdges.of(weights))

    def __len__(self) -> int:
        return len(self.texts)

    def near(self, vector: Vectors) -> dict[int, Near]:
        """What the nearest questions give to each provision: 1 − Π(1 − nearness × weight), in [0, 1]."""
        missing: dict[int, float] = {}
        nearest: dict[int, int] = {}
        for row, cosine in zip(*(a.tolist() for a in self.vectors.search(vector, NEAREST)), strict=True):
            nearness = max(0.0, min(1.0, (cosine - LEAST) / (1.0 - LEAST)))
            provisions, weights = self.answers.out_of(row)
            for provision, weight in zip(provisions.tolist(), weights.tolist(), strict=True):
                missing[provision] = missing.get(provision, 1.0) * (1.0 - nearness * weight)
                nearest.setdefault(provision, row)
        return {
            provision: Near(1.0 - rest, self.texts[nearest[provision]])
            for provision, rest in missing.items()
            if rest < 1.0
        }

    def save(self, folder: Path) -> None:
        """Write three files."""
        self.vectors.save(folder / _VECTORS)
        self.answers.save(folder / _ANSWERS)
        (folder / _TEXTS).write_text(json.dumps(self.texts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> FaqIndex:
        """Read what `save` wrote; raises GenerationMismatch, OSError or ValueError when it cannot be read."""
        texts = tuple(json.loads((folder / _TEXTS).read_text(encoding="utf-8")))
        return cls(texts, VectorIndex.open(folder / _VECTORS), WeightedEdges.load(folder / _ANSWERS))
