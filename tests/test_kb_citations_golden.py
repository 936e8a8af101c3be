"""Citations written by hand with what they name, and look-alikes that name nothing."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.citations import Context, find_citations
from kb.codes import Code, load_codes
from kb.ids import format_id, parse_id, provision_id

_GOLDEN = Path(__file__).parent / "golden" / "citations.jsonl"
_CASES: list[dict[str, Any]] = [json.loads(line) for line in _GOLDEN.read_text(encoding="utf-8").splitlines()]


def _find(case: dict[str, Any]) -> list[Any]:
    return list(find_citations(case["text"], context=Context(case["code"]) if "code" in case else None))


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:60] for case in _CASES])
def test_each_citation_is_read_as_what_it_names(case: dict[str, Any]) -> None:
    found = _find(case)
    assert [list(citation.targets) for citation in found] == case["targets"]
    if "subdivision" in case:
        assert found[0].subdivision == case["subdivision"]
    if "inherited" in case:
        assert found[0].inherited is case["inherited"]


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:60] for case in _CASES])
def test_rewrapping_the_lines_changes_nothing(case: dict[str, Any]) -> None:
    if "\n" in case["text"]:
        pytest.skip("already has line breaks of its own")
    wrapped = {**case, "text": case["text"].replace(" ", "\n")}
    assert [list(citation.targets) for citation in _find(wrapped)] == case["targets"]


@pytest.mark.parametrize("blank", ["\r\n", "\u00a0", "\u202f", "\t", "  ", "\u2009"], ids=ascii)
def test_any_kind_of_blank_is_a_blank(blank: str) -> None:
    for case in (case for case in _CASES if "\n" not in case["text"]):
        found = _find({**case, "text": case["text"].replace(" ", blank)})
        assert [list(citation.targets) for citation in found] == case["targets"], case["text"]


@pytest.mark.parametrize(("written", "other"), [("'", "’"), ("-", "\u2011"), ("-", "–")], ids=ascii)
def test_apostrophes_and_hyphens_of_any_kind_are_read(written: str, other: str) -> None:
    for case in (case for case in _CASES if "http" not in case["text"]):
        found = _find({**case, "text": case["text"].replace(written, other)})
        assert [list(citation.targets) for citation in found] == case["targets"], case["text"]


def test_accents_that_are_characters_of_their_own_are_read() -> None:
    for case in _CASES:
        found = _find({**case, "text": unicodedata.normalize("NFD", case["text"])})
        assert [list(citation.targets) for citation in found] == case["targets"], case["text"]


@given(st.sampled_from(_CASES), st.data())
@settings(max_examples=300)
def test_any_line_break_at_any_space_changes_nothing(case: dict[str, Any], data: st.DataObject) -> None:
    if "\n" in case["text"]:
        return
    words = case["text"].split(" ")
    breaks = data.draw(
        st.lists(st.sampled_from([" ", "\n", " \n"]), min_size=len(words), max_size=len(words))
    )
    wrapped = "".join(word + gap for word, gap in zip(words, breaks, strict=True))
    found = _find({**case, "text": wrapped})
    assert [list(citation.targets) for citation in found] == case["targets"]
    assert all(wrapped[c.start : c.end] == c.raw for c in found if len(c.spans) == 1)


_NUMBERS = st.tuples(st.integers(1, 9999), st.lists(st.integers(1, 99), max_size=3)).map(
    lambda n: "-".join(map(str, (n[0], *n[1])))
)
_AROUND = st.sampled_from(["", "Selon ", "« ", "(", "le juge, au visa de l'"])


@given(st.sampled_from(load_codes()), _NUMBERS, _AROUND)
@settings(max_examples=300)
def test_any_number_of_any_code_is_read_back(code: Code, number: str, before: str) -> None:
    written = f"L. {number}" if code.lettered else number
    text = f"{before}article {written} du {code.title}"
    (found,) = find_citations(text)
    assert found.targets == (str(provision_id(code.slug, written)),)
    assert found.raw == text[len(before) :]


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:60] for case in _CASES])
def test_every_target_is_an_identifier(case: dict[str, Any]) -> None:
    for target in (t for targets in case["targets"] for t in targets):
        assert format_id(parse_id(target)) == target


def test_the_table_is_large_and_has_no_duplicate() -> None:
    texts = [case["text"] for case in _CASES]
    assert len(texts) == len(set(texts)) >= 200
