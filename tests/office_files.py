"""PDF and DOCX files made for the tests, of our own words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import docx
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

NOTE = -1
SIZES = {1: 18, 2: 14, 0: 11, NOTE: 8}
Line = tuple[int, str]
"""(level of heading, 0 for running text, NOTE for a footnote; text)"""


def pdf(pages: Iterable[Sequence[Line]], *, header: str = "", password: str = "") -> bytes:
    """A PDF, line by line; an empty text is a gap between two paragraphs."""
    target = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password) if password else None
    sheet = canvas.Canvas(target, pagesize=A4, encrypt=lock)
    for number, page in enumerate(pages, 1):
        height = 780.0
        if header:
            sheet.setFont("Helvetica", 9)
            sheet.drawString(60, 815, header)
            sheet.drawString(290, 30, f"{number} / 9")
        for level, text in page:
            height -= SIZES[level] * (1.3 if text else 1.0) + (8 if level > 0 else 0)
            sheet.setFont("Helvetica", SIZES[level])
            sheet.drawString(60, height, text)
        sheet.showPage()
    sheet.save()
    return target.getvalue()


def word(lines: Iterable[Line], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A DOCX: headings, paragraphs, then one table."""
    document = docx.Document()
    for level, text in lines:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
