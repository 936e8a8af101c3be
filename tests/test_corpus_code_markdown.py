"""The reader of the codes in Markdown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.code_body import read_body
from corpus.readers.code_markdown import CodeReading, front_matter, read_code
from kb.errors import UnreadableSource
from kb.ids import slug
from kb.text.spans import MappedText

DAY = date(2026, 4, 3)
FRONT = """---
title: "Code d'essai"
identifier: "LEGITEXT000000000001"
rank: "code"
last_updated: "2026-04-01"
source: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000000000001"
---
# Code d'essai

"""
HASHED = """## Partie législative

### Livre II : Des personnes

#### Titre Ier : Des crimes

#### Chapitre V : De la dignité

##### Article 225-4-1

I. - La traite   est le fait :


   1° Soit avec menace ;


   2° Soit par abus.

##### Article R*. 12-1

Texte.
"""
PLAIN = """Partie législative

Livre Ier : Dispositions générales

Chapitre unique

Article L1

Le service public.
Il contribue.

« Chapitre II : cité »

Article 5 du présent code

Selon les dispositions de :
Article 6

Article 7
du même code.

Section 1 : Suite

Article R2 bis

Autre texte.

Annexe citée.

Article R. 113-9-2

Fin.
"""


def read(body: str, front: str = FRONT) -> CodeReading:
    return read_code((front + body).encode(), "codes/essai.md", DAY, "code-d-essai")


def kinds(reading: CodeReading) -> list[str]:
    return [anomaly.kind for anomaly in reading.anomalies]


def assert_mapped(raw: str, content: MappedText) -> None:
    for segment in content.segments:
        assert (
            content.text[segment.start : segment.start + segment.length]
            == raw[segment.raw : segment.raw + segment.length]
        )


def test_the_front_matter_gives_the_title_and_the_identifier():
    entries = front_matter(FRONT.encode())
    assert (entries["title"], entries["identifier"]) == ("Code d'essai", "LEGITEXT000000000001")


def test_the_document_carries_its_date_its_text_and_its_address():
    document = read(HASHED).document
    assert document.id == "code-d-essai@2026-04-03"
    assert (document.day, document.text_id) == (DAY, "LEGITEXT000000000001")
    assert document.url is not None
    assert document.url.endswith("LEGITEXT000000000001")
    assert len(document.sha256) == 64


def test_articles_have_their_number_their_path_and_their_order():
    first, second = read(HASHED).articles
    assert (first.id, first.number, first.position) == ("code-d-essai/225-4-1", "225-4-1", 0)
    assert first.heading == (
        "Partie législative",
        "Livre II : Des personnes",
        "Titre Ier : Des crimes",
        "Chapitre V : De la dignité",
    )
    assert (second.id, second.number, second.position) == ("code-d-essai/R12-1", "R*. 12-1", 1)


def test_a_control_character_of_a_heading_is_left_out():
    (first, *_) = read(HASHED.replace("De la dignité", "De la\x81 dignité")).articles
    assert first.heading[-1] == "Chapitre V : De la dignité"


def test_alineas_are_lines_and_every_character_keeps_its_place():
    reading = read(HASHED)
    content = reading.articles[0].content
    assert content.text == "I. - La traite est le fait :\n1° Soit avec menace ;\n2° Soit par abus."
    assert_mapped(reading.raw, content)


def test_the_older_layout_is_read_without_any_mark():
    reading = read(PLAIN)
    first, second = reading.articles
    assert (first.number, second.number) == ("L1", "R2 bis")
    assert first.heading == ("Partie législative", "Livre Ier : Dispositions générales", "Chapitre unique")
    assert second.heading == (*first.heading, "Section 1 : Suite")


def test_in_the_older_layout_a_quoted_heading_or_article_stays_in_the_body():
    first, second = read(PLAIN).articles
    assert "« Chapitre II : cité »\nArticle 5 du présent code\n" in first.content.text
    assert first.content.text.endswith("de :\nArticle 6\nArticle 7\ndu même code.")
    assert second.content.text.endswith("Article R. 113-9-2\nFin.")


def test_a_wrapped_heading_is_mended_and_reported():
    reading = read(
        "## Partie législative\n\n#### Section 3 : Haute Autorité \r\nsur internet\n\n##### Article 1\n\nX.\n"
    )
    assert reading.articles[0].heading[-1] == "Section 3 : Haute Autorité sur internet"
    assert kinds(reading) == ["titre_rompu"]


def test_a_cut_number_never_becomes_another_article():
    reading = read("##### Article L425-\n1\n\nTexte.\n\n##### Article L426-1\n\nX.\n")
    assert [article.id for article in reading.articles] == ["code-d-essai/L426-1"]
    assert kinds(reading) == ["titre_rompu"]


def test_an_article_without_number_is_reported_and_leaves_its_neighbours_alone():
    reading = read("##### Article 1\n\nUn.\n\n##### Article  \n\nPerdu.\n\n##### Article 2\n\nDeux.\n")
    assert [article.content.text for article in reading.articles] == ["Un.", "Deux."]
    assert kinds(reading) == ["article_sans_numero"]


def test_double_numbers_are_kept_and_reported_once_each():
    reading = read("##### Article 1\n\nA.\n\n##### Article 1\n\nB.\n\n##### Article 1\n\nC.\n")
    assert len(reading.articles) == 3
    assert [(a.kind, "3 articles" in a.message) for a in reading.anomalies] == [("numero_double", True)]


def test_an_article_before_the_plan_is_marked_even_under_a_stray_heading():
    stray = (
        "##### Article L211-6\n\nVieux.\n\n#### Chapitre III : Perdu\n\n##### Article L322-1\n\nVieux.\n\n"
    )
    reading = read(stray + HASHED)
    assert [(a.outside_plan, a.heading == ()) for a in reading.articles] == [
        (True, True),
        (True, True),
        (False, False),
        (True, False),  # an R article in the legislative part
    ]
    assert kinds(reading).count("hors_plan") == 3


def test_a_numbered_article_among_the_annexes_is_a_leftover_and_an_annex_is_not():
    reading = read(
        "## Partie réglementaire\n\n### Annexes\n\n##### Article Annexe à l'article R. 1\n\nA.\n\n"
        "#### Chapitre Ier : Ancien\n\n##### Article R312-9\n\nB.\n"
    )
    assert [article.outside_plan for article in reading.articles] == [False, True]


def test_a_preamble_and_a_first_article_may_stand_before_the_first_title():
    reading = read(
        "##### Article PREAMBULE\n\nA.\n\n##### Article 1\n\nB.\n\n## Titre Ier\n\n##### Article 2\n\nC.\n"
    )
    assert not any(article.outside_plan for article in reading.articles)


def test_an_article_without_text_is_kept_and_reported():
    reading = read("##### Article 1\n\n##### Article 2\n\nB.\n")
    assert reading.articles[0].content.text == ""
    assert kinds(reading) == ["article_vide"]


def test_html_is_read_as_text_and_reported():
    reading = read(
        '##### Article 1\n\nSelon le <a id="1" name="x"/>décret &laquo; A &raquo;.\n'
        "<table><tr><td>Un</td><td>Deux</td></tr>\n<tr><td>3</td></tr></table>\n"
    )
    content = reading.articles[0].content
    assert content.text == "Selon le décret « A ».\nUn | Deux\n3"
    assert_mapped(reading.raw, content)
    assert kinds(reading) == ["residu_html"]


def test_a_lower_than_sign_is_no_tag():
    assert read_body("si a < b et b > c", 0, 17).text == "si a < b et b > c"


def test_a_front_matter_that_lacks_something_is_reported():
    reading = read(HASHED, '---\ntitle: "Code d\'essai"\nlast_updated: "2026-04-01"\nsource: "x"\n---\n')
    assert reading.document.text_id is None
    assert kinds(reading)[0] == "entete_incomplet"


def test_a_file_that_announces_later_changes_is_reported():
    assert "date_posterieure" in kinds(read(HASHED, FRONT.replace("2026-04-01", "2027-12-31")))


def test_too_many_headings_without_article_are_one_anomaly():
    dead = "".join(f"#### Section {n} : Vide\n\n" for n in range(20))
    assert kinds(read(HASHED + dead)).count("titres_sans_article") == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        ((FRONT + HASHED + "é").encode()[:-1], "coupé au milieu d'un caractère"),
        ((FRONT + HASHED).encode("latin-1"), "pas en UTF-8"),
        (HASHED.encode(), "en-tête"),
        ((FRONT + "## Partie législative\n").encode(), "Aucun article"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_clear_message(data: bytes, expected: str):
    with pytest.raises(UnreadableSource) as caught:
        read_code(data, "codes/essai.md", DAY, "code-d-essai")
    assert expected in caught.value.message
    assert "codes/essai.md" in caught.value.message
    assert caught.value.hint


@given(st.text(alphabet=" \t\n\r\xa0abé;.<>&/x", max_size=120))
def test_a_body_is_clean_and_mapped_whatever_the_raw_text(raw: str):
    content = read_body(raw, 0, len(raw))
    assert_mapped(raw, content)
    letters = [segment.raw for segment in content.segments]
    assert letters == sorted(letters)


@given(st.text(alphabet=" \t\n\r\xa0abé;.", max_size=120))
def test_a_body_without_markup_keeps_all_its_words(raw: str):
    text = read_body(raw, 0, len(raw)).text
    assert text.split() == raw.split()
    assert all(line == line.strip() and line for line in text.split("\n")) or not text
    assert "  " not in text


MARKS = [
    "\n",
    "\n\n",
    "## ",
    "#### ",
    "##### ",
    "#",
    "Article ",
    "Titre II",
    "Section 1 : S",
    "I : A",
    "Annexe",
]
WORDS = ["L425-1", "12 bis", "1er", "Texte ;", "<a>", "<", "&lt;", "é", "\r", " ", "-", "Article 3\n\nX.\n\n"]
FRAGMENTS = st.sampled_from([*MARKS, *WORDS])


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_any_file_is_read_or_refused_and_never_breaks_the_reader(body: str):
    try:
        reading = read(body)
    except UnreadableSource:
        return
    places = [article.span.start for article in reading.articles]
    assert places == sorted(places)
    for article in reading.articles:
        assert reading.raw[article.span.start : article.span.end].lstrip("#").split()[0].startswith("Article")
        assert_mapped(reading.raw, article.content)
        assert all(
            article.span.start <= s.start and s.end <= article.span.end for s in article.content.spans()
        )


@pytest.mark.parametrize("body", [HASHED, PLAIN])
def test_line_ends_of_another_system_and_a_byte_order_mark_change_nothing(body: str):
    expected = read(body)
    foreign = "\ufeff" + (FRONT + body).replace("\n", "\r\n")
    reading = read_code(foreign.encode(), "codes/essai.md", DAY, "code-d-essai")
    assert [(a.id, a.heading, a.content.text) for a in reading.articles] == [
        (a.id, a.heading, a.content.text) for a in expected.articles
    ]
    for article in reading.articles:
        assert_mapped(reading.raw, article.content)


def read_source(sources: Path, day: str, text: str) -> CodeReading:
    path = sources / "codes" / day / f"{text}.md"
    data = path.read_bytes()
    return read_code(data, path.name, date.fromisoformat(day), slug(front_matter(data)["title"]))


def find(reading: CodeReading, number: str) -> list[tuple[str, ...]]:
    return [article.heading for article in reading.articles if article.number == number]


@pytest.mark.sources
def test_trafficking_stands_in_its_chapter_of_the_penal_code_in_both_layouts(sources: Path):
    for day in ("2010-08-11", "2026-04-03"):
        (path,) = find(read_source(sources, day, "LEGITEXT000006070719"), "225-4-1")
        assert [title.split(" :")[0] for title in path] == [
            "Partie législative",
            "Livre II",
            "Titre II",
            "Chapitre V",
            "Section 1 bis",
        ]


@pytest.mark.sources
def test_the_leftovers_at_the_top_of_the_ceseda_are_outside_its_plan(sources: Path):
    reading = read_source(sources, "2026-04-03", "LEGITEXT000006070158")
    (path,) = find(reading, "L425-1")
    assert [title.split(" :")[0] for title in path] == [
        "Partie législative",
        "Livre IV",
        "Titre II",
        "Chapitre V",
        "Section 1",
    ]
    stray = [article for article in reading.articles if article.outside_plan]
    assert len(stray) == 19
    assert {"L111-10", "R723-19", "R764-1"} <= {article.number for article in stray}


@pytest.mark.sources
def test_all_the_codes_of_the_snapshot_are_read_whole(sources: Path):
    hashed = announced = plain = 0
    for path in sorted((sources / "codes" / "2026-04-03").glob("*.md")):
        reading = read_source(sources, "2026-04-03", path.stem)
        marks = reading.raw.count("\n##### Article")
        announced += marks
        if marks:
            hashed += len(reading.articles)
            unnumbered = sum(anomaly.kind == "article_sans_numero" for anomaly in reading.anomalies)
            assert len(reading.articles) + unnumbered == marks
        else:
            plain += len(reading.articles)
        for article in reading.articles[:40]:
            assert article.content.text
            assert_mapped(reading.raw, article.content)
    assert (announced, hashed, plain) == (61_204, 61_203, 5_599)
