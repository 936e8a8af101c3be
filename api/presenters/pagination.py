"""A long thing cut into pages, each of a bounded weight."""

from __future__ import annotations

from collections.abc import Sequence


def leaves(weights: Sequence[int], most: int) -> list[slice]:
    """Runs of things in their order, each run as long as its weight allows; one thing at least in each.

    There is always a first run, empty when there is nothing.

    >>> leaves([4, 4, 4, 20, 1], 10)
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None), slice(4, 5, None)]
    >>> leaves([], 10)
    [slice(0, 0, None)]
    """
    cuts, start, weight = [], 0, 0
    for place, one in enumerate(weights):
        if place > start and weight + one > most:
            cuts.append(slice(start, place))
            start, weight = place, 0
        weight += one
    return [*cuts, slice(start, len(weights))]
