"""The static embedding model, served without torch: a text is the mean of the vectors of its word pieces.

The folder is an ordinary sentence-transformers one (`StaticEmbedding`: tokenizer.json and model.safetensors), so the
same model can be loaded by either; this reading of it starts in tenths of a second and answers in less than one
millisecond.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Encoding, Tokenizer

from index.embedding.ports import Embedder, Vectors
from index.embedding.truncated import ShortenedEmbedder
from kb.errors import InvalidQuery, NotBuilt

OUR_MODEL = Path(__file__).parents[1] / "data" / "model"
TOKENIZER_FILE = "tokenizer.json"
WEIGHTS_FILE = "model.safetensors"
_UNKNOWN = "[UNK]"
# Texts tokenised at once: beyond, the tokens of a batch take more memory than they save time.
_BATCH = 256
_SHOWN = 80


class StaticEmbedder:
    """A StaticEmbedding folder read with tokenizers and numpy alone.

    `name` is the folder's name with the start of the SHA-256 of its two files: `model-1a2b3c4d`.
    """

    def __init__(self, folder: Path) -> None:
        """Load the model; raises NotBuilt when the folder has no usable one."""
        tokenizer, weights = folder / TOKENIZER_FILE, folder / WEIGHTS_FILE
        try:
            self._tokenizer = Tokenizer.from_str(tokenizer.read_text(encoding="utf-8"))
            (table,) = load_file(weights).values()
        except (OSError, ValueError, SafetensorError) as error:
            raise NotBuilt(
                f"Le modèle d'embedding de {folder} est illisible : {error}.",
                hint="Réinstallez l'application, ou refaites le modèle : python -m index.training.",
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._table: Vectors = table.astype(np.float32)
        self._unknown: int | None = self._tokenizer.token_to_id(_UNKNOWN)
        self._name = f"{folder.resolve().name}-{fingerprint(tokenizer, weights)[:8]}"

    @property
    def name(self) -> str:
        """Name and short fingerprint of the model."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit row per text; raises InvalidQuery when a text has no known token."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            vectors[start : start + len(batch)] = self._encode_batch(batch)
        return vectors

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        lengths = np.array([len(e) for e in encoded])
        self._refuse_unknown(texts, encoded)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        tokens = np.concatenate([np.asarray(e.ids, dtype=np.int64) for e in encoded])
        sums: Vectors = np.add.reduceat(self._table[tokens], starts, axis=0)
        lengths_of_rows: NDArray[np.float32] = np.linalg.norm(sums, axis=1, keepdims=True)
        return sums / lengths_of_rows

    def _refuse_unknown(self, texts: list[str], encoded: list[Encoding]) -> None:
        for text, encoding in zip(texts, encoded, strict=True):
            if all(token == self._unknown for token in encoding.ids):
                raise InvalidQuery(
                    f"Le texte « {text[:_SHOWN]} » n'a aucun mot connu du modèle : impossible d'en chercher le sens.",
                    hint="Écrivez la question avec des mots, en français ou en anglais.",
                )


def fingerprint(*files: Path) -> str:
    """SHA-256 of the contents of files, one after the other, in hexadecimal."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def load_embedder(model: str | None = None, dimension: int | None = None) -> Embedder:
    """Our own model by default, or any sentence-transformers model by name or folder; whole, or cut vectors.

    Raises NotBuilt when there is no such model, or not with that many numbers.
    """
    whole = _whole(model)
    return ShortenedEmbedder(whole, dimension) if dimension else whole


def _whole(model: str | None) -> Embedder:
    if not model:
        return StaticEmbedder(OUR_MODEL)
    if (
        (Path(model) / WEIGHTS_FILE).is_file()
        and (Path(model) / TOKENIZER_FILE).is_file()
        and _is_static(Path(model))
    ):
        return StaticEmbedder(Path(model))
    # Imported here only: torch takes seconds and half a gigabyte, and serving our own model needs none of it.
    from index.embedding.sentence_transformer import SentenceEmbedder

    return SentenceEmbedder(model)


def _is_static(folder: Path) -> bool:
    modules = folder / "modules.json"
    return modules.is_file() and "StaticEmbedding" in modules.read_text(encoding="utf-8")
