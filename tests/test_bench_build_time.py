"""The copy of the sources where one article has changed, and the times that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.sections.build_time import edit_one_article
from bench.tools.timing import Latency, latency, typical
from kb.codes import code_by_slug
from kb.errors import UnreadableSource

CODE = code_by_slug("code-penal")
TEXT = "# Code pénal\n\n##### Article 111-1\n\nPremier.\n\n##### Article 111-2\n\nSecond.\n"


def _sources(folder: Path) -> Path:
    assert CODE is not None
    for day in ("2010-08-11", "2026-04-03"):
        for name in (CODE.legitext, "LEGITEXT000006070158"):
            path = folder / "codes" / day / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TEXT, encoding="utf-8")
    return folder


def test_one_article_of_the_newest_snapshot_changes_and_nothing_else(tmp_path: Path) -> None:
    assert CODE is not None
    sources, copy = _sources(tmp_path / "from"), tmp_path / "to"
    edit_one_article(sources, copy)
    changed = [p for p in copy.rglob("*.md") if p.read_text(encoding="utf-8") != TEXT]
    assert changed == [copy / "codes" / "2026-04-03" / f"{CODE.legitext}.md"]
    text = changed[0].read_text(encoding="utf-8")
    assert text.index("Article 111-1") < text.index("Phrase ajoutée") < text.index("Premier.")
    assert text.count("Phrase ajoutée") == 1
    assert not any(p.is_symlink() for p in copy.rglob("*"))
    assert len(list(copy.rglob("*.md"))) == 4


def test_the_sources_themselves_are_left_alone(tmp_path: Path) -> None:
    sources = _sources(tmp_path / "from")
    edit_one_article(sources, tmp_path / "to")
    assert {p.read_text(encoding="utf-8") for p in sources.rglob("*.md")} == {TEXT}


def test_sources_without_the_code_are_refused(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    with pytest.raises(UnreadableSource, match="code-penal"):
        edit_one_article(tmp_path / "from", tmp_path / "to")


def test_a_latency_is_the_median_and_the_slow_end_in_milliseconds() -> None:
    assert latency([0.001] * 95 + [0.1] * 5).median == 1.0
    assert latency([n / 1_000 for n in range(101)]) == Latency(50.0, 95.0)


def test_one_disturbed_round_changes_nothing() -> None:
    assert typical([Latency(1.0, 2.0), Latency(90.0, 900.0), Latency(1.5, 2.5)]) == Latency(1.5, 2.5)
