"""A small reader of histories, made apart from `corpus`: what an article said on a day, straight from `git`."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_MARK = re.compile(
    r"(?m)^(?:#{1,6} )?Article (?P<number>(?:LO|[LRDA])?\*?\d[\w*-]*(?: [A-Z]{1,3}\b)?)[ \t]*\n(?=\s*\n|\Z)"
)
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "œ": "oe", "Œ": "OE"}
    | dict.fromkeys("‐‑‒–—―−", "-")
)


def git(repository: Path, *arguments: str) -> str:
    """What the git command answers."""
    command = ["git", "-c", "safe.directory=*", "-c", "core.quotepath=off", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def bare(text: str) -> str:
    """A text without what typography and layout add."""
    plain = unicodedata.normalize("NFKC", re.sub(r"<[^>]+>|&nbsp;", " ", text)).translate(_SIGNS)
    return "".join(plain.split())


@dataclass(frozen=True)
class Commit:
    """A commit that wrote a file."""

    id: str
    day: date


def commits(repository: Path, path: str) -> list[Commit]:
    """The commits that wrote a code, oldest first, without the stock of all wordings that begins some codes."""
    lines = git(repository, "log", "--reverse", "--format=%H|%ad|%s", "--date=short", "--", path).splitlines()
    parts = [line.split("|", 2) for line in lines]
    return [Commit(sha, date.fromisoformat(day)) for sha, day, title in parts if "[bootstrap]" not in title]


def articles(text: str) -> dict[str, list[str]]:
    """The texts that a consolidation has under each number, headings that follow an article included."""
    marks = list(_MARK.finditer(text))
    found: dict[str, list[str]] = {}
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(text)], strict=True):
        found.setdefault(mark["number"], []).append(bare(text[mark.end() : end]))
    return found


def on_day(known: list[Commit], day: date) -> Commit | None:
    """The last commit up to a day, of a list in the order of days."""
    place = bisect_right(known, day, key=lambda commit: commit.day)
    return known[place - 1] if place else None
