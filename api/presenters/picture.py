"""Where the nodes of a neighbourhood stand in its picture: who cites on the left, what is cited on the right, themes
below. Numbers only: the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.schemas.reading import NeighbourhoodOut, NodeOut

WIDTH = 960
NODE_WIDTH, NODE_HEIGHT, GAP = 270, 34, 10
THEME_COLUMNS = 3
# Characters of the font that a node holds on its one line, at 13 px: 38 ran over its edges on screen.
LONGEST = 34
# What is kept of the end, after its last comma, when it is no longer: the number of a question or an article is there.
TAIL = 24


@dataclass(frozen=True, slots=True)
class Box:
    """One node: its corner, its text cut to its width, the whole of it, where it leads, and its line to the centre."""

    x: int
    y: int
    width: int
    text: str
    label: str
    kind: str
    url: str | None
    line: str = ""

    @property
    def middle(self) -> int:
        """Height of its middle."""
        return self.y + NODE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The boxes of a picture of this size, the centre apart."""

    width: int
    height: int
    centre: Box
    boxes: tuple[Box, ...]


def picture_of(around: NeighbourhoodOut) -> Picture:
    """The picture of a neighbourhood."""
    rows = max(len(around.cited_by), len(around.cites), 3)
    body = rows * (NODE_HEIGHT + GAP)
    centre = _box(
        (WIDTH - NODE_WIDTH) // 2,
        body // 2 - NODE_HEIGHT // 2,
        NodeOut(label=around.citation, kind="", url=None),
    )
    left = _column(around.cited_by, 0, body)
    right = _column(around.cites, WIDTH - NODE_WIDTH, body)
    themes = _grid(around.themes, body + 2 * GAP)
    height = max([body, *(box.y + NODE_HEIGHT for box in themes)]) + GAP
    return Picture(
        WIDTH,
        height,
        centre,
        (
            *(_joined(box, box.x + box.width, centre.x, centre) for box in left),
            *(_joined(box, box.x, centre.x + centre.width, centre) for box in right),
            *themes,
        ),
    )


def _column(nodes: Sequence[NodeOut], x: int, height: int) -> list[Box]:
    """Nodes under one another, as high above the middle as below."""
    top = (height - len(nodes) * (NODE_HEIGHT + GAP) + GAP) // 2
    return [_box(x, top + rank * (NODE_HEIGHT + GAP), node) for rank, node in enumerate(nodes)]


def _grid(nodes: Sequence[NodeOut], top: int) -> list[Box]:
    step = (WIDTH - NODE_WIDTH) // (THEME_COLUMNS - 1)
    return [
        _box((rank % THEME_COLUMNS) * step, top + rank // THEME_COLUMNS * (NODE_HEIGHT + GAP), node)
        for rank, node in enumerate(nodes)
    ]


def _box(x: int, y: int, node: NodeOut) -> Box:
    return Box(x, y, NODE_WIDTH, _cut(node.label), node.label, node.kind, node.url)


def _cut(label: str) -> str:
    """
    >>> _cut("Réponse au questionnaire du GRETA, question 20")
    'Réponse au questionn…, question 20'
    >>> _cut("Code de la commande publique, art. L. 2141-1")
    'Code de la comman…, art. L. 2141-1'
    """
    if len(label) <= LONGEST:
        return label
    tail = label[label.rfind(", ") :] if 0 <= len(label) - label.rfind(", ") <= TAIL else ""
    return f"{label[: LONGEST - len(tail) - 1].rstrip()}…{tail}"


def _joined(box: Box, start: int, end: int, centre: Box) -> Box:
    """With a curve from its edge at `start` to the centre's at `end`."""
    half = (start + end) // 2
    line = f"M{start} {box.middle} C{half} {box.middle} {half} {centre.middle} {end} {centre.middle}"
    return Box(box.x, box.y, box.width, box.text, box.label, box.kind, box.url, line)
