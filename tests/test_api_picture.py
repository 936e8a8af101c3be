"""The picture of a neighbourhood: whatever the numbers, no box over another and none outside."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from api.presenters.picture import NODE_HEIGHT, Box, picture_of
from api.schemas.reading import NeighbourhoodOut, NodeOut

_NODES = st.lists(st.text(min_size=1, max_size=80), max_size=12).map(
    lambda labels: [NodeOut(label=label, kind="code", url="/x") for label in labels]
)


def _apart(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + NODE_HEIGHT <= other.y or other.y + NODE_HEIGHT <= one.y


@given(_NODES, _NODES, _NODES)
def test_no_box_is_over_another_nor_outside(
    citing: list[NodeOut], cited: list[NodeOut], themes: list[NodeOut]
) -> None:
    found = NeighbourhoodOut(
        id="c/1",
        citation="Code, art. 1",
        cited_by=citing,
        cited_by_total=len(citing),
        cites=cited,
        cites_total=len(cited),
        themes=themes,
    )
    picture = picture_of(found)
    boxes = (picture.centre, *picture.boxes)
    assert len(boxes) == 1 + len(citing) + len(cited) + len(themes)
    assert all(_apart(one, other) for one, other in combinations(boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= picture.width for box in boxes)
    assert all(box.y >= 0 and box.y + NODE_HEIGHT <= picture.height for box in boxes)
