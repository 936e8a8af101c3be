"""The base in service: held while it is read, swapped for a new one, never deleted under a reader."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.app import create_app
from kb.errors import NotBuilt, RenvoiError
from kb.memo import Memo, remembered
from kb.progress import silent
from service import holder as holding
from service import releases
from service.base import Service, open_service
from service.build import build
from service.holder import BaseHolder
from service.leases import alone_with, take_lease
from service.settings import Settings
from tests.serving import served
from tests.source_folder import PENAL_ARTICLES, write_penal, write_sources

# `STRESS=long pytest tests/test_service_releases.py` reads for a minute from fifty clients while ten builds land.
LONG = os.environ.get("STRESS") == "long"
CLIENTS, BUILDS = (50, 10) if LONG else (6, 3)
BUILD = """
import sys
from pathlib import Path
from kb.progress import silent
from service.build import build
from service.settings import Settings
build(Settings(home=Path(sys.argv[1]), sources=Path(sys.argv[2]), database_url=sys.argv[3] or None), (), silent)
"""
DRAFT = {"text": "Vu l'article 225-4-3 du code pénal."}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "data", sources=write_sources(tmp_path / "sources"), database_url=None)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a new base more often than a server does."""
    monkeypatch.setattr(holding, "INTERVAL_S", 0.1)


def write_edition(settings: Settings, number: int) -> None:
    """A base whose article 225-4-3 says which edition it is of."""
    write_penal(settings.sources, {**PENAL_ARTICLES, "225-4-3": f"Édition {number} : réclusion et amende."})


def build_edition(settings: Settings, number: int) -> str:
    write_edition(settings, number)
    return build(settings, (), silent).generation


def generation(base: Service | RenvoiError) -> str:
    assert isinstance(base, Service), base
    return base.generation


def wait_for(condition: object, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def test_a_new_base_is_served_without_a_restart_and_the_former_one_closed_after_its_last_request(
    settings: Settings, quick: None
) -> None:
    first = build_edition(settings, 1)
    base = BaseHolder(settings)
    base.start()
    try:
        with base.lease() as reading:
            second = build_edition(settings, 2)
            wait_for(lambda: _current(base) == second)
            assert generation(reading) == first
            assert isinstance(reading, Service)
            assert reading.reader.provision("code-penal/225-4-3") is not None  # still open
            assert reading.lease is not None
            assert reading.lease.descriptor is not None
        assert reading.lease.descriptor is None
        gone = weakref.ref(reading.reader)
        del reading
        gc.collect()
        assert gone() is None  # nothing of a base outlives it
    finally:
        base.close()


def _current(base: BaseHolder) -> str:
    with base.lease() as opened:
        return generation(opened)


def test_a_server_started_without_a_base_serves_the_first_one_that_is_built(
    settings: Settings, quick: None
) -> None:
    base = BaseHolder(settings)
    base.start()
    try:
        with base.lease() as nothing:
            assert isinstance(nothing, NotBuilt)
        name = build_edition(settings, 1)
        wait_for(lambda: _is_open(base))
        assert _current(base) == name
    finally:
        base.close()


def _is_open(base: BaseHolder) -> bool:
    with base.lease() as opened:
        return isinstance(opened, Service)


def test_a_damaged_new_base_is_refused_and_the_former_one_goes_on(
    settings: Settings, quick: None, caplog: pytest.LogCaptureFixture
) -> None:
    first = build_edition(settings, 1)
    base = BaseHolder(settings)
    base.start()
    try:
        damaged = settings.home / "0123456789abcdef"
        (damaged / "index").mkdir(parents=True)
        (damaged / "index" / "manifest.json").write_text("{}")
        (settings.home / "current").write_text(damaged.name + "\n")
        wait_for(lambda: caplog.records)
        assert _current(base) == first
        time.sleep(0.5)
        assert len(caplog.records) == 1  # said once, not at every look
    finally:
        base.close()


def test_no_build_deletes_a_generation_that_a_process_reads_and_the_last_reader_frees_it(
    settings: Settings,
) -> None:
    first = build_edition(settings, 1)
    reading = open_service(settings)
    for number in (2, 3, 4):
        build_edition(settings, number)
    assert reading.reader.provision("code-penal/225-4-3") is not None
    reading.check()
    assert (settings.home / first).is_dir()
    reading.close()
    fifth = build_edition(settings, 5)
    names = {generation.name for generation in releases.generations(settings.home)}
    assert first not in names
    assert fifth in names
    assert len(names) == 2


def test_a_lease_is_shared_among_readers_and_keeps_whoever_would_delete_away(settings: Settings) -> None:
    build_edition(settings, 1)
    generation = releases.current(settings.home)
    one, other = take_lease(generation), take_lease(generation)
    one.release()
    with alone_with(generation) as alone:
        assert not alone
    other.release()
    with alone_with(generation) as alone:
        assert alone


def test_a_generation_that_is_gone_cannot_be_leased(settings: Settings) -> None:
    build_edition(settings, 1)
    generation = releases.current(settings.home)
    releases.retire(generation)
    with pytest.raises(NotBuilt):
        take_lease(generation)


def test_what_is_remembered_of_an_object_goes_with_it() -> None:
    class Owner:
        def __init__(self) -> None:
            self.memo = Memo()

    class Value:
        pass

    @remembered()
    def value_of(owner: Owner, name: str) -> Value:
        return Value()

    owner = Owner()
    value = value_of(owner, "a")
    assert value_of(owner, "a") is value
    assert value_of(owner, "b") is not value
    assert value_of(Owner(), "a") is not value
    gone = weakref.ref(value)
    del value, owner
    gc.collect()
    assert gone() is None


@pytest.fixture(params=["sqlite", "postgres"])
def stored(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield settings
    else:
        yield settings.model_copy(update={"database_url": request.getfixturevalue("postgres")})


@pytest.mark.slow
@pytest.mark.postgres
def test_readers_never_fail_while_builds_land_and_are_killed(stored: Settings, quick: None) -> None:
    """Every answer is of one generation: the edition that an article tells is that of the generation told beside."""
    editions = {build_edition(stored, 0): 0}
    faults: list[str] = []
    answers: list[tuple[str, str]] = []
    stop = threading.Event()

    def read(address: str) -> None:
        with httpx2.Client(base_url=address, timeout=60) as client:
            while not stop.is_set():
                answer = client.post("/v1/citations/check", json=DRAFT)
                if answer.status_code != 200 or client.get("/readyz").status_code != 200:
                    faults.append(answer.text[:300])
                else:
                    body = answer.json()
                    answers.append((body["generation"], body["results"][0]["matches"][0]["excerpt"]))

    with served(create_app(stored)) as address:
        readers = [threading.Thread(target=read, args=(address,)) for _ in range(CLIENTS)]
        for reader in readers:
            reader.start()
        for number in range(1, BUILDS + 1):
            _run_build(stored, number, killed=number % 2 == 0)
            if number % 2:
                editions[_built(stored)] = number
        last = max(editions.values())
        wait_for(lambda: f"Édition {last} " in answers[-1][1], 60)
        stop.set()
        for reader in readers:
            reader.join()
    assert not faults, faults[:3]
    assert {text.split(" : ")[0] for _, text in answers} == {f"Édition {n}" for n in editions.values()}
    assert all(f"Édition {editions[name]} " in text for name, text in answers)
    build_edition(stored, BUILDS + 1)
    assert not releases.leftovers(stored.home)
    assert len(releases.generations(stored.home)) == 2


def _run_build(settings: Settings, number: int, *, killed: bool) -> None:
    write_edition(settings, number)
    arguments = [str(settings.home), str(settings.sources), settings.database_url or ""]
    process = subprocess.Popen([sys.executable, "-c", BUILD, *arguments])
    if killed:
        wait_for(lambda: releases.leftovers(settings.home) or process.poll() is not None)
        process.kill()
    assert (process.wait() == 0) is not killed


def _built(settings: Settings) -> str:
    return releases.current(settings.home).fingerprint
