"""Questions that nothing in the codes covers: our own, in `uncovered.jsonl`.

One JSON object a line, with its kind (`foreign` law, `absent-law`: French law of codes that the sources lack,
`not-law`, `near`: the words of the field but no rule asked, `other-code`: covered, but by no code of the field) and
its scope: `any` code, or the `two` of the field.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

# One in so many fits when to refuse; the others train the model of scopes, so that it judges none that it has learnt.
_SET_ASIDE = 3


class UncoveredQuestion(NamedTuple):
    """`scope` is `any`, or `two` when a code outside of the field covers it."""

    text: str
    kind: str
    scope: str

    @property
    def aside(self) -> bool:
        """Whether it is kept from the training of the model of scopes."""
        return crc32(self.text.encode()) % _SET_ASIDE == 0


def uncovered_questions() -> tuple[UncoveredQuestion, ...]:
    """All of them, in the order of the file."""
    lines = files("index.training").joinpath("uncovered.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return tuple(UncoveredQuestion(row["q"], row["kind"], row["scope"]) for row in rows)
