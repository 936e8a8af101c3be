"""Every example of the README runs: its commands over a small base, its requests against a real server.

Left out are a download, which a test has no right to, and the server itself, which the requests stand for.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from kb.progress import silent
from service.base import open_service
from service.build import build
from service.settings import Settings
from tests.serving import served
from tests.source_folder import write_sources
from workplace.model import ApiKey, Scope
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account
from workplace.store.keys import Keys

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("renvoi ")]
REQUESTS = [line for line in LINES if line.startswith("curl ")]
LEFT_OUT = ("sync", "serve")
PASSWORD = "quatre mots sans suite\n"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A base that is built, with what the examples name: a draft, a questionnaire, an account, a key."""
    root = tmp_path_factory.mktemp("readme")
    settings = Settings(home=root / "data", sources=write_sources(root / "sources"), database_url=None)
    build(settings, (), silent)
    (root / "projet-de-jugement.txt").write_text("Vu l'article 225-4-1 du code pénal.", encoding="utf-8")
    listed = root / "tests" / "golden" / "specialist.toml"
    listed.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "golden" / "specialist.toml", listed)
    document = docx.Document()
    document.add_paragraph("1. Quelles mesures protègent les victimes ?")
    document.save(str(root / "questionnaire.docx"))
    (prefix,) = re.findall(r"^renvoi keys revoke (\w+)", README, re.MULTILINE)
    database, now = WorkplaceDatabase.open(settings.home, None), datetime.now(UTC)
    Keys(database).create(ApiKey(prefix, "essai", Scope.READ, None, now))
    database.close()
    return settings


def test_the_readme_has_examples_of_both_kinds() -> None:
    assert len(COMMANDS) > 12
    assert len(REQUESTS) > 4


@pytest.mark.parametrize("line", [c for c in COMMANDS if c.split()[1] not in LEFT_OUT])
def test_a_command_of_the_readme_does_what_it_is_said_to(
    line: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(settings.home))
    monkeypatch.setenv("RENVOI_SOURCES", str(settings.sources))
    monkeypatch.delenv("RENVOI_DATABASE_URL", raising=False)
    monkeypatch.chdir(settings.home.parent)
    _account_of(settings, line)
    ran = CliRunner().invoke(app, shlex.split(line, comments=True)[1:], input=PASSWORD)
    assert ran.exit_code == 0, ran.output
    assert ran.output.strip()


def _account_of(settings: Settings, line: str) -> None:
    """Open the account that a command changes, whatever the order in which the examples run."""
    found = re.match(r"renvoi users (?:password|disable) (\S+)", line)
    if found:
        database = WorkplaceDatabase.open(settings.home, None)
        accounts = Accounts(database)
        if accounts.by_login(found[1]) is None:
            accounts.add(new_account(found[1], found[1], datetime.now(UTC)), None)
        database.close()


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    with served(create_app(settings, lambda _: open_service(settings))) as found:
        yield found


@pytest.mark.parametrize("line", REQUESTS)
def test_a_request_of_the_readme_is_answered(line: str, address: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    asked = shlex.split(line.replace("http://127.0.0.1:8000", address), comments=True)
    ran = subprocess.run([asked[0], "-sS", "--fail-with-body", *asked[1:]], capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stdout.decode()
    assert ran.stdout.startswith(b"{")
