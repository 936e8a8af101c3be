"""What is exported: a title, sections of entries, the provisions cited, how all stands against the base.

A plain value, which knows neither the base nor who made it: a dossier becomes one, and so does the draft of a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from kb.bibliography import Reference
from kb.text.diff import Edit


@dataclass(frozen=True, slots=True)
class Standing:
    """How a wording stands against the base: `label` in a few French words, `message` in a sentence.

    `current` is False when it may no longer be quoted as it is; `edits` then lead from it to the wording of the day.
    """

    label: str
    message: str = ""
    current: bool = True
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing quoted, or (without text) a note of the author's.

    `text` is the whole wording as it was kept, `quotation` the part chosen of it; `reference` is its exact citation,
    `provenance` a French sentence: of which date, read where and when.
    """

    title: str = ""
    text: str = ""
    quotation: str = ""
    note: str = ""
    reference: Reference | None = None
    provenance: str = ""
    standing: Standing | None = None

    @property
    def quoted(self) -> str:
        """The words that the export quotes."""
        return self.quotation or self.text

    @property
    def cites(self) -> bool:
        """Whether it is a source, with or without its text, and so has a number; else it is a note."""
        return bool(self.quoted) or self.reference is not None


@dataclass(frozen=True, slots=True)
class Section:
    """Some entries under a title; `level` is 1 for the highest. A first section may have no title.

    `gaps` are what a question asks and that its section does not answer, in French.
    """

    entries: tuple[Entry, ...]
    title: str = ""
    note: str = ""
    level: int = 1
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision that an entry is, or cites; `entries` are their numbers in the report."""

    id: str
    citation: str
    state: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole; `generation` is that of the base it was set against on `day`."""

    title: str
    day: date
    sections: tuple[Section, ...]
    note: str = ""
    author: str = ""
    generation: str = ""
    cited: tuple[Cited, ...] = ()

    def numbered(self) -> Iterator[tuple[Section, tuple[tuple[int | None, Entry], ...]]]:
        """Every section with its entries and their numbers; a note of the author's has none."""
        numbers = count(1)
        for section in self.sections:
            yield (
                section,
                tuple((next(numbers) if entry.cites else None, entry) for entry in section.entries),
            )

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """(title of the section, what is missing from it)."""
        return tuple((section.title, gap) for section in self.sections for gap in section.gaps)

    @property
    def quoted(self) -> tuple[tuple[int, Entry], ...]:
        """The entries that are sources, with their numbers."""
        entries = (entry for section in self.sections for entry in section.entries if entry.cites)
        return tuple(enumerate(entries, 1))

    @property
    def changed(self) -> tuple[tuple[int, Entry, Standing], ...]:
        """Those that no longer stand as they were kept."""
        return tuple((n, e, e.standing) for n, e in self.quoted if e.standing and not e.standing.current)
