"""How familiar a provision is: how many pages of the public service refer to it, or whether we have a record on it.

The counts stand in `index/data/familiar.tsv`, made by `python -m index.training.familiar`: a provision, a tab, how many
pages. What ordinary questions are about is very unevenly spread: three quarters of the articles that pages set aside
refer to are among the eight per cent that the other pages do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from math import log1p

import numpy as np
from numpy.typing import NDArray

FILE = "familiar.tsv"
# What a provision of one page already has of the most that a provision can have, and what a record of ours is worth.
_ONE_PAGE = 0.2
RECORDED = 0.5


def familiarity(provisions: Sequence[str], recorded: Collection[int]) -> NDArray[np.float32]:
    """By row of a provision, in [0, 1]; `recorded` are the rows of those that we have a record on."""
    pages = counts()
    most = log1p(max(pages.values(), default=1))
    shares = np.zeros(len(provisions), dtype=np.float32)
    for row, name in enumerate(provisions):
        if name in pages:
            shares[row] = _ONE_PAGE + (1 - _ONE_PAGE) * log1p(pages[name]) / most
    rows = np.fromiter(recorded, dtype=np.int64, count=len(recorded))
    shares[rows] = np.maximum(shares[rows], RECORDED)
    return shares


@cache
def counts() -> dict[str, int]:
    """How many pages refer to each provision that any refers to."""
    lines = files("index").joinpath("data", FILE).read_text(encoding="utf-8").splitlines()
    return {provision: int(count) for provision, _, count in (line.partition("\t") for line in lines)}
