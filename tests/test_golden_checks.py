"""Sentences written by hand on the real law, right and wrong, and what the check must say of each."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.progress import silent
from service.base import Service, open_service
from service.build import build
from service.check import CheckedCitation, check_text
from service.settings import Settings

TODAY = date(2026, 4, 3)
_PATH = Path(__file__).parent / "golden" / "checks.jsonl"
_CASES: list[dict[str, Any]] = [json.loads(line) for line in _PATH.read_text(encoding="utf-8").splitlines()]
CODES = (
    "code-penal",
    "ceseda",
    "code-civil",
    "code-de-justice-administrative",
    "code-de-l-organisation-judiciaire",
    "code-de-la-consommation",
    "code-de-la-route",
    "code-de-la-securite-interieure",
    "code-de-procedure-civile",
    "code-penitentiaire",
)
_RIGHT = 0.99
_FAULTS = ("suspicious", "unknown_number", "repealed", "renumbered", "not_yet_in_force")


def faults(service: Service, case: dict[str, Any]) -> list[str]:
    """What the check says otherwise than the case, in words."""
    day = date.fromisoformat(case["as_of"]) if "as_of" in case else TODAY
    found = check_text(service, case["text"], day).results
    if [list(r.citation.targets) for r in found] != [c["targets"] for c in case["citations"]]:
        return [f"lu {[r.citation.targets for r in found]}"]
    return [said for r, c in zip(found, case["citations"], strict=True) for said in _differences(r, c)]


def _differences(found: CheckedCitation, expected: dict[str, Any]) -> list[str]:
    said = {
        "status": found.status,
        "provisions": [m.id for m in found.matches],
        "meant": found.meant[0].id if found.meant else None,
        "quotation": found.quotations[0].agreement if found.quotations else None,
    }
    if "quotation" not in expected and found.quotations:
        return [f"citation littérale : {said['quotation']}"]
    return [
        f"{key} : {said[key]} ({found.message})"
        for key in said
        if key in expected and said[key] != expected[key]
    ]


def accuses(service: Service, case: dict[str, Any]) -> bool:
    """Whether a citation that the case holds for right is said to be wrong."""
    day = date.fromisoformat(case["as_of"]) if "as_of" in case else TODAY
    innocent = {
        tuple(c["targets"]) for c in case["citations"] if c["status"] in ("resolved", "not_in_corpus")
    }
    found = check_text(service, case["text"], day).results
    known = {tuple(c["targets"]) for c in case["citations"]}
    return any(
        r.status in _FAULTS and (t in innocent or t not in known)
        for r in found
        for t in [tuple(r.citation.targets)]
    )


def test_the_set_is_large_and_covers_every_kind_of_fault() -> None:
    kinds = Counter(case["category"] for case in _CASES)
    assert len({(case["text"], case.get("as_of")) for case in _CASES}) == len(_CASES) >= 250
    assert len(kinds) >= 10
    assert kinds["phrase juste"] >= 50


@pytest.mark.sources
@pytest.mark.slow
def test_the_check_tells_right_from_wrong_and_accuses_no_right_sentence(
    sources: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = Settings(home=tmp_path_factory.mktemp("checks"), sources=sources, database_url=None)
    build(settings, CODES, silent)
    service = open_service(settings)
    wrong = {case["text"]: said for case in _CASES if (said := faults(service, case))}
    accused = [case["text"] for case in _CASES if accuses(service, case)]
    assert accused == []
    assert len(wrong) <= (1 - _RIGHT) * len(_CASES), wrong
