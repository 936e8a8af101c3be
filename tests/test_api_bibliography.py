"""References as other programs read them: each format is parsed by a library that knows it."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from api.presenters.bibliography import Format, write
from kb.bibliography import Reference, ReferenceKind
from kb.text.characters import one_line

ARTICLE = Reference(
    id="code-penal/225-4-1",
    kind=ReferenceKind.ARTICLE,
    title="Code pénal, art. 225-4-1",
    container="Code pénal",
    number="225-4-1",
    seen=date(2026, 4, 3),
    url="https://example.org/dispositions/code-penal/225-4-1",
    note="En vigueur",
)
HOSTILE = Reference(
    id='x/"}@misc{y,',
    kind=ReferenceKind.DOCUMENT,
    title="Titre\nER  - \r\nTY  - BOOK } { \\ % & $ # _ ~ ^ \x00\u2028 <script>",
    container="Dépôt & cie",
    url="https://example.org/?a=1&b=2",
    note="fin\n@book{z, title={w}}",
)


def _bibtex(text: str) -> list[tuple[str, dict[str, str]]]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return [(e.key, {f.key: f.value for f in e.fields}) for e in library.entries]


def test_bibtex_is_read_back() -> None:
    ((key, fields),) = _bibtex(write([ARTICLE], Format.BIBTEX))
    assert key == "code-penal-225-4-1"
    assert fields["title"] == "Code pénal, art. 225-4-1"
    assert (fields["url"], fields["urldate"]) == (ARTICLE.url, "2026-04-03")


def test_ris_is_read_back() -> None:
    (found,) = rispy.loads(write([ARTICLE], Format.RIS))
    assert (found["type_of_reference"], found["title"]) == ("STAT", ARTICLE.title)
    assert found["urls"] == [ARTICLE.url]
    assert found["access_date"] == "2026/04/03"


def test_csl_is_rendered_by_a_citation_processor() -> None:
    items = json.loads(write([ARTICLE], Format.CSL))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem("code-penal-225-4-1")]))
    assert "Code pénal, art. 225-4-1" in str(bibliography.bibliography()[0])


def test_nothing_in_a_title_makes_another_entry() -> None:
    assert len(rispy.loads(write([HOSTILE, ARTICLE], Format.RIS))) == 2
    assert len(_bibtex(write([HOSTILE, ARTICLE], Format.BIBTEX))) == 2
    assert len(json.loads(write([HOSTILE, ARTICLE], Format.CSL))) == 2
    assert write([HOSTILE], Format.TEXT).count("\n") == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_title_comes_back_from_ris_and_makes_one_bibtex_entry(title: str, note: str) -> None:
    reference = Reference("a/1", ReferenceKind.DOCUMENT, f"T {title}", "C", note=f"N {note}")
    (found,) = rispy.loads(write([reference], Format.RIS))
    assert found["title"].split() == one_line(f"T {title}").split()
    assert len(_bibtex(write([reference], Format.BIBTEX))) == 1


@pytest.mark.parametrize("form", Format)
def test_an_empty_list_is_an_empty_file(form: Format) -> None:
    assert write([], form) == ("[]\n" if form is Format.CSL else "")
