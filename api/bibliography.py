"""References for bibliography programs: BibTeX, RIS and CSL-JSON (Zotero). Values in, escaped text out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class ReferenceKind(StrEnum):
    """What a reference leads to, in the words of CSL."""

    LEGISLATION = "legislation"
    CASE = "legal_case"
    REPORT = "report"


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


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing cited. `title` is how French lawyers write it; `container` the text or document it is a part of.

    `section` is its number there. `seen` is the day on which the wording was observed. `url` is the permanent address.
    """

    id: str
    kind: ReferenceKind
    title: str
    container: str
    section: str = ""
    seen: date | None = None
    url: str = ""
    note: str = ""


_RIS_TYPES = {ReferenceKind.LEGISLATION: "STAT", ReferenceKind.CASE: "CASE", ReferenceKind.REPORT: "RPRT"}
_BIBTEX_TYPES = {
    ReferenceKind.LEGISLATION: "misc",
    ReferenceKind.CASE: "misc",
    ReferenceKind.REPORT: "techreport",
}
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_"},
}
# Unicode categories: control characters, line and paragraph separators, halves of surrogate pairs.
_BREAKING = ("Cc", "Zl", "Zp", "Cs")
_NOT_KEY = re.compile(r"[^A-Za-z0-9.:-]+")


def write(references: Iterable[Reference], form: Format) -> str:
    """References in one format, in the order given."""
    if form is Format.CSL:
        return json.dumps([_csl(r) for r in references], ensure_ascii=False, indent=2) + "\n"
    writers = {Format.TEXT: _text, Format.BIBTEX: _bibtex, Format.RIS: _ris}
    return "\n".join(writers[form](r) for r in references)


def _text(reference: Reference) -> str:
    seen = f", rédaction observée le {reference.seen.isoformat()}" if reference.seen else ""
    return (
        _line(f"{reference.title}{seen}, {reference.url}" if reference.url else reference.title + seen) + "\n"
    )


def _csl(reference: Reference) -> dict[str, Any]:
    """An item of the CSL-JSON schema, empty fields left out."""
    seen = reference.seen
    fields = {
        "id": reference.id,
        "type": reference.kind.value,
        "title": _line(reference.title),
        "container-title": _line(reference.container),
        "section": _line(reference.section),
        "jurisdiction": "France" if reference.kind is ReferenceKind.LEGISLATION else "",
        "accessed": {"date-parts": [[seen.year, seen.month, seen.day]]} if seen else "",
        "URL": reference.url,
        "language": "fr",
        "note": _line(reference.note),
    }
    return {name: value for name, value in fields.items() if value}


def _ris(reference: Reference) -> str:
    """A record of tags, one a line: a line break inside a value would make another tag of what follows."""
    seen = reference.seen
    fields = [
        ("TY", _RIS_TYPES[reference.kind]),
        ("ID", reference.id),
        ("TI", reference.title),
        ("T2", reference.container),
        ("SE", reference.section),
        ("Y2", f"{seen:%Y/%m/%d}" if seen else ""),
        ("UR", reference.url),
        ("LA", "fr"),
        ("N1", reference.note),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _bibtex(reference: Reference) -> str:
    """An entry for BibTeX and BibLaTeX, in UTF-8; doubled braces keep the capitals of a title."""
    fields = [
        ("title", f"{{{_latex(reference.title)}}}"),
        ("howpublished", _latex(reference.container)),
        ("number", _latex(reference.section)),
        ("url", _line(reference.url)),
        ("urldate", reference.seen.isoformat() if reference.seen else ""),
        ("langid", "french"),
        ("note", _latex(reference.note)),
    ]
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@{_BIBTEX_TYPES[reference.kind]}{{{_key(reference.id)},\n{body}\n}}\n"


def _key(identifier: str) -> str:
    """
    >>> _key("code-penal/225-4-1")
    'code-penal:225-4-1'
    """
    ascii_text = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode()
    return _NOT_KEY.sub("-", ascii_text.replace("/", ":")).strip("-") or "renvoi"


def _latex(text: str) -> str:
    """
    >>> _latex("100 % & plus_")
    '100 \\\\% \\\\& plus\\\\_'
    """
    return "".join(_LATEX.get(character, character) for character in _line(text))


def _line(text: str) -> str:
    """On one line, without control characters."""
    kept = "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text)
    return re.sub(r" {2,}", " ", kept).strip(" ")
