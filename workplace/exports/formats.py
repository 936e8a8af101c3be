"""The formats of an export, by the name that the API and the pages give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kb.text.characters import file_stem
from workplace.exports.bibliographies import to_bibtex, to_csl, to_ris
from workplace.exports.csv_table import to_csv
from workplace.exports.docx_document import to_docx
from workplace.exports.html_page import to_html
from workplace.exports.markdown import to_markdown
from workplace.exports.odt_document import to_odt
from workplace.exports.report import Report


class Format(StrEnum):
    """What an export can be asked for."""

    DOCX = "docx"
    ODT = "odt"
    MARKDOWN = "md"
    HTML = "html"
    CSL = "csl"
    RIS = "ris"
    BIBTEX = "bibtex"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to be saved under this name."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Writer:
    label: str
    media_type: str
    extension: str
    write: Callable[[Report], str | bytes]


_WRITERS = {
    Format.DOCX: _Writer(
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        to_docx,
    ),
    Format.ODT: _Writer("OpenDocument (ODT)", "application/vnd.oasis.opendocument.text", "odt", to_odt),
    Format.MARKDOWN: _Writer("Markdown", "text/markdown; charset=utf-8", "md", to_markdown),
    Format.HTML: _Writer("HTML", "text/html; charset=utf-8", "html", to_html),
    Format.CSL: _Writer(
        "CSL-JSON (Zotero)", "application/vnd.citationstyles.csl+json; charset=utf-8", "csl.json", to_csl
    ),
    Format.RIS: _Writer("RIS", "application/x-research-info-systems; charset=utf-8", "ris", to_ris),
    Format.BIBTEX: _Writer("BibTeX", "application/x-bibtex; charset=utf-8", "bib", to_bibtex),
    Format.CSV: _Writer("Tableur (CSV)", "text/csv; charset=utf-8; header=present", "csv", to_csv),
}
LABELS = {format_: writer.label for format_, writer in _WRITERS.items()}
MEDIA_TYPES = {format_: writer.media_type for format_, writer in _WRITERS.items()}


def export(report: Report, format_: Format) -> ExportedFile:
    """The report in this format, under a name that any system takes."""
    writer = _WRITERS[format_]
    written = writer.write(report)
    content = written.encode() if isinstance(written, str) else written
    return ExportedFile(
        f"{file_stem(report.title, 'rapport')}.{writer.extension}", writer.media_type, content
    )
