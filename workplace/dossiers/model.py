"""The values of dossiers. No database, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kb.text.spans import Span


class ItemKind(StrEnum):
    """What an item of a dossier is."""

    PROVISION = "disposition"
    PASSAGE = "passage"
    NOTE = "note"
    HEADING = "titre"
    QUESTION = "question"
    """A heading that asks: its note is the wording of the question and of its sub-questions, one a line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A provision or a passage as it was when it was gathered: the wording is kept, and does not change.

    `day` is the date of the law asked for; `kept` the day on which it was gathered, from the base `generation`.
    `start`, `end` and `seen` are the validity of the wording as then known (None for a passage). `warnings` are what
    the base said of it then, in French.
    """

    id: str
    citation: str
    text: str
    day: date
    kept: date
    generation: str = ""
    document: str = ""
    document_title: str = ""
    heading: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    seen: date | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a dossier, with its author's note.

    `title` is that of a heading or a question. `quotation` is the part of the wording to be quoted, None for all of it.
    """

    id: str
    kind: ItemKind
    title: str = ""
    note: str = ""
    source: Source | None = None
    quotation: Span | None = None

    @property
    def heads(self) -> bool:
        """Whether it opens a section, and so has a title."""
        return self.kind in (ItemKind.HEADING, ItemKind.QUESTION)

    @property
    def quoted(self) -> str:
        """The words to be quoted."""
        if self.source is None:
            return ""
        return self.source.text[slice(*self.quotation)] if self.quotation else self.source.text


@dataclass(frozen=True, slots=True)
class Content:
    """What a dossier holds, in order: what an edit replaces as a whole."""

    title: str
    note: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier of one account. `version` grows by one with every edit; `deleted` is set while it can be undone."""

    id: str
    owner: str
    version: int
    content: Content
    created: datetime
    changed: datetime
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A dossier in a list."""

    id: str
    version: int
    title: str
    items: int
    created: datetime
    changed: datetime
    deleted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a dossier: which, who made it, when, and what was done, in French. `content` None in a list."""

    version: int
    author: str
    at: datetime
    action: str
    content: Content | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A secret link to read a dossier, without the secret, which is not kept."""

    id: str
    dossier: str
    label: str
    created: datetime
    revoked: datetime | None = None
