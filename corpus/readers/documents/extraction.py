"""A document of any format we read, brought to one text; its format is told by its first bytes, then by its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from corpus.readers.decoding import decode_text
from corpus.readers.documents.docx_text import extract_docx
from corpus.readers.documents.extracted import Extracted
from corpus.readers.documents.pdf import extract_pdf
from kb.errors import UnreadableSource

_TEXTS = (".txt", ".md", ".markdown")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[^\S\n]+(?P<title>\S[^\n]*)$", re.MULTILINE)
_FORMATS = "PDF, DOCX, Markdown (.md) ou texte (.txt)"


def extract(data: bytes, path: str) -> Extracted:
    """The text of a document. Raises UnreadableSource.

    >>> extract(b"# Plan\\n\\nMesure 1.", "plans/p.md").levels
    {0: 1}
    """
    suffix = PurePosixPath(path).suffix.lower()
    packed = data.startswith(b"PK\x03\x04")
    if data.startswith(b"%PDF-") or (suffix == ".pdf" and not packed):
        return extract_pdf(data, path)
    if packed or suffix == ".docx":
        return extract_docx(data, path)
    if suffix not in _TEXTS:
        raise UnreadableSource(
            f"Le fichier « {path} » n'est pas d'un format lu : {_FORMATS}.",
            hint="Enregistrez-le sous l'un de ces formats.",
        )
    raw = decode_text(data, path).replace("\r\n", "\n").replace("\r", "\n")
    levels = {m.start(): len(m["marks"]) for m in _HEADING.finditer(raw)} if suffix != ".txt" else {}
    return Extracted(raw, levels)
