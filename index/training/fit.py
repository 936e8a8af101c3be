"""From texts to token vectors: the vocabulary, then the pairs as numbers, then the training itself."""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer

from index.training.axes import mean_vectors, principal_axes
from index.training.batches import Bags, encode_sources
from index.training.material import Material, all_pairs, vocabulary_texts
from index.training.recipe import SHARES, Recipe
from index.training.tokenizer import UNKNOWN, train_tokenizer
from index.training.train import Floats, train

# Spread of the first, random vectors: small, so that training and not chance sets their lengths.
_START = 0.05
# Texts on which the axes are found: their 256 × 256 products no longer move beyond.
_SAMPLE = 20_000


def fit(material: Material, recipe: Recipe) -> tuple[Tokenizer, Floats]:
    """The tokenizer and its vectors (vocabulary × dimension); the unknown token has none."""
    torch.use_deterministic_algorithms(True)
    tokenizer = train_tokenizer(vocabulary_texts(material), recipe.vocabulary)
    bags, sources = encode_sources(tokenizer, all_pairs(material), SHARES)
    rng = np.random.default_rng(recipe.seed)
    shape = (tokenizer.get_vocab_size(), recipe.dimension)
    start = rng.normal(0, _START, shape).astype(np.float32)
    weights = rarity(bags, len(start), recipe.frequent)
    table = train(bags, sources, start, weights, recipe)
    table[tokenizer.token_to_id(UNKNOWN)] = 0
    table /= np.linalg.norm(table, axis=1).mean()
    return tokenizer, table @ principal_axes(
        mean_vectors(table, bags.texts[:: len(bags.texts) // _SAMPLE + 1])
    )


def rarity(bags: Bags, size: int, frequent: float) -> Floats:
    """A weight in (0, 1] per token: a/(a + p), where p is its share of all the tokens (Arora et al., 2017)."""
    counts = sum(np.bincount(text, minlength=size) for text in bags.texts)
    share = counts / np.sum(counts)
    return np.asarray(frequent / (frequent + share), dtype=np.float32)
