"""Fixtures shared by the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.postgresql import postgres as postgres


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of official texts, or a skip that says why."""
    folder = Path(os.environ.get("RENVOI_SOURCES", "sources"))
    if not (folder / "codes").is_dir():
        pytest.skip(f"no official texts in {folder} (set RENVOI_SOURCES to a folder that has them)")
    return folder
