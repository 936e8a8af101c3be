"""A model whose vectors are cut: a smaller index, for a little quality (the model card says how much)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedding.ports import Embedder, Vectors
from kb.errors import NotBuilt


class ShortenedEmbedder:
    """The first `dimension` numbers of another model's vectors, brought back to length 1."""

    def __init__(self, whole: Embedder, dimension: int) -> None:
        """Raises NotBuilt unless 1 ≤ dimension ≤ that of the model."""
        if not 1 <= dimension <= whole.dimension:
            raise NotBuilt(
                f"RENVOI_EMBEDDING_DIMENSION vaut {dimension} : les vecteurs du modèle ont {whole.dimension} nombres.",
                hint=f"Choisissez un nombre de 1 à {whole.dimension}, par exemple 128, ou retirez ce réglage.",
            )
        self._whole, self._dimension = whole, dimension

    @property
    def name(self) -> str:
        """The whole model's, with the length kept."""
        return f"{self._whole.name}-{self._dimension}"

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As the whole model's: unit rows of shape (texts, dimension)."""
        cut = self._whole.encode(texts)[:, : self._dimension]
        return np.asarray(cut / np.linalg.norm(cut, axis=1, keepdims=True), dtype=np.float32)
