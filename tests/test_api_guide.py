"""The guide of the API tells the truth: each of its examples runs against a real server; so do those of /docs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from lxml import etree

from api.app import create_app
from service.settings import Settings
from tests.builders import small_service
from tests.serving import served
from workplace.model import ApiKey, Scope
from workplace.store import WorkplaceDatabase
from workplace.store.keys import Keys, new_prefix

GUIDE = (Path(__file__).parent.parent / "docs/guide-api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(sh|python)\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
MAX_PAGE = 150_000


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address and the key of a server that only answers to who has one."""
    home = tmp_path_factory.mktemp("base")
    database = WorkplaceDatabase.open(home, None)
    key = Keys(database).create(ApiKey(new_prefix(), "Guide", Scope.READ, None, datetime.now(UTC)))
    database.close()
    service = small_service(home)
    with served(create_app(Settings(home=home), lambda _: service)) as address:
        yield {"BASE": address, "CLEF": key}


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=lambda text: str(text).split("\n")[0][:50])
def test_every_example_of_the_guide_runs(language: str, example: str, platform: dict[str, str]) -> None:
    if language == "sh" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = ["sh", "-euc", example] if language == "sh" else [sys.executable, "-W", "error", "-c", example]
    run = subprocess.run(command, env={**os.environ, **platform}, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert run.stdout or "assert" in example


def test_the_guide_has_examples_in_both_languages() -> None:
    assert {language for language, _ in EXAMPLES} == {"sh", "python"}
    assert len(EXAMPLES) >= 8


@pytest.fixture(scope="module")
def client(platform: dict[str, str]) -> Iterator[httpx2.Client]:
    with ExitStack() as stack:
        yield stack.enter_context(httpx2.Client(base_url=platform["BASE"]))


def test_the_reference_has_every_route_and_its_examples_answer(client: httpx2.Client) -> None:
    text = client.get("/docs").text
    page = etree.HTML(text)
    document = client.get("/openapi.json").json()
    titles = set(page.xpath("//h3/code/text()"))
    assert titles == {f"{m.upper()} {path}" for path, ms in document["paths"].items() for m in ms}
    examples = page.xpath("//a[@class='example']/@href")
    assert len(examples) >= 8
    for example in examples:
        assert client.get(example).status_code in (200, 401), example
    assert len(text) <= MAX_PAGE


def test_every_link_of_the_reference_leads_to_a_shape_that_is_described(client: httpx2.Client) -> None:
    text = client.get("/docs/formes").text
    page, shapes = etree.HTML(client.get("/docs").text), etree.HTML(text)
    anchors = set(shapes.xpath("//@id"))
    named = {
        a.partition("#")[2]
        for a in [*page.xpath("//@href"), *shapes.xpath("//@href")]
        if "/docs/formes#" in a
    }
    named |= {a[1:] for a in shapes.xpath("//main//a/@href") if a.startswith("#")}
    assert named
    assert named <= anchors
    assert len(text) <= MAX_PAGE


def test_the_reference_has_no_script_but_ours_and_asks_nothing_of_others(client: httpx2.Client) -> None:
    for path in ("/docs", "/docs/formes"):
        page = etree.HTML(client.get(path).text)
        assert not page.xpath("//script/text() | //@style | //style")
        assert page.xpath("//script/@src") == ["/static/suggestions.js"]
        loaded = page.xpath("//link/@href | //img/@src | //iframe/@src")
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


def test_the_document_says_how_to_identify_oneself(client: httpx2.Client) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["components"]["securitySchemes"]) == {"bearer", "header"}
    assert {} in document["security"]
