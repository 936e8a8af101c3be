"""A JSON file of the Judilibre API: one decision in full, a page of results, or an export of many."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from corpus.readers.judilibre.decision import DecisionReading, read_decision
from corpus.readers.strict_json import entry, items, read_json, refused

# An export of the API has at most 1,000 decisions; the longest decision read has 60,000 characters.
MAX_BYTES = 100_000_000
_LISTS = ("results", "resolved", "unresolved")


def read_decisions(data: bytes, path: str) -> tuple[DecisionReading, ...]:
    """The decisions of a file, in its order; those that have neither text, summary nor themes have no passage.

    The answers of `/decision`, `/search` and `/export` are read alike, their values in full or by their keys. Of a
    file that gives the same results in both forms (`resolved`, `unresolved`), the first is read.

    Raises UnreadableSource.
    """
    found = read_json(data, path, MAX_BYTES)
    digest = sha256(data).hexdigest()
    return tuple(read_decision(entry(each, path), digest, path) for each in _decisions(found, path))


def _decisions(found: Any, path: str) -> list[Any]:
    if isinstance(found, list):
        return found
    answer = entry(found, path)
    for name in _LISTS:
        if name in answer:
            return items(answer, name, path)
    if "decision_date" not in answer:
        raise refused(path, "ce n'est ni une décision ni une liste de décisions de Judilibre")
    return [answer]
