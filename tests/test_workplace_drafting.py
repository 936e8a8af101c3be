"""A draft of a report is a dossier whose sections are questions."""

from __future__ import annotations

import io
from datetime import date
from html import unescape

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UnknownItem
from workplace.dossiers.changes import new_item
from workplace.dossiers.drafting import NOTHING, DraftQuestion, draft, gap_note, kept, section, sections
from workplace.dossiers.exchange import read_file, write_file
from workplace.dossiers.model import Content, Item, ItemKind, Source
from workplace.dossiers.reporting import Setting, report_of
from workplace.exports.formats import Format, export

DAY = date(2026, 5, 2)
QUESTIONS = (
    DraftQuestion(
        "Question 1", "1. Quelles mesures ?", ("a. le droit ;", "b. les fonds."), ("Partie I", "I. A")
    ),
    DraftQuestion("Question 2", "2. Quel budget ?", (), ("Partie I", "I. A")),
    DraftQuestion("Question 3", "3. Quelles peines ?", (), ("Partie II",)),
)


def _source(text: str = "La traite est punie.") -> Item:
    return new_item(
        ItemKind.PROVISION, source=Source("code-penal/225-4-1", "C. pén., art. 225-4-1", text, DAY, DAY)
    )


def _draft() -> Content:
    return draft("Rapport", "", QUESTIONS)


def test_each_heading_is_written_once_above_its_questions() -> None:
    assert [(i.kind.value, i.title) for i in _draft().items] == [
        ("titre", "Partie I"),
        ("titre", "I. A"),
        ("question", "Question 1 – Quelles mesures ?"),
        ("question", "Question 2 – Quel budget ?"),
        ("titre", "Partie II"),
        ("question", "Question 3 – Quelles peines ?"),
    ]
    assert _draft().items[2].note == "1. Quelles mesures ?\na. le droit ;\nb. les fonds."


def test_what_is_kept_goes_to_the_end_of_its_question_in_order() -> None:
    content = _draft()
    first = content.items[2].id
    content = kept(content, first, [_source(), gap_note("b.  les\nfonds.")])
    content = kept(content, first, [_source()])
    assert [i.kind.value for i in section(content, first)[1]] == ["disposition", "note", "disposition"]
    with pytest.raises(UnknownItem, match="question"):
        kept(content, "absent", [_source()])


@given(st.lists(st.integers(0, 2), max_size=12))
def test_nothing_kept_ever_leaves_its_question(choices: list[int]) -> None:
    content = _draft()
    names = [i.id for i in content.items if i.kind is ItemKind.QUESTION]
    added: dict[str, list[str]] = {name: [] for name in names}
    for choice in choices:
        item = _source()
        content = kept(content, names[choice], [item])
        added[names[choice]].append(item.id)
    found = {head.id: [i.id for i in items] for head, items in sections(content) if head and head.id in added}
    assert found == added


def test_a_draft_is_written_to_a_file_and_read_again_the_same() -> None:
    content = _draft()
    assert read_file(write_file(content)) == content


def _exported(form: Format) -> bytes:
    content = _draft()
    first = content.items[2].id
    content = kept(content, first, [_source(), gap_note("b. les fonds.")])
    report = report_of(content, {}, (), Setting(DAY, "essai", "Claire", lambda *_: "https://renvoi.test/"))
    return export(report, form).content


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML, Format.CSV])
def test_the_gaps_are_in_every_export_of_text(form: Format) -> None:
    text = unescape(_exported(form).decode("utf-8-sig"))
    assert text.count(NOTHING) == 2
    assert text.count("b. les fonds.") >= 2
    assert "Question 1 – Quelles mesures ?" in text


def test_a_word_export_has_the_questions_as_headings_and_the_table_of_gaps() -> None:
    document = docx.Document(io.BytesIO(_exported(Format.DOCX)))
    headings = [
        " ".join(p.text.split())
        for p in document.paragraphs
        if p.style and p.style.name.startswith("Heading")
    ]
    assert "Question 1 – Quelles mesures ?" in headings
    assert "Lacunes" in headings
    assert [" ".join(cell.text.split()) for cell in document.tables[-1].rows[1].cells] == [
        "Question 1 – Quelles mesures ?",
        "b. les fonds.",
    ]


def test_a_question_is_written_once_and_what_its_title_cuts_is_written_whole() -> None:
    text = _exported(Format.MARKDOWN).decode()
    assert text.count("Quelles mesures") == 2  # its heading, and the table of gaps
    long = "Quelles mesures " + "et quelles autres " * 30 + "?"
    content = draft("Rapport", "", (DraftQuestion("Question 1", f"1. {long}"),))
    report = report_of(content, {}, (), Setting(DAY, "essai", "Claire", lambda *_: ""))
    assert report.sections[0].note == f"1. {long}"


def test_a_dossier_without_questions_lacks_nothing() -> None:
    content = Content("Cours", "", (new_item(ItemKind.HEADING, title="Vide"),))
    report = report_of(content, {}, (), Setting(DAY, "essai", "Claire", lambda *_: ""))
    assert report.gaps == ()
