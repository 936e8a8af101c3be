"""Any sentence-transformers model as an Embedder; the only file that imports sentence_transformers to serve."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from index.embedding.ports import Vectors
from kb.errors import InvalidQuery, NotBuilt


class SentenceEmbedder:
    """A model given by its folder or its public name; `name` carries a fingerprint of its weights."""

    def __init__(self, model: str) -> None:
        """Load the model on the CPU; raises NotBuilt when there is none under that name."""
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise NotBuilt(
                f"Le modèle d'embedding « {model} » ne peut pas être chargé : {error}.",
                hint="Vérifiez RENVOI_EMBEDDING_MODEL (nom public ou dossier) ou laissez-le vide.",
            ) from error
        self._dimension = int(self._model.encode(["dimension"]).shape[1])
        self._name = f"{model.rstrip('/').rsplit('/', 1)[-1]}-{self._fingerprint()[:8]}"

    @property
    def name(self) -> str:
        """Name and short fingerprint of the model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row per text; raises InvalidQuery for a text that is empty or has no direction."""
        if not texts:
            return np.empty((0, self._dimension), dtype=np.float32)
        raw = np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)
        norms = np.linalg.norm(raw, axis=1, keepdims=True)
        silent = [
            text for text, norm in zip(texts, norms[:, 0], strict=True) if not text.strip() or norm == 0
        ]
        if silent:
            raise InvalidQuery(f"Le texte « {silent[0][:80]} » n'a aucun mot connu du modèle.")
        return np.asarray(raw / norms, dtype=np.float32)

    def _fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.float().numpy().tobytes())
        return digest.hexdigest()
