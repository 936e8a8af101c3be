"""The kinds of writing that courts, monitors and word processors use, right and look-alike, with exact spans."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from kb.citations import find_citations
from kb.citations.courts import Court, load_courts
from kb.citations.documents import Reference, load_references

_KINDS = Path(__file__).parent / "golden" / "citation_kinds.jsonl"
_CASES: list[dict[str, Any]] = [json.loads(line) for line in _KINDS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _CASES, ids=[ascii(case["text"][:60]) for case in _CASES])
def test_each_kind_is_read_to_its_end(case: dict[str, Any]) -> None:
    citations = find_citations(case["text"])
    assert [list(citation.targets) for citation in citations] == case["targets"]
    if "raw" in case:
        assert [citation.raw for citation in citations] == case["raw"]
    if "subdivision" in case:
        assert citations[0].subdivision == case["subdivision"]
    if "unread" in case:
        assert [citation.unread for citation in citations] == case["unread"]
    for citation in citations:
        assert " […] ".join(case["text"][s.start : s.end] for s in citation.spans) == citation.raw


def _examples(table: tuple[Court, ...] | tuple[Reference, ...]) -> list[tuple[str, str]]:
    return [example for row in table for example in row.examples.items()]


@pytest.mark.parametrize(("written", "target"), [*_examples(load_courts()), *_examples(load_references())])
def test_each_example_of_a_court_and_of_a_document_is_read_as_what_it_names(
    written: str, target: str
) -> None:
    targets = [each for citation in find_citations(written) for each in citation.targets]
    assert target in targets
    assert all(row.examples for row in (*load_courts(), *load_references()))


@pytest.mark.parametrize(
    "sign", ["\u2212", "\uff0d", "\u2012", "\ufe63", "\u2010", "\u2011", "\u00ad"], ids=ascii
)
def test_any_sign_of_hyphen_is_the_hyphen(sign: str) -> None:
    (citation,) = find_citations(f"Voir l'article 225{sign}4{sign}1 du code pénal.")
    assert citation.targets == ("code-penal/225-4-1",)
    assert citation.raw == f"article 225{sign}4{sign}1 du code pénal"


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\ufeff", "\u200e", "\u202d"], ids=ascii)
@pytest.mark.parametrize("place", range(len("225-4-1") + 1))
def test_what_is_invisible_is_no_part_of_a_number(sign: str, place: int) -> None:
    number = f"{'225-4-1'[:place]}{sign}{'225-4-1'[place:]}"
    (citation,) = find_citations(f"L'article {number} du code pénal.")
    assert citation.targets == ("code-penal/225-4-1",)


@pytest.mark.parametrize("sign", ["÷", "_", "~", "=", "•", "\ufffd", "∕", "¦"])
def test_a_number_cut_by_a_sign_that_is_not_known_is_no_shorter_number(sign: str) -> None:
    for text in (f"article 225-4{sign}1 du code pénal", f"Code pénal, art. 225-4{sign}1"):
        targets = [target for citation in find_citations(text) for target in citation.targets]
        assert not [target for target in targets if "/" in target], text


def test_a_chamber_named_without_end_costs_no_more_than_its_length() -> None:
    def seconds(times: int) -> float:
        text = "cour d'appel de Paris, ch. " * times
        start = time.process_time()
        find_citations(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(2_400) < 16 * 4 * seconds(150)
