"""The whole OpenAPI document against a real server: schemathesis sends what it allows and what it does not.

Nothing may answer 500, a status or a shape that is not described, or accept what the document refuses.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.app import create_app
from kb.errors import ArtefactError
from service.base import open_service
from service.settings import Settings
from tests.builders import small_service
from tests.serving import served
from workplace.model import ApiKey, Scope
from workplace.store import WorkplaceDatabase
from workplace.store.accounts import Accounts, new_account
from workplace.store.keys import Keys, new_prefix

pytestmark = pytest.mark.slow

# Seconds after which a run stops where it is: examples and coverage take 25 of them, the rest is drawn.
MAX_SECONDS = 50
# A right request is refused for what no schema says: a copy that is no longer the last (412), a rank too far (416);
# and, where fields have rules between them, or words and values that only the base knows, 400. A wrong one, for the
# first of its faults: too long a text (413) or too far a rank (416) among them. Without If-Match: 428 (RFC 6585).
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 412, 416, 429]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 416, 428, 429]
[checks.missing_required_header]
expected-statuses = [400, 401, 403, 428]
"""
RULED = "^/v1/(dossiers|passages|provisions|reports|statistics)"
RULE = f"""
[[operations]]
include-path-regex = "{RULED}"
checks.positive_data_acceptance.expected-statuses = ["2xx", "3xx", 400, 401, 403, 404, 409, 412, 416, 429]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server over the base that is built, a small one without it, and a key that writes."""
    home = tmp_path_factory.mktemp("home")
    database = WorkplaceDatabase.open(home, None)
    now = datetime.now(UTC)
    account = Accounts(database).add(new_account("anne", "Anne", now), None)
    key = Keys(database).create(ApiKey(new_prefix(), "essai", Scope.WRITE, account.id, now))
    database.close()
    try:
        service = open_service(Settings())
    except ArtefactError:
        service = small_service(home)
    with served(create_app(Settings(home=home), lambda _: service)) as address:
        yield address, key


def test_nothing_that_the_document_allows_or_refuses_surprises_the_server(
    server: tuple[str, str], tmp_path: Path
) -> None:
    address, key = server
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG + RULE, encoding="utf-8")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
    command += [
        f"{address}/openapi.json",
        "-H",
        f"Authorization: Bearer {key}",
        "--phases",
        "examples,coverage,fuzzing",
    ]
    command += [
        "-n",
        "5",
        "--max-time",
        str(MAX_SECONDS),
        "--seed",
        "1",
        "--no-shrink",
        "--continue-on-failure",
    ]
    command += ["--generation-database", "none", "--warnings", "off", "--no-color"]
    environment = {**os.environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(tmp_path)}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stdout + run.stderr
    tested = re.search(r"Selected: (\d+)/\1\n *Tested: \1\n", run.stdout)
    assert tested, run.stdout
