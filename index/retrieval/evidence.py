"""Evidence: passages that are not articles speak for the provisions that they cite."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.artefacts.passage_table import NONE, PassageTable
from index.artefacts.weighted_edges import WeightedEdges
from index.retrieval.model import Evidence
from index.retrieval.retrievers import PassageScores

# How many of the best passages speak for provisions, and how many are shown for each.
SPEAKERS = 20
SHOWN = 6
RECORDS_SHOWN = 2


def propagate(scored: PassageScores, strength: NDArray[np.float32], links: WeightedEdges) -> dict[int, float]:
    """What the best passages give to each provision: 1 − Π(1 − strength × weight of the link), in [0, 1]."""
    missing: dict[int, float] = {}
    for position in np.argsort(-strength)[:SPEAKERS].tolist():
        provisions, weights = links.out_of(int(scored.rows[position]))
        for provision, weight in zip(provisions.tolist(), weights.tolist(), strict=True):
            missing[provision] = missing.get(provision, 1.0) * (1.0 - float(strength[position]) * weight)
    return {provision: 1.0 - rest for provision, rest in missing.items()}


def speakers(
    provision: int, strength_of_row: dict[int, float], links: WeightedEdges, table: PassageTable
) -> tuple[Evidence, ...]:
    """The passages to show for one provision, one for each question of a document: the strongest of the sources, then
    those of our own records, which never take the place of a source."""
    passages, weights = links.into(provision)
    strengths = [
        strength_of_row.get(row, 0.0) * w for row, w in zip(passages.tolist(), weights.tolist(), strict=True)
    ]
    chosen: tuple[list[Evidence], list[Evidence]] = ([], [])
    places: set[tuple[int, int]] = set()
    for position in sorted(range(len(strengths)), key=lambda i: -strengths[i]):
        row = int(passages[position])
        place = (int(table.document[row]), int(table.question[row]))
        if place in places and place[1] != NONE:
            continue
        places.add(place)
        chosen[int(table.record[row])].append(Evidence(int(table.key[row]), strengths[position]))
    sources, records = chosen
    return (*sources[:SHOWN], *records[:RECORDS_SHOWN])
