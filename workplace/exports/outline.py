"""A report as headings, paragraphs, quotations, comparisons and tables: the one content of every document format.

Every text is cleaned here of the characters that a document cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.text.characters import one_line, printable
from kb.text.diff import Edit
from kb.text.french_dates import french_date
from workplace.exports.report import Entry, Report, Standing

LEGEND = "Barré : dans la rédaction gardée seule. Souligné : dans la rédaction du jour seule."
CITED, CHANGED = "Dispositions citées", "Changements depuis que les extraits ont été gardés"
GAPS, GAPS_COLUMNS = "Lacunes", ("Question", "Ce qui manque")
CITED_COLUMNS = ("Disposition", "État dans la base", "Extraits")
CHANGED_COLUMNS = ("Extrait", "Référence", "État", "Ce qui a changé")
NOTHING_CHANGED = "Aucun extrait n'a changé."
_FOLLOW = ",.;:)]»"
# A word processor has six levels, and the title takes the first.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 1 for the title of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of the author's, or (`facts`) what is said of the source in small print."""

    text: str
    facts: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a source, one string an alinéa; `footnote` is its citation."""

    alineas: tuple[str, ...]
    footnote: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A comparison, word by word."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of one line each; `widths` are the shares of the columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Of the whole width, which is 1."""
        return tuple(width / sum(self.widths) for width in self.widths)


Block = Heading | Paragraph | Quote | Rewording | Table


def outline(report: Report) -> tuple[Block, ...]:
    """The whole report, in order."""
    return (*_head(report), *_body(report), *_cited(report), *_changes(report), *_gaps(report))


def footnote_of(entry: Entry) -> str:
    """The exact citation of an entry, where and when it was read."""
    title = entry.reference.title if entry.reference else entry.title
    url = entry.reference.url if entry.reference else ""
    parts = [f"{title.rstrip('.')}." if title else "", entry.provenance, f"<{url}>" if url else ""]
    return one_line(" ".join(part for part in parts if part))


def standing_line(standing: Standing) -> str:
    """
    >>> standing_line(Standing("abrogé", "Abrogé au plus tard le 3 avril 2026.", current=False))
    'État : abrogé. Abrogé au plus tard le 3 avril 2026.'
    """
    return one_line(f"État : {standing.label}. {standing.message}")


def made_on(report: Report) -> str:
    """When it was made, and with which base."""
    base = f" avec la base {report.generation}" if report.generation else ""
    author = f" par {report.author}" if report.author else ""
    return one_line(f"Établi le {french_date(report.day)}{author}{base} de Renvoi.")


def _head(report: Report) -> Iterator[Block]:
    yield Heading(1, one_line(report.title))
    yield Paragraph(made_on(report), facts=True)
    yield from _paragraphs(report.note)


def _body(report: Report) -> Iterator[Block]:
    for section, entries in report.numbered():
        if section.title:
            yield _heading(section.level + 1, section.title)
        yield from _paragraphs(section.note)
        for number, entry in entries:
            yield from _entry(entry, number, section.level + 2 if section.title else 2)


def _entry(entry: Entry, number: int | None, level: int) -> Iterator[Block]:
    if entry.title:
        yield _heading(level, f"{number}. {entry.title}" if number else entry.title)
    if alineas := tuple(_lines(entry.quoted)):
        yield Quote(alineas, footnote_of(entry))
    elif entry.cites:
        yield Paragraph(footnote_of(entry), facts=True)
    yield from _paragraphs(entry.note)
    if entry.standing:
        yield Paragraph(standing_line(entry.standing), facts=True)


def _cited(report: Report) -> Iterator[Block]:
    if report.cited:
        yield Heading(2, CITED)
        rows = [(c.citation, c.state, ", ".join(str(n) for n in c.entries)) for c in report.cited]
        yield _table(CITED_COLUMNS, rows, (5, 3, 2))


def _changes(report: Report) -> Iterator[Block]:
    if not any(entry.standing for _, entry in report.quoted):
        return
    yield Heading(2, CHANGED)
    if not report.changed:
        yield Paragraph(NOTHING_CHANGED)
        return
    rows = [(str(n), e.title, s.label, s.message) for n, e, s in report.changed]
    yield _table(CHANGED_COLUMNS, rows, (2, 5, 3, 8))
    for number, entry, standing in report.changed:
        if standing.edits:
            yield _heading(3, f"Extrait {number} : {entry.title}")
            yield Paragraph(LEGEND, facts=True)
            yield Rewording(tuple(_parted(standing.edits)))


def _parted(edits: Sequence[Edit]) -> Iterator[Edit]:
    """With a space wherever what came would be written against what went, unless it is a mark that follows a word."""
    before = ""
    for edit in edits:
        text = printable(edit.text)
        if edit.kind == "added" and before[-1:].strip() and text[:1].strip(_FOLLOW + " \n"):
            yield Edit("same", " ")
        before = text if edit.kind == "removed" else ""
        yield Edit(edit.kind, text)


def _gaps(report: Report) -> Iterator[Block]:
    if report.gaps:
        yield Heading(2, GAPS)
        yield _table(GAPS_COLUMNS, report.gaps, (3, 2))


def _heading(level: int, text: str) -> Heading:
    return Heading(min(level, _DEEPEST), one_line(text))


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> Table:
    return Table(columns, tuple(tuple(one_line(cell) for cell in row) for row in rows), widths)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in _lines(text))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in printable(text).split("\n") if line.strip()]
