"""One reference in the formats of bibliographies: CSL-JSON (Zotero), RIS and BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from kb.text.characters import one_line, printable

# What BibTeX takes for commands. The text itself stays in UTF-8, which biber and every reader of today take.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces even when they are escaped.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_URL = ":/?#[]@!$&'()*+,;=%-._~"
_CSL_TYPES = {"article": "legislation", "decision": "legal_case", "document": "document"}
_RIS_TYPES = {"article": "STAT", "decision": "CASE", "document": "GEN"}
_BIBTEX_TYPES = {"article": "misc", "decision": "misc", "document": "misc"}


class ReferenceKind(StrEnum):
    """What a reference is to."""

    ARTICLE = "article"
    DECISION = "decision"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a bibliography says of one source.

    `title` is the exact citation ("Code pénal, art. 225-4-1"); `container` the text that it is part of; `number` the
    article's; `day` the date of the wording; `seen` the day on which it was read; `quotation` the words quoted.
    """

    id: str
    kind: ReferenceKind
    title: str
    container: str = ""
    number: str = ""
    day: date | None = None
    seen: date | None = None
    url: str = ""
    quotation: str = ""
    note: str = ""
    author: str = ""


def key_of(identifier: str) -> str:
    """A key that every format takes, from an identifier.

    >>> key_of("code-penal/225-4-1"), key_of("reponse-france-greta-4/21/3")
    ('code-penal-225-4-1', 'reponse-france-greta-4-21-3')
    """
    ascii_text = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[A-Za-z0-9]+", ascii_text)) or "source"


def csl_item(reference: Reference, key: str = "") -> dict[str, object]:
    """An item of CSL-JSON 1.0, without what is not known.

    >>> item = csl_item(Reference("ceseda/L425-1", ReferenceKind.ARTICLE, "CESEDA", day=date(2026, 4, 3)))
    >>> item["type"], item["issued"]
    ('legislation', {'date-parts': [[2026, 4, 3]]})
    """
    fields: dict[str, object] = {
        "id": key or key_of(reference.id),
        "type": _CSL_TYPES[reference.kind],
        "title": one_line(reference.title),
        "container-title": one_line(reference.container),
        "number": one_line(reference.number),
        "issued": _date_parts(reference.day),
        "accessed": _date_parts(reference.seen),
        "URL": one_line(reference.url),
        "abstract": printable(reference.quotation),
        "note": printable(reference.note),
        "author": [{"literal": one_line(reference.author)}] if reference.author else [],
        "language": "fr-FR",
    }
    return {name: value for name, value in fields.items() if value}


def ris_record(reference: Reference, key: str = "") -> str:
    """A record of RIS, its lines ended as the format asks."""
    fields = [
        ("TY", _RIS_TYPES[reference.kind]),
        ("ID", key or key_of(reference.id)),
        ("TI", reference.title),
        ("T2", reference.container),
        ("AU", reference.author),
        ("SE", reference.number),
        ("PY", str(reference.day.year) if reference.day else ""),
        ("DA", reference.day.strftime("%Y/%m/%d") if reference.day else ""),
        ("Y2", reference.seen.strftime("%Y/%m/%d") if reference.seen else ""),
        ("AB", reference.quotation),
        ("N1", reference.note),
        ("UR", reference.url),
        ("LA", "fr"),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if one_line(value)]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex_entry(reference: Reference, key: str = "") -> str:
    """An entry of BibTeX. Every special character of TeX is written as text."""
    fields = [
        ("title", reference.title),
        ("author", f"{{{_tex(reference.author)}}}" if reference.author else ""),  # braces: one name, not cut
        ("booktitle", reference.container),
        ("number", reference.number),
        ("date", reference.day.isoformat() if reference.day else ""),
        ("year", str(reference.day.year) if reference.day else ""),
        ("urldate", reference.seen.isoformat() if reference.seen else ""),
        ("url", quote(one_line(reference.url), safe=_URL)),
        ("abstract", reference.quotation),
        ("note", reference.note),
        ("langid", "french"),
    ]
    lines = [
        f"  {name} = {{{value if name in ('author', 'url') else _tex(value)}}},"
        for name, value in fields
        if one_line(value)
    ]
    kind = _BIBTEX_TYPES[reference.kind]
    return "\n".join([f"@{kind}{{{key or key_of(reference.id)},", *lines, "}", ""])


def keys_of(references: Iterable[Reference]) -> list[str]:
    """A key for each, no two the same."""
    lines: list[str] = []
    for reference in references:
        key, rank = key_of(reference.id), 2
        while key in lines:
            key, rank = f"{key_of(reference.id)}-{rank}", rank + 1
        lines.append(key)
    return lines


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX)


def _date_parts(day: date | None) -> dict[str, object]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}
