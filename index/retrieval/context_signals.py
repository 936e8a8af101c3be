"""What the other candidates say of a provision: those of its section, and the best ones, whose articles cite it.

Candidates are columns: position i of each array is the same provision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.artefacts.passage_table import Column
from index.artefacts.weighted_edges import WeightedEdges

Scores = NDArray[np.float32]
# How many of the best answers speak for those that they cite.
CITING = 5


def section_strength(scores: Scores, sections: Column) -> Scores:
    """Half the sum of the scores of the two best other candidates of each one's section; missing ones count 0.

    >>> section_strength(np.array([0.8, 0.5, 0.6], np.float32), np.array([7, 7, 8])).tolist()
    [0.25, 0.4000000059604645, 0.0]
    """
    order = np.lexsort((-scores, sections))
    sorted_sections = sections[order]
    starts = np.searchsorted(sorted_sections, sorted_sections)
    place = np.arange(len(order)) - starts
    best = [_nth_of_group(scores[order], sorted_sections, starts, n) for n in range(3)]
    first, second, third = best
    others = np.select([place == 0, place == 1], [second + third, first + third], first + second)
    strengths = np.empty_like(scores)
    strengths[order] = others / 2
    return strengths


def _nth_of_group(scores: Scores, sections: Column, starts: Column, n: int) -> Scores:
    """For each row, the nth score of its group, 0 when the group is smaller; groups are contiguous, best first."""
    at = np.minimum(starts + n, len(scores) - 1)
    there = (starts + n < len(scores)) & (sections[at] == sections)
    return np.where(there, scores[at], 0).astype(np.float32)


def cited_by_best(scores: Scores, provisions: Column, between: WeightedEdges) -> Scores:
    """For each candidate that one of the best ones cites, the highest score of these; `provisions` is sorted."""
    signal = np.zeros_like(scores)
    for position in np.lexsort((provisions, -scores))[:CITING].tolist():
        cited = between.out_of(int(provisions[position]))[0]
        at = np.minimum(np.searchsorted(provisions, cited), len(provisions) - 1)
        at = at[(provisions[at] == cited) & (at != position)]
        signal[at] = np.maximum(signal[at], scores[position])
    return signal
