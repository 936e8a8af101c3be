"""The build: what changed and nothing else, the old base in service until the end, whatever happens."""

from __future__ import annotations

import fcntl
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.retrieval.model import Question
from kb.errors import BuildFailed, GenerationMismatch, InvalidDate, NotBuilt, RenvoiError, SchemaMismatch
from kb.progress import silent
from kb.store import Database
from service import build as building
from service import releases
from service.base import Service, open_service
from service.build import BuildReport
from service.build import build as run
from service.settings import Settings
from tests.source_folder import (
    CESEDA,
    PENAL,
    PENAL_ARTICLES,
    write_code,
    write_penal,
    write_sources,
)

TODAY = date(2026, 6, 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data", sources=write_sources(tmp_path / "sources"), database_url=None)


def build(settings: Settings, *codes: str, force: bool = False) -> BuildReport:
    return run(settings, codes, silent, force=force)


@contextmanager
def served(settings: Settings) -> Iterator[Service]:
    service = open_service(settings)
    try:
        yield service
    finally:
        service.close()


def first(settings: Settings, question: str) -> str:
    with served(settings) as service:
        return service.searcher.rank(Question(question, TODAY)).hits[0].provision


def keys(settings: Settings) -> dict[str, int]:
    """Number of each passage."""
    with served(settings) as service:
        reader = service.reader
        return {p.id: k for k, p in reader.passages([p.key for p in reader.indexed_passages()]).items()}


def folders(settings: Settings) -> set[str]:
    return {entry.name for entry in settings.home.iterdir() if entry.name != ".lock"}


def in_service(settings: Settings) -> str:
    return releases.current(settings.home).name


def test_a_build_from_nothing_answers_from_every_source(settings: Settings) -> None:
    report = build(settings)
    assert report.official
    assert set(report.changed) == {
        f"code/{CESEDA}",
        f"code/{PENAL}",
        "questionnaire/reponse",
        "fiches",
        "statistiques",
    }
    assert folders(settings) == {"current", report.generation}
    assert first(settings, "art. L425-1 ceseda") == "ceseda/L425-1"
    assert first(settings, "peine en bande organisée") == "code-penal/225-4-3"
    with served(settings) as service:
        cited = service.reader.cited_by("ceseda/L425-1")
        assert any(
            link.raw
            for link in cited
            if service.reader.passages([link.passage_key])[link.passage_key].question == 1
        )


def test_nothing_changed_is_nothing_done(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(settings)
    monkeypatch.setattr(building, "update_store", None)  # a call would fail
    again = build(settings)
    assert (again.generation, again.changed, again.counts) == (made.generation, (), None)


def test_a_changed_file_gives_new_passages_to_itself_alone(settings: Settings) -> None:
    build(settings)
    before = keys(settings)
    write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-3": "Vingt ans de réclusion et une amende."})
    report = build(settings)
    after = keys(settings)
    assert report.changed == (f"code/{PENAL}",)
    same = {place for place, key in before.items() if after.get(place) == key}
    assert same == {place for place in before if not place.startswith("code-penal@")}
    assert min(k for place, k in after.items() if place.startswith("code-penal@")) > max(before.values())
    assert first(settings, "réclusion et amende") == "code-penal/225-4-3"


def test_a_changed_build_equals_a_build_from_nothing(settings: Settings, tmp_path: Path) -> None:
    build(settings)
    write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-4": "Article de plus sur la tentative."})
    changed = build(settings)
    other = settings.model_copy(update={"home": tmp_path / "other"})
    anew = build(other)
    assert (changed.generation, changed.counts) == (anew.generation, anew.counts)
    assert set(keys(settings)) == set(keys(other))
    for question in ("tentative", "victime qui porte plainte", "225-4-1", "délai de réflexion"):
        assert answers(settings, question) == answers(other, question)


def answers(settings: Settings, question: str) -> list[str]:
    with served(settings) as service:
        return [h.provision for h in service.searcher.rank(Question(question, TODAY, k=3)).hits]


def test_a_code_that_goes_takes_its_provisions_and_the_links_to_them(settings: Settings) -> None:
    path = write_code(settings.sources, CESEDA, "Code de l'entrée", {"L999-1": "Article propre à l'essai."})
    reply = settings.sources / "questionnaire" / "reponse.txt"
    reply.write_text("1. Quoi ?\n\nVoir l'article L. 999-1 du CESEDA.\n", encoding="utf-8")
    build(settings)
    assert statuses(settings, "ceseda/L999-1") == {"resolved"}
    path.unlink()
    report = build(settings)
    assert f"code/{CESEDA}" in report.changed
    with served(settings) as service:
        assert service.reader.provision("ceseda/L999-1") is None
        assert not service.articles.validities("ceseda/L425-1")
    assert statuses(settings, "ceseda/L999-1") == {"not_in_corpus"}


def statuses(settings: Settings, target: str) -> set[str]:
    with served(settings) as service:
        every = [p.key for p in service.reader.indexed_passages()]
        return {link.status for link in service.reader.cites(every) if link.target == target}


def test_only_the_codes_named_are_read(settings: Settings) -> None:
    report = build(settings, "code-penal")
    assert f"code/{CESEDA}" not in report.changed
    with served(settings) as service:
        assert service.articles.numbers("ceseda") == ()


def test_an_unknown_code_is_refused_before_anything_is_done(settings: Settings) -> None:
    with pytest.raises(RenvoiError, match="code-postal"):
        build(settings, "code-postal")
    assert not settings.home.exists()


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_without_official_texts_the_records_are_used_and_the_report_says_so(
    tmp_path: Path, folder: str
) -> None:
    if folder == "empty":
        (tmp_path / "empty").mkdir()
    settings = Settings(home=tmp_path / "data", sources=tmp_path / folder, database_url=None)
    report = build(settings)
    assert (report.official, report.changed) == (False, ("fiches", "statistiques"))
    assert not build(settings).official
    assert first(settings, "art. 225-4-3 du code pénal") == "code-penal/225-4-3"


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated in the middle of a character": lambda data: data[: data.index("é".encode(), 400) + 1],
    "not UTF-8": lambda data: data.decode().encode("latin-1"),
    "without front matter": lambda data: data.partition(b"---\n# ")[2],
    "without any article": lambda data: data.partition(b"##### ")[0],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_read_leaves_the_old_base_in_service(settings: Settings, fault: str) -> None:
    build(settings)
    before, entries = in_service(settings), folders(settings)
    path = write_penal(settings.sources)
    path.write_bytes(FAULTS[fault](path.read_bytes()))
    with pytest.raises(RenvoiError) as refusal:
        build(settings)
    assert path.name in refusal.value.message
    assert (in_service(settings), folders(settings)) == (before, entries)
    assert first(settings, "bande organisée") == "code-penal/225-4-3"


def test_a_broken_heading_is_reported_and_the_rest_is_read(settings: Settings) -> None:
    path = write_penal(settings.sources)
    path.write_text(
        path.read_text(encoding="utf-8").replace("##### Article 225-4-2\n", "##### Article 225-4-\n"),
        encoding="utf-8",
    )
    build(settings)
    with served(settings) as service:
        assert service.articles.numbers("code-penal") == ("225-4-1", "225-4-3")
        assert "titre_rompu" in dict(service.reader.anomalies("code-penal@2026-04-03"))


def test_a_folder_that_is_no_date_is_refused(settings: Settings) -> None:
    write_code(settings.sources, PENAL, "Code pénal", PENAL_ARTICLES, day="2026-02-30")
    with pytest.raises(InvalidDate, match="2026-02-30"):
        build(settings)


# Killed, crowded out, out of space


KILLED = """
import os, signal, sys
from pathlib import Path
from service import build as building
from service.settings import Settings
from kb.progress import silent

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(building, sys.argv[3], killed)
building.build(Settings(home=Path(sys.argv[1]), sources=Path(sys.argv[2]), database_url=None), (), silent)
"""


@pytest.mark.parametrize("step", ["update_store", "build_index", "rename_store"])
def test_a_killed_build_leaves_the_old_one_serving_and_the_next_one_works(
    settings: Settings, step: str
) -> None:
    build(settings)
    before = in_service(settings)
    write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-44": "Les complices sont relégués au bagne."})
    command = [sys.executable, "-c", KILLED, str(settings.home), str(settings.sources), step]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert in_service(settings) == before
    assert first(settings, "bande organisée") == "code-penal/225-4-3"
    report = build(settings)
    assert first(settings, "complices relégués au bagne") == "code-penal/225-4-44"
    assert folders(settings) == {"current", before, report.generation}


def test_two_builds_at_once_are_one_too_many(settings: Settings) -> None:
    settings.home.mkdir()
    with (settings.home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildFailed, match="Une autre construction est en cours"):
            build(settings)
    assert build(settings).counts


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: as a full disk, writing fails with an error of the system."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 5_000, 200_000])
@pytest.mark.parametrize("step", ["_build", "_fill", "build_index"])
def test_a_full_disk_is_said_and_leaves_the_old_base_in_service(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    step: str,
    size: int,
) -> None:
    build(settings)
    before, entries = in_service(settings), folders(settings)
    write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-4": "Tentative. " * 100_000})
    real = getattr(building, step)

    def limited(*arguments: Any, **named: Any) -> Any:
        with files_limited_to(size):
            return real(*arguments, **named)

    monkeypatch.setattr(building, step, limited)
    with capfd.disabled(), pytest.raises(BuildFailed) as refusal:
        build(settings)
    assert "espace disque" in refusal.value.hint
    assert (in_service(settings), folders(settings)) == (before, entries)
    assert first(settings, "bande organisée") == "code-penal/225-4-3"


def test_a_data_folder_that_is_a_file_is_refused(settings: Settings) -> None:
    settings.home.write_text("", encoding="utf-8")
    with pytest.raises(BuildFailed, match="ne peut pas être écrit"):
        build(settings)


def test_an_interrupted_build_leaves_nothing_behind(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "build_index", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(settings)
    assert folders(settings) == set()
    with pytest.raises(NotBuilt, match="Aucune base construite"):
        open_service(settings)


# What is in service


def test_the_generation_before_is_kept_for_a_server_that_still_reads_it_and_older_ones_go(
    settings: Settings,
) -> None:
    made = []
    for count in range(3):
        write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-4": f"Rédaction numéro {count}."})
        made.append(build(settings).generation)
    assert folders(settings) == {"current", *made[1:]}


def test_a_forced_build_takes_the_place_of_the_same_generation(settings: Settings) -> None:
    made = build(settings)
    again = build(settings, force=True)
    assert (again.generation, again.counts) == (made.generation, made.counts)
    assert len(again.changed) == 5
    assert (
        in_service(settings) == f"{made.generation}-2"
    )  # the former one may be read: it is not written over
    build(settings, force=True)
    assert folders(settings) == {"current", f"{made.generation}-2", f"{made.generation}-3"}


@pytest.mark.parametrize(
    "file", ["kb.sqlite", "index/manifest.json", "index/links.npz", "index/articles/vectors.faiss"]
)
def test_a_base_in_service_that_no_longer_opens_is_built_again(settings: Settings, file: str) -> None:
    made = build(settings)
    path = settings.home / made.generation / file
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(RenvoiError):
        open_service(settings)
    assert build(settings).generation == made.generation
    assert first(settings, "bande organisée") == "code-penal/225-4-3"


def test_an_index_of_another_generation_is_refused_with_what_to_do(settings: Settings) -> None:
    made = build(settings)
    manifest = settings.home / made.generation / "index" / "manifest.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**data, "generation": "autre"}), encoding="utf-8")
    with pytest.raises(GenerationMismatch, match="pas été construits ensemble") as refusal:
        open_service(settings)
    assert "renvoi build" in refusal.value.hint


def change_schema_version(settings: Settings) -> None:
    database = Database.sqlite(releases.current(settings.home).store)
    with database.transaction() as connection:
        connection.exec_driver_sql("update meta set value = '0' where key = 'schema_version'")
    database.close()


def test_a_database_at_another_schema_version_is_refused_with_what_to_do(settings: Settings) -> None:
    build(settings)
    change_schema_version(settings)
    with pytest.raises(SchemaMismatch, match="version 0 du schéma") as refusal:
        open_service(settings)
    assert "renvoi build" in refusal.value.hint


def test_after_another_schema_version_no_vector_is_kept_under_a_key_given_anew(settings: Settings) -> None:
    build(settings)
    change_schema_version(settings)
    write_penal(settings.sources, {"1": "Un seul article, sur la confiscation.", **PENAL_ARTICLES})
    report = build(settings)
    assert len(report.changed) == 5
    with served(settings) as service:
        index = service.searcher.index
        for key, passage in service.reader.passages(index.articles.table.key.tolist()).items():
            text = "\n".join((*passage.heading[-1:], passage.text))
            row = index.articles.positions([key])[key]
            (vector,) = index.articles.vectors.vectors(
                index.articles.table.rows_of(index.articles.table.key[[row]])
            )
            assert float(vector @ service.searcher.embedder.encode([text])[0]) == pytest.approx(1, abs=1e-2)


def test_a_generation_that_is_named_and_gone_is_not_built(settings: Settings) -> None:
    build(settings)
    (settings.home / "current").write_text("absente\n", encoding="utf-8")
    with pytest.raises(NotBuilt):
        open_service(settings)
    assert build(settings).counts
