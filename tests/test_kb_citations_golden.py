"""Citations written by hand with what they name, and look-alikes that name nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.citations import Context, find_citations
from kb.ids import format_id, parse_id

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


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:60] for case in _CASES])
def test_every_target_is_an_identifier(case: dict[str, Any]) -> None:
    for target in (t for targets in case["targets"] for t in targets):
        assert format_id(parse_id(target)) == target


def test_the_table_is_large_and_has_no_duplicate() -> None:
    texts = [case["text"] for case in _CASES]
    assert len(texts) == len(set(texts)) >= 200
