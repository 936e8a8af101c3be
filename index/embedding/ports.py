"""What retrieval asks of an embedding model; the implementations: static, sentence-transformers, cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Array of shape (n texts, dimension)."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness."""

    @property
    def name(self) -> str:
        """The model and the fingerprint of its files, written in the manifest: another name, another index."""
        ...

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One float32 row of length 1 per text, in order; shape (0, dimension) for no text.

        Raises InvalidQuery when a text has nothing that the model knows: a zero vector would be silently near nothing.
        """
        ...
