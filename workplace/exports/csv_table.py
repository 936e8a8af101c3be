"""A report as a table (RFC 4180, UTF-8 with the mark that spreadsheets look for). No cell is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from kb.text.characters import printable
from workplace.exports.outline import footnote_of, made_on
from workplace.exports.report import Entry, Report, Standing

COLUMNS = (
    "genre",
    "numero",
    "titre",
    "texte",
    "note",
    "etat",
    "changement",
    "citation",
    "identifiant",
    "extraits",
)
# What a spreadsheet computes when a cell begins with it, blanks aside.
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def to_csv(report: Report) -> str:
    """The text of the file."""
    file = StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(report):
        writer.writerow({name: inert(value) for name, value in row.items()})
    return "\ufeff" + file.getvalue()


def inert(cell: str) -> str:
    """
    >>> inert("=1+1"), inert(" @x"), inert("Article 5")
    ("'=1+1", "' @x", 'Article 5')
    """
    clean = printable(cell)
    return f"'{clean}" if clean.lstrip(" \n").startswith(_FORMULA) else clean


def _rows(report: Report) -> Iterator[dict[str, str]]:
    yield {"genre": "rapport", "titre": report.title, "note": report.note, "texte": made_on(report)}
    for section, entries in report.numbered():
        if section.title or section.note:
            yield {"genre": "rubrique", "titre": section.title, "note": section.note}
        for number, entry in entries:
            yield _entry(number, entry)
        for gap in section.gaps:
            yield {"genre": "lacune", "titre": section.title, "note": gap}
    for cited in report.cited:
        yield {
            "genre": "disposition citée",
            "identifiant": cited.id,
            "citation": cited.citation,
            "etat": cited.state,
            "extraits": ", ".join(str(n) for n in cited.entries),
        }


def _entry(number: int | None, entry: Entry) -> dict[str, str]:
    standing = entry.standing or Standing("")
    return {
        "genre": "extrait" if number else "note",
        "numero": str(number or ""),
        "titre": entry.title,
        "texte": entry.quoted,
        "note": entry.note,
        "etat": standing.label,
        "changement": " ".join(filter(None, [standing.message, _changes(standing)])),
        "citation": footnote_of(entry) if number else "",
        "identifiant": entry.reference.id if entry.reference else "",
    }


def _changes(standing: Standing) -> str:
    """In one cell: [-gone-] and {+come+}, as in a word comparison of plain text."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[edit.kind].format(edit.text) for edit in standing.edits)
