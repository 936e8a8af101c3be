"""A report as a Word document: real styles, headings and footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import singledispatch
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as DocxParagraph

from kb.text.characters import one_line
from workplace.exports.outline import Heading, Paragraph, Quote, Rewording, Table, outline
from workplace.exports.report import Report
from workplace.exports.typography import typeset

_FONT = "Georgia"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CALL, _NOTE, _FACTS, _CELL = "Footnote Reference", "Footnote Text", "Facts", "Table Text"
_MARGIN, _WIDTH = Cm(2.5), Cm(16)
# Word asks for these two before any note of ours.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)


class _Writing:
    """A document under way, and the footnotes called so far."""

    def __init__(self) -> None:
        self.document: DocumentObject = Document()
        self.footnotes: list[str] = []

    def call(self, paragraph: DocxParagraph, text: str) -> None:
        """Call a new footnote at the end of a paragraph."""
        self.footnotes.append(text)
        run = paragraph.add_run(style=_CALL)
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self.footnotes)))
        run._r.append(mark)


def to_docx(report: Report) -> bytes:
    """The file."""
    writing = _Writing()
    _prepare(writing.document, report)
    for block in outline(report):
        _write(typeset(block), writing)
    _attach(writing.document, writing.footnotes)
    file = BytesIO()
    writing.document.save(file)
    return file.getvalue()


def _prepare(document: DocumentObject, report: Report) -> None:
    moment = datetime(report.day.year, report.day.month, report.day.day)
    core = document.core_properties
    core.title, core.author, core.language = (
        one_line(report.title)[:255],
        one_line(report.author)[:255],
        "fr-FR",
    )
    core.comments, core.created, core.modified = "", moment, moment
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    _number_pages(section.footer.paragraphs[0])
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.startswith(("Heading", "Title", "Normal")):
            style.font.name, style.font.color.rgb = _FONT, RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme"):  # it would win over the name
                fonts.attrib.pop(qn(theme), None)
    quote = document.styles["Quote"]
    quote.font.italic, quote.paragraph_format.left_indent = False, Cm(1)
    _style(document, _FACTS, WD_STYLE_TYPE.PARAGRAPH, 9)
    _style(document, _NOTE, WD_STYLE_TYPE.PARAGRAPH, 9)
    _style(document, _CELL, WD_STYLE_TYPE.PARAGRAPH, 10).paragraph_format.space_after = Pt(2)
    _style(document, _CALL, WD_STYLE_TYPE.CHARACTER, None).font.superscript = True


def _number_pages(paragraph: DocxParagraph) -> None:
    """« Page 2 sur 7 », which the word processor counts."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("Page ", "PAGE"), (" sur ", "NUMPAGES")):
        paragraph.add_run(words)
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), field)
        paragraph._p.append(counted)


def _style(document: DocumentObject, name: str, kind: WD_STYLE_TYPE, size: int | None) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, kind)
    if size:
        style.base_style, style.font.size = document.styles["Normal"], Pt(size)
    return style


@singledispatch
def _write(block: object, writing: _Writing) -> None:
    raise TypeError(type(block))


@_write.register
def _heading(block: Heading, writing: _Writing) -> None:
    writing.document.add_heading(block.text, block.level - 1)


@_write.register
def _paragraph(block: Paragraph, writing: _Writing) -> None:
    writing.document.add_paragraph(block.text, _FACTS if block.facts else None)


@_write.register
def _quote(block: Quote, writing: _Writing) -> None:
    for alinea in block.alineas:
        paragraph = writing.document.add_paragraph(alinea, "Quote")
    writing.call(paragraph, block.footnote)


@_write.register
def _rewording(block: Rewording, writing: _Writing) -> None:
    paragraph = writing.document.add_paragraph()
    for edit in block.edits:
        run = paragraph.add_run(edit.text)
        run.font.strike, run.font.underline = edit.kind == "removed", edit.kind == "added"


@_write.register
def _table(block: Table, writing: _Writing) -> None:
    table = writing.document.add_table(0, len(block.columns), "Table Grid")
    table.autofit = False
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = int(_WIDTH * share)
    for texts in (block.columns, *block.rows):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, share in zip(row.cells, texts, block.shares, strict=True):
            cell.width = int(_WIDTH * share)
            cell.paragraphs[0].style = _CELL
            cell.paragraphs[0].add_run(text).bold = texts is block.columns
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _attach(document: DocumentObject, footnotes: Sequence[str]) -> None:
    """python-docx writes no footnotes: their part is written here."""
    name = PackURI("/word/footnotes.xml")
    written = "".join(_footnote(number, text) for number, text in enumerate(footnotes, 1))
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:footnotes xmlns:w="{_NAMESPACE}">{_SEPARATORS}{written}</w:footnotes>'
    )
    part = Part(name, _CONTENT_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnote(number: int, text: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
    )
