"""References in the formats of bibliographies, whatever the characters in them."""

from __future__ import annotations

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kb.bibliography import Reference, ReferenceKind, bibtex_entry, csl_item, keys_of, ris_record

ARTICLE = Reference(
    id="ceseda/L425-1",
    kind=ReferenceKind.ARTICLE,
    title="CESEDA, art. L. 425-1",
    container="Code de l'entrée et du séjour",
    number="L425-1",
    day=date(2026, 4, 3),
    seen=date(2026, 11, 24),
    url="https://example.org/a?b=1&c={x}",
    quotation="L'étranger qui dépose plainte\npour 100 % des faits_1.",
    note="À revoir.",
)
DOCUMENT = Reference("doc/1", ReferenceKind.DOCUMENT, "Réponse, question 21", author="Gouvernement & France")


def test_the_formats_say_the_same_of_an_article() -> None:
    item = csl_item(ARTICLE)
    assert (item["id"], item["type"], item["title"]) == ("ceseda-L425-1", "legislation", ARTICLE.title)
    assert item["accessed"] == {"date-parts": [[2026, 11, 24]]}
    assert json.loads(json.dumps(item)) == item
    ris = ris_record(ARTICLE).split("\r\n")
    assert ris[0] == "TY  - STAT"
    assert "TI  - CESEDA, art. L. 425-1" in ris
    assert "DA  - 2026/04/03" in ris
    assert ris[-3:] == ["ER  - ", "", ""]
    entry = bibtex_entry(ARTICLE)
    assert entry.startswith("@misc{ceseda-L425-1,\n")
    assert r"100 \% des faits\_1." in entry
    assert "url = {https://example.org/a?b=1&c=%7Bx%7D}" in entry


def test_what_is_not_known_is_left_out() -> None:
    assert set(csl_item(DOCUMENT)) == {"id", "type", "title", "author", "language"}
    assert "DA  -" not in ris_record(DOCUMENT)
    assert "date =" not in bibtex_entry(DOCUMENT)
    assert r"author = {{Gouvernement \& France}}" in bibtex_entry(DOCUMENT)


def test_no_two_keys_are_the_same() -> None:
    assert keys_of([ARTICLE, ARTICLE, DOCUMENT, ARTICLE]) == [
        "ceseda-L425-1",
        "ceseda-L425-1-2",
        "doc-1",
        "ceseda-L425-1-3",
    ]


@given(text=st.text(max_size=60))
def test_no_text_breaks_a_record(text: str) -> None:
    hostile = Reference(text, ReferenceKind.ARTICLE, text, text, text, None, None, text, text, text, text)
    lines = ris_record(hostile).split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    assert [line[:2] for line in lines].count("ER") == 1
    entry = bibtex_entry(hostile)
    assert entry.count("{") == entry.count("}")
    assert all(
        re.match(r"@misc\{[A-Za-z0-9-]+,$|  [a-z]+ = \{.*\},$|\}$", line) for line in entry.splitlines()
    )
