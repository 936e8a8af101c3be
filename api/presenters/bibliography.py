"""References as files: the formats that are offered, their media types, and the writing of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from kb.bibliography import Reference, bibtex_entry, csl_item, keys_of, ris_record
from kb.text.characters import one_line
from kb.text.french_dates import french_date


class Format(StrEnum):
    """The formats of a reference."""

    TEXT = "texte"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"


MEDIA = {
    Format.TEXT: ("text/plain; charset=utf-8", "txt"),
    Format.BIBTEX: ("application/x-bibtex; charset=utf-8", "bib"),
    Format.RIS: ("application/x-research-info-systems; charset=utf-8", "ris"),
    Format.CSL: ("application/vnd.citationstyles.csl+json", "json"),
}
"""Media type and file extension of each format."""


def write(references: Sequence[Reference], form: Format) -> str:
    """References in one format, in the order given."""
    keyed = list(zip(references, keys_of(references), strict=True))
    if form is Format.CSL:
        return json.dumps([csl_item(r, key) for r, key in keyed], ensure_ascii=False, indent=2) + "\n"
    if form is Format.RIS:
        return "".join(ris_record(r, key) for r, key in keyed)
    if form is Format.BIBTEX:
        return "\n".join(bibtex_entry(r, key) for r, key in keyed)
    return "".join(f"{in_words(r)}, {r.url}\n" for r in references)


def in_words(reference: Reference) -> str:
    """The reference with the day of its wording, as it is written in a note.

    >>> from datetime import date
    >>> from kb.bibliography import ReferenceKind
    >>> in_words(Reference("a/1", ReferenceKind.ARTICLE, "Code pénal, art. 1", seen=date(2026, 4, 3)))
    'Code pénal, art. 1, rédaction observée le 3 avril 2026'
    """
    observation = f", rédaction observée le {french_date(reference.seen)}" if reference.seen else ""
    return one_line(reference.title) + observation
