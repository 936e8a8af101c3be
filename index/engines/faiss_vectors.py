"""Meaning: exact inner product over half-precision vectors by FAISS. The only file that knows FAISS.

Half precision halves the memory and the time of an exact search, with a recall of 0.999 and more; under a million
passages no approximate index is worth its errors.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from kb.errors import BuildFailed, GenerationMismatch

# One thread: a search takes 1.5 ms on one, and 10 ms on two that wait for each other on a busy machine.
faiss.omp_set_num_threads(1)

# After the shift: the sign, 5 bits of exponent and 10 of fraction, without the copies of the sign between them.
_SIGN_EXPONENT_FRACTION = np.uint32(0x8FFFE000).view(np.int32)
_REBIASED = np.float32(2.0**112)

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


class VectorIndex:
    """Rows of unit vectors, numbered from 0 in the order they were given."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, unchanged: NDArray[np.uint8] | None = None) -> VectorIndex:
        """An index of the rows of `unchanged` (codes of a former index, see `codes`), then of `vectors`, (n, d)."""
        index = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        index.train(vectors[:1] if len(vectors) else np.zeros((1, vectors.shape[1]), np.float32))
        if unchanged is not None and len(unchanged):
            index.add_sa_codes(np.ascontiguousarray(unchanged))
        if len(vectors):
            index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Map the file into memory: nothing is read until it is searched."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            raise GenerationMismatch(
                f"L'index {path.name} est illisible : le fichier est tronqué ou d'un autre format.",
                hint="Reconstruisez : renvoi build --force.",
            ) from error

    def save(self, path: Path) -> None:
        """Write the index to a file. Raises BuildFailed when it cannot be written whole."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise BuildFailed(
                f"L'index {path.name} n'a pas pu être écrit.", hint="Vérifiez l'espace disque et les droits."
            ) from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def codes(self, rows: Rows) -> NDArray[np.uint8]:
        """Encoded vectors of these rows, to be kept by the next index without encoding their texts again."""
        if not len(rows):
            return np.empty((0, self._index.code_size), dtype=np.uint8)
        return np.ascontiguousarray(self._encoded()[rows])

    def vectors(self, rows: Rows) -> Vectors:
        """Decoded vectors of these rows, (n, d)."""
        if not len(rows):
            return np.empty((0, self.dimension), dtype=np.float32)
        return widened(self._encoded()[rows])

    def _encoded(self) -> NDArray[np.uint8]:
        """The index's own memory, (n, bytes of a vector): of no use without it."""
        size = self._index.code_size
        flat = faiss.rev_swig_ptr(self._index.codes.data(), len(self) * size)
        return np.asarray(flat).reshape(len(self), size)

    def search(self, query: Vectors, k: int, allowed: Rows | None = None) -> tuple[Rows, Vectors]:
        """The `k` nearest rows to one vector (d,) and their cosines, best first, only among `allowed` when given."""
        if not len(self) or (allowed is not None and not len(allowed)):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(  # type: ignore[call-arg]
                sel=faiss.IDSelectorBatch(allowed)
            )
        scores, rows = self._index.search(query.reshape(1, -1), min(k, len(self)), params=parameters)
        positions = rows[0] >= 0
        return rows[0][positions], scores[0][positions]


def widened(encoded: NDArray[np.uint8]) -> Vectors:
    """Vectors of half precision, (n, 2 d) bytes, in single precision, (n, d), exactly.

    By their bits, eight times faster than FAISS does and four times faster than numpy: the sign stays, exponent and
    fraction move into those of single precision, whose exponent starts 112 lower. Infinities do not occur.
    """
    bits = encoded.view("<i2").astype(np.int32)
    bits <<= 13
    bits &= _SIGN_EXPONENT_FRACTION
    wide = bits.view(np.float32)
    wide *= _REBIASED
    return wide
