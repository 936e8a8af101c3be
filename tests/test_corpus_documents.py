"""Plans, circulars and reports in PDF, DOCX, Markdown and text: headings, pages, spans, citations."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reader_result import Reading
from corpus.readers.documents.docx_text import _element_text
from corpus.readers.documents.reader import read_document
from corpus.source_reading import read_source
from corpus.sources import discover
from kb.errors import UnreadableSource
from kb.ids import DocumentId
from kb.model import DocumentKind, PassageKind
from tests.office_files import Line, pdf, word

PLAN: list[Line] = [
    (1, "Plan de lutte contre la traite"),
    (2, "Axe 1 - Former les magistrats"),
    (0, "Les magistrats appliquent l'article 225-4-1 du code pénal et l'article L."),
    (0, "425-1 du CESEDA, que la formation explique chaque année."),
    (2, "Axe 2 - Abriter les victimes"),
    (0, "Des places sont ouvertes dans chaque région."),
]
MARKDOWN = "# Plan\n\nIntroduction.\n\n## Mesure 1 : Former\n\nArticle 225-4-1 du code pénal.\n"


def read(data: bytes, name: str = "plans/plan.pdf") -> Reading:
    return read_document(data, name, DocumentId("plan-plan"), DocumentKind.PLAN)


def check(reading: Reading) -> None:
    """Every span is exact, and nothing is lost but what is told."""
    held = {i for item in reading.dropped for i in range(*item.span)}
    for passage in reading.passages:
        for s in passage.content.segments:
            assert passage.text[s.start : s.start + s.length] == reading.raw[s.raw : s.raw + s.length]
            held |= set(range(s.raw, s.raw + s.length))
    assert not [c for i, c in enumerate(reading.raw) if i not in held and not c.isspace()]


def test_a_pdf_gives_passages_under_their_headings_with_their_page() -> None:
    reading = read(pdf([PLAN, [(0, "Une seconde page en parle encore.")]]))
    check(reading)
    assert [(p.heading, p.place) for p in reading.passages] == [
        (("Plan de lutte contre la traite", "Axe 1 - Former les magistrats"), "p. 1"),
        (("Plan de lutte contre la traite", "Axe 2 - Abriter les victimes"), "p. 1"),
    ]
    assert reading.passages[0].text.endswith(
        "l'article L. 425-1 du CESEDA, que la formation explique chaque année."
    )
    assert reading.document.title == "Plan de lutte contre la traite"
    assert ("pages", "2") in reading.document.facts


def test_lines_repeated_on_every_page_are_left_out_and_told() -> None:
    pages = [[(0, f"Le paragraphe {n} dit autre chose que les autres.")] for n in "abcdef"]
    reading = read(pdf(pages, header="Ministère de la justice"))
    assert "Ministère" not in reading.raw
    left_out = [v for k, v in reading.document.facts if k == "ligne répétée écartée"]
    assert left_out == ["# / #", "Ministère de la justice"]


def test_a_docx_gives_its_headings_and_the_rows_of_its_tables() -> None:
    reading = read(word(PLAN, rows=(("Année", "Victimes"), ("2024", "12"))), "plans/plan.docx")
    check(reading)
    assert reading.passages[0].heading[-1] == "Axe 1 - Former les magistrats"
    assert "Année | Victimes" in reading.passages[-1].text
    assert reading.passages[0].place == ""


def test_markdown_and_text_are_read_as_they_are() -> None:
    marked = read(MARKDOWN.encode(), "plans/plan.md")
    check(marked)
    assert [p.heading for p in marked.passages] == [("Plan",), ("Plan", "Mesure 1 : Former")]
    plain = read(b"Mesure 4 : Abriter\n\nDes places sont ouvertes.\n", "plans/plan.txt")
    assert [(p.heading[-1], p.text) for p in plain.passages] == [
        ("Mesure 4 : Abriter", "Des places sont ouvertes.")
    ]


def test_the_documents_of_the_folder_have_identifiers_and_their_citations_are_found(tmp_path: Path) -> None:
    files = {
        "plans/Plan national.pdf": pdf([PLAN]),
        "plans/ancien/plan.md": MARKDOWN.encode(),
        "circulaires/2023-03-28.docx": word(PLAN),
        "circulaires/2023-03-28-annexe.docx": word(PLAN),
        "rapports/greta.txt": b"Selon l'article 225-4-2 du code penal, tout va bien.",
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    contents = [
        read_source(s)
        for s in discover(tmp_path)
        if s.key.partition("/")[0] in {n.partition("/")[0] for n in files}
    ]
    found = {d.id: (d.kind, d.day) for c in contents for d in c.documents}
    assert found == {
        "plan-plan-national": (DocumentKind.PLAN, None),
        "plan-ancien-plan": (DocumentKind.PLAN, None),
        "circulaire/2023-03-28": (DocumentKind.CIRCULAR, date(2023, 3, 28)),
        "circulaire-2023-03-28-annexe": (DocumentKind.CIRCULAR, date(2023, 3, 28)),
        "rapport-greta": (DocumentKind.REPORT, None),
    }
    cited = {c.citation.targets[0] for content in contents for c in content.citations}
    assert {"code-penal/225-4-1", "ceseda/L425-1", "code-penal/225-4-2"} <= cited


def test_two_formats_of_one_document_are_two_documents(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "p.pdf").write_bytes(pdf([PLAN]))
    (tmp_path / "plans" / "p.docx").write_bytes(word(PLAN))
    keys = [s.key for s in discover(tmp_path) if s.key.startswith("plans")]
    assert keys == ["plans/p", "plans/p-pdf"]


def test_three_hundred_pages_are_read_in_good_time() -> None:
    pages: list[list[Line]] = [
        [(0, f"Page {n}, ligne {i} : le texte suit son cours sans s'arrêter") for i in range(45)]
        for n in range(300)
    ]
    started = time.perf_counter()
    reading = read(pdf(pages))
    assert time.perf_counter() - started < 60  # 5 s on a machine at rest
    assert ("pages", "300") in reading.document.facts
    assert reading.passages[-1].place == "p. 300"


def test_a_footnote_goes_with_its_call() -> None:
    text = "Le CESEDA1 protège les victimes.\n" + " " * 59 + "\n1 Article L. 425-1 du CESEDA.\n"
    body, note = read(text.encode(), "rapports/r.txt").passages
    assert (body.text, note.text) == ("Le CESEDA protège les victimes.", "Article L. 425-1 du CESEDA.")
    assert (note.kind, note.parent) == (PassageKind.FOOTNOTE, body.id)


SMALL_PDF, SMALL_DOCX = pdf([[(0, "Un texte.")]]), word([(0, "Un texte.")])


@pytest.mark.parametrize("data", [SMALL_PDF, SMALL_DOCX], ids=["pdf", "docx"])
@settings(max_examples=12)
@given(share=st.floats(0, 0.999))
def test_a_file_cut_anywhere_is_read_or_refused(data: bytes, share: float) -> None:
    with suppress(UnreadableSource):
        read(data[: int(len(data) * share)])


@settings(max_examples=100)
@given(data=st.binary(max_size=300), place=st.integers(0, len(SMALL_DOCX)))
def test_a_docx_with_any_bytes_changed_is_read_or_refused(data: bytes, place: int) -> None:
    with suppress(UnreadableSource):
        read(SMALL_DOCX[:place] + data + SMALL_DOCX[place + len(data) :], "d.docx")


@given(st.text(max_size=400))
def test_any_text_is_read_without_loss_or_refused(text: str) -> None:
    with suppress(UnreadableSource):
        check(read(text.encode("utf-8", "ignore"), "plans/t.md"))


def test_the_hyphens_that_do_not_break_are_of_the_number() -> None:
    run = "<w:r><w:t>article 225</w:t><w:noBreakHyphen/><w:t>4</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"
    paragraph = parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>")
    assert _element_text(paragraph).strip() == "article 225-4-1"
