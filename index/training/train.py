"""Contrastive training of the token vectors: each query near its passage, far from the other passages of its batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from index.training.batches import Bags, Batch, Source, batches
from index.training.recipe import Recipe

Floats = NDArray[np.float32]


def train(bags: Bags, sources: Sequence[Source], start: Floats, weights: Floats, recipe: Recipe) -> Floats:
    """The token vectors after training, of the shape of `start` (vocabulary × dimension)."""
    rng = np.random.default_rng(recipe.seed)
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    fixed = torch.from_numpy(weights)
    optimizer = torch.optim.Adam([table], lr=recipe.rate, fused=True)
    for step, batch in enumerate(batches(sources, recipe.batch, recipe.steps, rng)):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * _schedule(step / recipe.steps)
        queries = _embed(table, fixed, *bags.flat(batch.queries, recipe.drop, rng))
        passages = _embed(table, fixed, *bags.flat(batch.passages, recipe.drop, rng))
        loss = _contrast(queries @ passages.T * recipe.scale, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step % 200 == 0:
            print(f"pas {step}/{recipe.steps} : perte {loss.item():.3f}", flush=True)
    return table.detach().numpy() * weights[:, None]


def _schedule(done: float) -> float:
    """The share of the learning rate after a share `done` of the steps: 5 % of rise, then down to zero."""
    return min(done / 0.05, (1 - done) / 0.95)


def _embed(
    table: torch.Tensor, weights: torch.Tensor, tokens: NDArray[np.int64], starts: NDArray[np.int64]
) -> torch.Tensor:
    rows = torch.from_numpy(tokens)
    bags = torch.nn.functional.embedding_bag(
        rows, table, torch.from_numpy(starts), mode="sum", per_sample_weights=weights[rows]
    )
    return torch.nn.functional.normalize(bags, dim=1)


def _contrast(scores: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Symmetric cross-entropy over the batch; a passage or query that is there twice is no counter-example."""
    same = (batch.passages[:, None] == batch.passages) | (batch.queries[:, None] == batch.queries)
    np.fill_diagonal(same, False)
    scores = scores.masked_fill(torch.from_numpy(same), -1e4)
    target = torch.arange(len(scores))
    rows = torch.nn.functional.cross_entropy(scores, target)
    return (rows + torch.nn.functional.cross_entropy(scores.T, target)) / 2
