"""Questions that people ask, each with the provisions that answer it: our own, in `index/data/questions/*.jsonl`.

One JSON object a line:
    {"q": "…", "style": "lay", "relevant": {"code-penal/225-4-1": 2, "code-penal/225-4-2": 1}}

The grades are those of the development questions: 2 answers, 1 helps. A question near one of these is brought to its
provisions, and the embedding model learns from all of them (`index/training`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from kb.ids import ProvisionId


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """`relevant` grades the provisions that answer `text`; `style` is expert, lay, sms or english."""

    text: str
    style: str
    relevant: Mapping[ProvisionId, int]


@cache
def known_questions() -> tuple[KnownQuestion, ...]:
    """All of them, in the order of the files' names and lines."""
    return tuple(_read(line) for file in _files() for line in file.read_text(encoding="utf-8").splitlines())


@cache
def version() -> str:
    """Changes when the questions do: an index made with others must be made anew."""
    return sha256(b"".join(file.read_bytes() for file in _files())).hexdigest()[:12]


def _files() -> list[Traversable]:
    folder = files("index").joinpath("data", "questions")
    return sorted((f for f in folder.iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)


def _read(line: str) -> KnownQuestion:
    row = json.loads(line)
    grades = {ProvisionId(name): grade for name, grade in row["relevant"].items()}
    return KnownQuestion(row["q"], row["style"], MappingProxyType(grades))
