"""Turning the vectors to their principal axes: the same likenesses, and the first numbers say the most.

A rotation changes no dot product, so the model answers as before; but vectors cut to their first numbers still serve
(on 281 questions, the ten nearest passages keep 85 % of their members at 128 numbers of 256, against 64 % unrotated).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.training.train import Floats


def principal_axes(vectors: Floats) -> Floats:
    """The rotation (dimension × dimension) that sorts the directions of unit rows by what they carry, most first.

    >>> turned = np.array([[0.6, 0.8], [0.0, 1.0]], dtype=np.float32)
    >>> np.abs(turned @ principal_axes(turned))[:, 0].min() > 0.9
    np.True_
    """
    shares, axes = np.linalg.eigh(vectors.T @ vectors)
    return np.asarray(axes[:, np.argsort(-shares)], dtype=np.float32)


def mean_vectors(table: Floats, texts: Sequence[np.ndarray[tuple[int], np.dtype[np.int32]]]) -> Floats:
    """The vector of each text that has one, of length 1: the sum of those of its tokens."""
    sums = np.stack([table[text].sum(axis=0) for text in texts])
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    nonzero = lengths[:, 0] > 0
    return np.asarray(sums[nonzero] / lengths[nonzero], dtype=np.float32)
