"""The sources of a report as a bibliography: CSL-JSON, RIS, BibTeX. One item a thing quoted, with its notes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from kb.bibliography import Reference, ReferenceKind, bibtex_entry, csl_item, keys_of, ris_record
from kb.text.characters import one_line
from workplace.exports.outline import standing_line
from workplace.exports.report import Entry, Report


def to_csl(report: Report) -> str:
    """A JSON array, as Zotero reads it."""
    items = [csl_item(reference, key) for reference, key in _sources(report)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def to_ris(report: Report) -> str:
    """Records one after the other."""
    return "".join(ris_record(reference, key) for reference, key in _sources(report))


def to_bibtex(report: Report) -> str:
    """Entries one after the other."""
    return "\n".join(bibtex_entry(reference, key) for reference, key in _sources(report))


def _sources(report: Report) -> Iterator[tuple[Reference, str]]:
    entries = [_source(entry) for _, entry in report.quoted]
    return zip(entries, keys_of(entries), strict=True)


def _source(entry: Entry) -> Reference:
    """What the entry quotes, what its author noted, how it stands and where it was read."""
    reference = entry.reference or Reference(one_line(entry.title), ReferenceKind.DOCUMENT, entry.title)
    notes = [entry.note, entry.provenance, standing_line(entry.standing) if entry.standing else ""]
    return replace(reference, quotation=entry.quoted, note="\n".join(part for part in notes if part))
