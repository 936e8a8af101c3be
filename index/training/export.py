"""Writing the model as an ordinary sentence-transformers folder."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

from index.embedding.static import TOKENIZER_FILE, WEIGHTS_FILE
from index.training.train import Floats

_READABLE = 0o644


def export(tokenizer: Tokenizer, table: Floats, folder: Path) -> None:
    """Save tokenizer and vectors (as float16) so that `SentenceTransformer(folder)` loads them.

    The library writes its weights readable by their owner alone: every file is made readable by all. Its model card
    is not kept, ours is written by hand.
    """
    bags = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(table).half())
    model = SentenceTransformer(modules=[bags.half(), Normalize()], device="cpu")
    with tempfile.TemporaryDirectory() as scratch:
        model.save_pretrained(scratch, create_model_card=False)
        for file in (f for f in Path(scratch).rglob("*") if f.is_file()):
            target = folder / file.relative_to(scratch)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
            target.chmod(_READABLE)


def exported_files(folder: Path) -> tuple[Path, Path]:
    """The two files that serve."""
    return folder / TOKENIZER_FILE, folder / WEIGHTS_FILE
