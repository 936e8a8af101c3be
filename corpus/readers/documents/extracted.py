"""What every format is brought to before it is read: one text, in one layout, with the headings that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a document.

    `raw` is laid out as `corpus.readers.questionnaire.layout` reads it: an empty line is spacing, a line that holds
    one space parts two paragraphs, a run of spaces stands above the footnotes of a page, a form feed opens a page.
    `levels` gives the level of the headings (1 the highest) by the offset at which their line begins, `pages` the
    number of pages (0 where the format has none), `left_out` the lines repeated on its pages, which are not in `raw`.
    """

    raw: str
    levels: Mapping[int, int] = field(default_factory=dict)
    pages: int = 0
    left_out: tuple[str, ...] = ()
    title: str = ""


RULE = " " * 59
"""The line above footnotes."""
PARAGRAPH = " "
"""The line between two paragraphs."""
