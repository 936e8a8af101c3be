"""Contrastive training of the token vectors: each query near its passage, far from the other passages of its batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from index.training.batches import Bags, Batch, Source, batches

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every number of a training run; the measured effect of each is in the model card."""

    dimension: int = 256
    steps: int = 3000
    batch: int = 1024
    rate: float = 0.02
    scale: float = 20.0
    drop: float = 0.2
    seed: int = 20260403


def train(bags: Bags, sources: Sequence[Source], start: Floats, recipe: Recipe) -> Floats:
    """The token vectors after training, of the shape of `start` (vocabulary × dimension)."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = torch.optim.Adam([table], lr=recipe.rate, fused=True)
    for step, batch in enumerate(batches(sources, recipe.batch, recipe.steps, rng)):
        for group in optimizer.param_groups:
            group["lr"] = recipe.rate * _schedule(step / recipe.steps)
        queries = _embed(table, *bags.flat(batch.queries, recipe.drop, rng))
        passages = _embed(table, *bags.flat(batch.passages, recipe.drop, rng))
        loss = _contrast(queries @ passages.T * recipe.scale, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 200 == 0:
            print(f"pas {step}/{recipe.steps} : perte {loss.item():.3f}", flush=True)
    return table.detach().numpy()


def _schedule(done: float) -> float:
    """The share of the learning rate after a share `done` of the steps: 5 % of rise, then down to zero."""
    return min(done / 0.05, (1 - done) / 0.95)


def _embed(table: torch.Tensor, tokens: NDArray[np.int64], starts: NDArray[np.int64]) -> torch.Tensor:
    bags = torch.nn.functional.embedding_bag(
        torch.from_numpy(tokens), table, torch.from_numpy(starts), mode="mean"
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
