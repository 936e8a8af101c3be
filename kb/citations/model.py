"""What the grammars read, before anything is inherited: texts named, and articles of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kb.model import CitationKind


class Naming(Enum):
    """How a text is named where it is cited."""

    NAMED = auto()
    """In full, by number, date or acronym: `ids` tells which."""
    BACK = auto()
    """By a word that sends back: "du même code", "de la directive", "la Convention"."""
    THIS = auto()
    """"du présent code": the text that is being read."""
    OTHER = auto()
    """Something that was not understood; nothing may be inherited across it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A text named at `[start, end)`. `ids` holds several identifiers when old and new codes share a name.

    `noun` is what it calls itself (code, loi, directive, convention…), by which later words send back to it; `year`
    is that of a law or an act of the Union, the ISO date of a decision.
    """

    start: int
    end: int
    naming: Naming
    noun: str
    ids: tuple[str, ...] = ()
    kind: CitationKind = CitationKind.OTHER
    year: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One number, or one range, of a list of articles.

    `paragraph` is what stands after a dot, "1" of "6.1": a part of the number in a code, a paragraph in a treaty.
    """

    number: str
    end: str = ""
    open: bool = False
    subdivision: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A reading in the text: articles (`items`) of a text (`text`), either of which may be missing.

    `subdivision` is what stands before the word "article" ("deuxième alinéa de l'article 5"), `worded` whether that
    word is there, `defines` the short name that the mention gives to its text, `note_call` the number of the note
    that tells which text is meant, `report` whether it is of the explanatory report of the text, `unread` a number
    written beside the text that could not be read to its end.
    """

    start: int
    end: int
    items: tuple[Item, ...] = ()
    text: Named | None = None
    subdivision: str = ""
    worded: bool = False
    defines: str = ""
    note_call: str = ""
    report: bool = False
    unread: str = ""
