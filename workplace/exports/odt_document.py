"""A report as an OpenDocument text: real styles, headings and footnotes."""

from __future__ import annotations

from functools import singledispatch
from io import BytesIO
from itertools import count

from odf import dc, meta
from odf.opendocument import OpenDocumentText
from odf.style import (
    Footer,
    FooterStyle,
    HeaderFooterProperties,
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TextProperties,
)
from odf.table import Table as OdfTable
from odf.table import TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import H, Note, NoteBody, NoteCitation, P, PageCount, PageNumber, S, Span

from kb.text.characters import one_line
from workplace.exports.outline import Heading, Paragraph, Quote, Rewording, Table, outline
from workplace.exports.report import Report
from workplace.exports.typography import typeset

_FONT = "Georgia"
_CELL = "Cell"
_WIDTH = 16
_SIZES = (20, 16, 14, 12, 11, 11)


class _Writing:
    """A document under way; notes and tables are numbered."""

    def __init__(self) -> None:
        self.document = OpenDocumentText()
        self.body = self.document.text
        self.notes, self.tables = count(1), count(1)


def to_odt(report: Report) -> bytes:
    """The file."""
    writing = _Writing()
    _prepare(writing.document, report)
    for block in outline(report):
        _write(typeset(block), writing)
    file = BytesIO()
    writing.document.write(file)
    return file.getvalue()


def _prepare(document: OpenDocumentText, report: Report) -> None:
    document.meta.addElement(dc.Title(text=one_line(report.title)))
    document.meta.addElement(dc.Creator(text=one_line(report.author)))
    document.meta.addElement(dc.Language(text="fr-FR"))
    document.meta.addElement(meta.CreationDate(text=report.day.isoformat()))
    _style(document, "Standard", {"fontsize": "11pt"}, {"marginbottom": "0.2cm"})
    for level, size in enumerate(_SIZES, 1):
        _style(
            document,
            f"Heading_20_{level}",
            {"fontsize": f"{size}pt", "fontweight": "bold"},
            {"margintop": "0.4cm", "marginbottom": "0.2cm", "keepwithnext": "always"},
            level,
        )
    _style(document, "Quotations", {"fontsize": "11pt"}, {"marginleft": "1cm", "marginbottom": "0.2cm"})
    _style(document, "Facts", {"fontsize": "9pt"}, {"marginbottom": "0.2cm"})
    _style(document, "Table_20_Contents", {"fontsize": "10pt"}, {})
    _style(document, "Footnote", {"fontsize": "9pt"}, {})
    cell = Style(name=_CELL, family="table-cell")
    cell.addElement(TableCellProperties(border="0.5pt solid #000000", padding="0.1cm"))
    document.automaticstyles.addElement(cell)
    _number_pages(document)
    for name, properties in _MARKS.items():
        style = Style(name=name, family="text")
        style.addElement(TextProperties(**properties))
        document.styles.addElement(style)


def _number_pages(document: OpenDocumentText) -> None:
    """« Page 2 sur 7 », which the word processor counts."""
    layout = PageLayout(name="Page")
    layout.addElement(
        PageLayoutProperties(
            pagewidth="21cm",
            pageheight="29.7cm",
            margin="2.5cm",
            marginbottom="1.5cm",
            printorientation="portrait",
        )
    )
    space = FooterStyle()
    space.addElement(HeaderFooterProperties(minheight="1cm", margintop="0.5cm"))
    layout.addElement(space)
    document.automaticstyles.addElement(layout)
    _style(document, "Footer", {"fontsize": "9pt"}, {"textalign": "center"})
    counted = P(stylename="Footer", text="Page ")
    counted.addElement(PageNumber(selectpage="current"))
    counted.addText(" sur ")
    counted.addElement(PageCount())
    footer = Footer()
    footer.addElement(counted)
    master = MasterPage(name="Standard", pagelayoutname=layout)
    master.addElement(footer)
    document.masterstyles.addElement(master)


_MARKS = {
    "removed": {"textlinethroughstyle": "solid"},
    "added": {"textunderlinestyle": "solid"},
    "column": {"fontweight": "bold"},
}


def _style(
    document: OpenDocumentText, name: str, text: dict[str, str], place: dict[str, str], level: int = 0
) -> None:
    outlined = {"defaultoutlinelevel": str(level)} if level else {}
    style = Style(name=name, displayname=name.replace("_20_", " "), family="paragraph", **outlined)
    style.addElement(ParagraphProperties(**place))
    style.addElement(TextProperties(fontfamily=_FONT, language="fr", country="FR", **text))
    document.styles.addElement(style)


@singledispatch
def _write(block: object, writing: _Writing) -> None:
    raise TypeError(type(block))


@_write.register
def _heading(block: Heading, writing: _Writing) -> None:
    style = f"Heading_20_{block.level}"
    writing.body.addElement(H(outlinelevel=block.level, stylename=style, text=block.text))


@_write.register
def _paragraph(block: Paragraph, writing: _Writing) -> None:
    writing.body.addElement(P(stylename="Facts" if block.facts else "Standard", text=block.text))


@_write.register
def _quote(block: Quote, writing: _Writing) -> None:
    for alinea in block.alineas:
        paragraph = P(stylename="Quotations", text=alinea)
        writing.body.addElement(paragraph)
    number = next(writing.notes)
    note = Note(id=f"note-{number}", noteclass="footnote")
    note.addElement(NoteCitation(text=str(number)))
    body = NoteBody()
    cited = P(stylename="Footnote")
    cited.addElement(S())  # else LibreOffice writes the number against the text
    cited.addText(block.footnote)
    body.addElement(cited)
    note.addElement(body)
    paragraph.addElement(note)


@_write.register
def _rewording(block: Rewording, writing: _Writing) -> None:
    paragraph = P(stylename="Standard")
    for edit in block.edits:
        for rank, line in enumerate(edit.text.split("\n")):
            if rank:
                writing.body.addElement(paragraph)
                paragraph = P(stylename="Standard")
            style = {} if edit.kind == "same" else {"stylename": edit.kind}
            paragraph.addElement(Span(text=line, **style))
    writing.body.addElement(paragraph)


@_write.register
def _table(block: Table, writing: _Writing) -> None:
    name = f"Tableau {next(writing.tables)}"
    table = OdfTable(name=name)
    for rank, share in enumerate(block.shares, 1):
        column = Style(name=f"{name}.{rank}", family="table-column")
        column.addElement(TableColumnProperties(columnwidth=f"{_WIDTH * share:.2f}cm"))
        writing.document.automaticstyles.addElement(column)
        table.addElement(TableColumn(stylename=column))
    header = TableHeaderRows()
    header.addElement(_row(block.columns, "column"))
    table.addElement(header)
    for row in block.rows:
        table.addElement(_row(row))
    writing.body.addElement(table)


def _row(cells: tuple[str, ...], style: str = "") -> TableRow:
    row = TableRow()
    for text in cells:
        cell, paragraph = TableCell(valuetype="string", stylename=_CELL), P(stylename="Table_20_Contents")
        paragraph.addElement(Span(text=text, **({"stylename": style} if style else {})))
        cell.addElement(paragraph)
        row.addElement(cell)
    return row
