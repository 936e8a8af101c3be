"""A DOCX as one text: its paragraphs, tables and footnotes in order, and the levels of its headings."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from lxml.etree import LxmlError

from corpus.readers.documents.docx_lists import ListMarks
from corpus.readers.documents.extracted import PARAGRAPH, RULE, Extracted
from kb.errors import UnreadableSource

# A report of 300 pages in DOCX unpacks to some 3 MB of XML; its pictures are never unpacked.
MAX_XML = 40_000_000
MAX_MEMBERS = 5_000
_HEADING = re.compile(r"(?:heading|titre)\s+(\d)", re.IGNORECASE)
_TITLES = {"title", "titre"}
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_FOOTNOTES = "/word/footnotes.xml"
# Word writes a hyphen that does not break as an element: without it, 225-4-1 would be read 22541.
_HYPHENS = {qn("w:noBreakHyphen"): "-"}
_READ = (qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:footnoteReference"), qn("w:p"), *_HYPHENS)
# What a broken package makes python-docx raise, beside its own errors.
_FAULTS = (
    OpcError, LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, AttributeError, TypeError,
    IndexError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip


def extract_docx(data: bytes, path: str) -> Extracted:
    """The text of a DOCX. Raises UnreadableSource: damaged, encrypted, a bomb, or without text."""
    _check(data, path)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
        notes = _notes(document)
    except RecursionError as error:
        raise _refused(path, "ses éléments sont emboîtés trop profondément") from error
    except _FAULTS as error:
        raise _refused(path, f"il est abîmé ou n'est pas un document ({type(error).__name__})") from error
    if not any(text for text, _ in lines):
        raise _refused(path, "il ne contient aucun texte")
    return _compose(lines, notes, str(document.core_properties.title or ""))


def _check(data: bytes, path: str) -> None:
    """Look at the directory of the package before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            xml = [m for m in members if m.filename.lower().endswith((".xml", ".rels"))]
            if len(members) > MAX_MEMBERS or sum(m.file_size for m in xml) > MAX_XML:
                raise _refused(path, "il se déplie en bien plus de données qu'un document n'en contient")
            if sum(m.file_size for m in members) > 20 * MAX_XML:
                raise _refused(path, "ses images se déplient en trop de données")
            if any(m.flag_bits & 1 for m in members):
                raise _refused(path, "il est protégé par un mot de passe")
            if any(".." in m.filename.split("/") or m.filename.startswith("/") for m in members):
                raise _refused(path, "il contient un chemin qui en sort")
            if any(_DOCTYPE.search(package.read(m)) for m in xml):
                raise _refused(path, "il déclare des entités XML, ce qu'un document ne fait jamais")
    except _FAULTS as error:
        raise _refused(path, "ce n'est pas un DOCX entier") from error


def _refused(path: str, why: str) -> UnreadableSource:
    return UnreadableSource(
        f"Le document « {path} » ne peut pas être lu : {why}.", hint="Reprendre le fichier d'origine."
    )


def _lines(document: Any) -> Iterator[tuple[str, int]]:
    """(text, level of heading or 0) of each paragraph, with its number or bullet, and each row of a table."""
    marks = ListMarks(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(
                    cell._tc for cell in row.cells
                )  # a merged cell stands there several times
                yield " | ".join(_words(_element_text(cell)) for cell in cells), 0
        else:
            text = _words(_element_text(block._p))
            mark = _words(marks.mark(block)) if text else ""
            yield f"{mark} {text}".strip(), _level(block.style.name if block.style else "")


def _level(style: str) -> int:
    found = _HEADING.match(style)
    return int(found[1]) if found else int(style.lower() in _TITLES)


def _element_text(element: Any) -> str:
    """The text of a paragraph or a cell, with the numbers of its footnotes and without what was deleted."""
    parts = []
    for child in element.iter(*_READ):
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:footnoteReference"):
            parts.append(child.get(qn("w:id"), ""))
        elif child.tag in _HYPHENS:
            parts.append(_HYPHENS[child.tag])
        else:
            parts.append(" ")
    return "".join(parts)


def _words(text: str) -> str:
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def _notes(document: Any) -> list[tuple[str, str]]:
    """(number, text) of the footnotes; those of Word's own, the rules above them, have no positive number."""
    part = next((p for p in document.part.package.iter_parts() if p.partname == _FOOTNOTES), None)
    if part is None:
        return []
    notes = parse_xml(part.blob).iter(qn("w:footnote"))
    found = [(note.get(qn("w:id"), ""), _words(_element_text(note))) for note in notes]
    return [(number, text) for number, text in found if number.isdigit() and number != "0" and text]


def _compose(lines: list[tuple[str, int]], notes: list[tuple[str, str]], title: str) -> Extracted:
    parts: list[str] = []
    levels: dict[int, int] = {}
    length = 0
    for text, level in lines:
        if not text:
            continue
        if level:
            levels[length] = level
        parts.append(f"{text}\n{PARAGRAPH}\n")
        length += len(parts[-1])
    if notes:
        parts.append(f"{RULE}\n" + "".join(f"{number} {text}\n" for number, text in notes))
    return Extracted("".join(parts), levels, title=_words(title))
