"""Fixtures shared by the tests."""

from __future__ import annotations

import os
from inspect import signature
from pathlib import Path

import httpx2
import pytest
from hypothesis import settings

from tests.postgresql import postgres as postgres

# A busy machine is slow, and no test measures time: neither the 200 ms of hypothesis nor the 5 s of the client count.
settings.register_profile("renvoi", deadline=None)
settings.load_profile("renvoi")
signature(httpx2.Client).parameters["timeout"].default.read = 60.0


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of official texts, or a skip that says why."""
    folder = Path(os.environ.get("RENVOI_SOURCES", "sources"))
    if not (folder / "codes").is_dir():
        pytest.skip(f"no official texts in {folder} (set RENVOI_SOURCES to a folder that has them)")
    return folder
