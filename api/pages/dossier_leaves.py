"""The items of a dossier by pages of a bounded weight, each of them found by the name of an item that is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from api.presenters.highlighting import short_edits
from api.presenters.pagination import leaves
from api.schemas.dossiers import ItemOut

# Characters of a wording shown in a dossier; the page of the item has it all.
EXCERPT = 1_500
# Bytes of items on one page: it has 150 000, of which the style sheet and the forms around the items take up to 50 000.
MOST = 95_000
# Bytes of markup around one item, with its buttons, as the templates write it.
_ITEM = 1_600


@dataclass(frozen=True, slots=True)
class AskedLeaf:
    """Which page of a dossier is asked for: by its number, the first being 0, or by an item that is on it."""

    page: int = 0
    element: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a dossier."""

    items: Sequence[ItemOut]
    number: int
    total: int


def asked_leaf(
    page: Annotated[int, Query(ge=0, le=500)] = 0, element: Annotated[str, Query(max_length=64)] = ""
) -> AskedLeaf:
    """From the address of the page."""
    return AskedLeaf(page, element)


LeafDep = Annotated[AskedLeaf, Depends(asked_leaf)]


def leaf_of(items: Sequence[ItemOut], wanted: AskedLeaf) -> Leaf:
    """The page asked for; the last when there are fewer, as after items were removed."""
    cuts = leaves([_weight(item) for item in items], MOST)
    numbers = [n for n, leaf in enumerate(cuts) if any(item.id == wanted.element for item in items[leaf])]
    number = numbers[0] if numbers else min(wanted.page, len(cuts) - 1)
    return Leaf(items[cuts[number]], number, len(cuts))


def _weight(item: ItemOut) -> int:
    content = item.quotation.text if item.quotation else item.source.text if item.source else ""
    edits = short_edits(item.freshness.edits) if item.freshness and item.freshness.edits else ()
    texts = (item.title, item.note, content[:EXCERPT], *(edit.text for edit in edits))
    return _ITEM + sum(len(text.encode()) for text in texts)
