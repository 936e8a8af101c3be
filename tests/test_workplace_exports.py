"""Exports: the same content in every format, whatever the characters in it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.bibliography import Reference, ReferenceKind
from kb.text.diff import edits
from workplace.exports.csv_table import inert
from workplace.exports.formats import Format, export
from workplace.exports.outline import CHANGED, CITED
from workplace.exports.report import Cited, Entry, Report, Section, Standing

OLD, NEW = "Le fait est puni de sept ans.\nAlinéa second.", "Le fait est puni de dix ans.\nAlinéa second."
TEXT_FORMATS = (Format.DOCX, Format.ODT, Format.MARKDOWN, Format.HTML)
HOSTILE = "<script>alert(1)</script> & \x00\x0b\ud800 \u202e =1+1 {x} \\ % # | `a` [l](http://e.org) *g*"


def reference(identifier: str, title: str) -> Reference:
    return Reference(identifier, ReferenceKind.ARTICLE, title, "Code pénal", day=date(2026, 4, 3))


REPORT = Report(
    title="Traite : l'état du droit",
    day=date(2026, 11, 24),
    note="Pour le prochain rapport.\nSecond paragraphe.",
    author="M. Durand",
    generation="1a2b3c",
    sections=(
        Section(
            (
                Entry(
                    "Code pénal, art. 225-4-1",
                    OLD,
                    note="À citer en premier.",
                    reference=reference("code-penal/225-4-1", "Code pénal, art. 225-4-1"),
                    provenance="Rédaction observée le 3 avril 2026.",
                    standing=Standing(
                        "modifié", "Une autre rédaction vaut aujourd'hui.", False, edits(OLD, NEW)
                    ),
                ),
            ),
        ),
        Section(
            (
                Entry(note="Une note libre de l'auteur."),
                Entry(
                    "CESEDA, art. L. 425-1",
                    "L'étranger qui dépose plainte reçoit une carte. Le reste.",
                    "L'étranger qui dépose plainte",
                    reference=reference("ceseda/L425-1", "CESEDA, art. L. 425-1"),
                    standing=Standing("inchangé"),
                ),
            ),
            title="Le séjour des victimes",
            note="Ce que prévoit le CESEDA.",
        ),
    ),
    cited=(
        Cited("ceseda/L425-1", "CESEDA, art. L. 425-1", "en vigueur", (2,)),
        Cited("code-penal/225-4-1", "Code pénal, art. 225-4-1", "modifié", (1, 2)),
    ),
)
CONTENT = (
    "Traite : l'état du droit",
    "Établi le 24 novembre 2026 par M. Durand avec la base 1a2b3c de Renvoi.",
    "Pour le prochain rapport.",
    "Second paragraphe.",
    "Le fait est puni de sept ans.",
    "Alinéa second.",
    "À citer en premier.",
    "Code pénal, art. 225-4-1. Rédaction observée le 3 avril 2026.",
    "modifié",
    "Une autre rédaction vaut aujourd'hui.",
    "Le séjour des victimes",
    "Ce que prévoit le CESEDA.",
    "Une note libre de l'auteur.",
    "L'étranger qui dépose plainte",
    "inchangé",
    "CESEDA, art. L. 425-1",
)
# Of what is quoted alone: a bibliography has no place for the rest.
SOURCES = tuple(CONTENT[i] for i in (4, 5, 6, 8, 9, 13, 14, 15))


def written(report: Report, format_: Format) -> bytes:
    return export(report, format_).content


def docx_text(content: bytes) -> str:
    """Every text of the archive, footnotes included, a space between paragraphs."""
    return _archive_text(content, ("word/document.xml", "word/footnotes.xml"), "}p")


def odt_text(content: bytes) -> str:
    return _archive_text(content, ("content.xml",), "}p")


def _archive_text(content: bytes, names: tuple[str, ...], paragraph: str) -> str:
    found = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in names:
            for element in ElementTree.fromstring(archive.read(name)).iter():
                if element.tag.endswith((paragraph, "}h")):
                    found.append("".join(element.itertext()))
    return " ".join(found)


class _Text(HTMLParser):
    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def html_text(content: bytes) -> str:
    return "".join(_Text(content).found)


def markdown_text(content: bytes) -> str:
    return re.sub(r"\\(.)", r"\1", content.decode())


def csv_text(content: bytes) -> str:
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    return " ".join(cell for row in rows for cell in row)


def csl_text(content: bytes) -> str:
    return " ".join(
        f"{i.get('title', '')}\n{i.get('abstract', '')}\n{i.get('note', '')}" for i in json.loads(content)
    )


READ: dict[Format, Callable[[bytes], str]] = {
    Format.DOCX: docx_text,
    Format.ODT: odt_text,
    Format.MARKDOWN: markdown_text,
    Format.HTML: html_text,
    Format.CSV: csv_text,
    Format.CSL: csl_text,
    Format.RIS: bytes.decode,
    Format.BIBTEX: bytes.decode,
}


@pytest.mark.parametrize("format_", Format)
def test_every_format_says_the_same(format_: Format) -> None:
    said = " ".join(READ[format_](written(REPORT, format_)).split())
    wanted = SOURCES if format_ in (Format.CSL, Format.RIS, Format.BIBTEX) else CONTENT
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_a_document_ends_with_the_provisions_cited_and_what_changed(format_: Format) -> None:
    said = " ".join(READ[format_](written(REPORT, format_)).split())
    assert said.index("Le séjour des victimes") < said.index(CITED) < said.index(CHANGED)
    after = said[said.index(CHANGED) :]
    assert "sept" in after
    assert "dix" in after


def test_only_the_chosen_quotation_is_quoted() -> None:
    for format_ in Format:
        assert "Le reste." not in READ[format_](written(REPORT, format_)), format_


def test_a_word_document_has_real_styles_footnotes_and_tables() -> None:
    content = written(REPORT, Format.DOCX)
    document = Document(BytesIO(content))
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles[0] == "Title"
    assert "Heading 1" in styles
    assert "Quote" in styles
    assert len(document.tables) == 2
    with zipfile.ZipFile(BytesIO(content)) as archive:
        body, notes = archive.read("word/document.xml").decode(), archive.read("word/footnotes.xml").decode()
    assert body.count("footnoteReference ") == 2
    assert notes.count("<w:footnoteRef/>") == 2
    assert document.core_properties.title == REPORT.title


def test_the_columns_of_a_word_table_are_as_wide_as_what_they_hold_and_the_pages_are_numbered() -> None:
    document = Document(BytesIO(written(REPORT, Format.DOCX)))
    widths = [cell.width or 0 for cell in document.tables[1].rows[1].cells]
    assert max(widths) == widths[-1] > 3 * min(widths)
    footer = document.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer


def test_an_opendocument_numbers_its_pages_and_sizes_its_columns() -> None:
    with zipfile.ZipFile(BytesIO(written(REPORT, Format.ODT))) as archive:
        styles, content = archive.read("styles.xml").decode(), archive.read("content.xml").decode()
    assert "text:page-number" in styles
    assert "text:page-count" in styles
    assert len(set(re.findall(r'column-width="([^"]+)"', content))) > 3


def test_a_word_that_came_is_never_written_against_the_word_that_went() -> None:
    said = docx_text(written(REPORT, Format.DOCX))
    assert "sept dix" in said
    assert "septdix" not in said


def test_an_html_export_is_valid_and_runs_nothing() -> None:
    content = written(REPORT, Format.HTML)
    html5lib.HTMLParser(strict=True).parse(content.decode())
    assert not {"script", "img", "iframe", "link"} & set(_Text(content).tags)


def hostile(text: str) -> Report:
    entry = Entry(
        text,
        text,
        note=text,
        provenance=text,
        reference=Reference(text, ReferenceKind.DOCUMENT, text, url=text),
        standing=Standing(text, text, False, edits(text, "autre")),
    )
    cited = (Cited(text, text, text, (1,)),)
    return Report(text, date(2026, 1, 1), (Section((entry,), text, text),), text, text, text, cited)


@pytest.mark.parametrize("format_", Format)
def test_hostile_text_comes_out_inert(format_: Format) -> None:
    content = written(hostile(HOSTILE), format_)
    said = READ[format_](content)
    assert "alert(1)" in said
    if format_ is Format.HTML:
        html5lib.HTMLParser(strict=True).parse(content.decode())
        assert "script" not in _Text(content).tags
    if format_ is Format.MARKDOWN:
        assert not re.search(r"(?<!\\)<", content.decode())
        assert not re.search(r"(?<!\\)\]\(", content.decode())


def test_the_name_of_a_file_holds_nothing_but_letters_digits_and_hyphens() -> None:
    for title in ("../../etc/passwd", "a\r\nb: c", '"><script>', "…", "été" * 100):
        name = export(Report(title, date(2026, 1, 1), ()), Format.MARKDOWN).name
        assert re.fullmatch(r"[A-Za-z0-9-]{1,80}\.md", name)


@settings(max_examples=25)
@given(text=st.text(min_size=1, max_size=50))
@example(text="\x1f")
def test_every_format_can_be_read_again_whatever_is_written(text: str) -> None:
    for format_ in Format:
        content = written(hostile(text), format_)
        READ[format_](content)
    html5lib.HTMLParser(strict=True).parse(written(hostile(text), Format.HTML).decode())


@given(text=st.text(max_size=30))
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    assert not inert(text).lstrip().startswith(("=", "+", "-", "@"))


def test_a_table_has_as_many_cells_in_every_row() -> None:
    rows = list(csv.reader(StringIO(written(hostile(HOSTILE), Format.CSV).decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert written(REPORT, Format.CSV).startswith(b"\xef\xbb\xbfgenre,numero,")


@pytest.fixture(scope="module")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], str]:
    """Opens a file in LibreOffice and reads it as plain text; a skip where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice (apt-get install libreoffice-writer)")
    folder = tmp_path_factory.mktemp("soffice")

    def opened(content: bytes, extension: str) -> str:
        source = folder / f"export.{extension}"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return pdf_text(folder / "export.pdf")

    return opened


def pdf_text(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()


@pytest.mark.slow
@pytest.mark.parametrize("format_", [Format.DOCX, Format.ODT])
@pytest.mark.parametrize("report", [REPORT, hostile(HOSTILE)], ids=["plain", "hostile"])
def test_libreoffice_opens_a_document_and_finds_all_of_it(
    soffice: Callable[[bytes, str], str], format_: Format, report: Report
) -> None:
    said = " ".join(soffice(written(report, format_), format_.value).split())
    wanted = CONTENT if report is REPORT else ("<script>alert(1)</script>",)
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize("format_", [Format.DOCX, Format.ODT])
def test_no_line_of_a_document_is_broken_within_an_amount_or_before_a_colon(format_: Format) -> None:
    report = Report("Amende : 150 000 €", date(2026, 11, 24), (Section((Entry(note="Soit 1 500 000 € ?"),)),))
    said = READ[format_](written(report, format_))
    assert "Amende\xa0: 150\u202f000\xa0€" in said
    assert "1\u202f500\u202f000\xa0€\u202f?" in said
