"""The consolidations of a code that a git history of the sources folder keeps, for the tables that we make of them.

    <folder>/history/*.git with fr/<LEGITEXT…>.md, one commit a consolidation, its date the day from which it holds

These tables are made by hand of the histories, once, with the git command; the build reads them without it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.errors import MissingSources
from kb.ids import canonical_number

_ARTICLE = re.compile(r"^(?:#+ +)?Article +((?:[LRDA]\*{0,2}\.? ?)?\d[\w\-. *]{0,30})\s*$", re.MULTILINE)
_NEXT = re.compile(
    r"^(?:#{1,6} |(?:Article|Section|Chapitre|Titre|Livre|Sous-section|Paragraphe|Partie) )", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The file of a code as one commit has it; `texts` are those of each number, more than one where it is doubled."""

    day: date
    data: bytes

    def texts(self) -> dict[str, tuple[str, ...]]:
        """Texts by number, in the order of the file, blanks made one."""
        whole = self.data.decode("utf-8")
        ends = [match.start() for match in _NEXT.finditer(whole)]
        found: dict[str, list[str]] = {}
        rank = 0
        for match in _ARTICLE.finditer(whole):
            while rank < len(ends) and ends[rank] <= match.start():
                rank += 1
            body = whole[match.end() : ends[rank] if rank < len(ends) else None]
            found.setdefault(canonical_number(match[1]), []).append(" ".join(body.split()))
        return {number: tuple(texts) for number, texts in found.items()}


def consolidations(
    folder: Path, text_id: str, since: date = date.min, until: date = date.max
) -> Iterator[Consolidation]:
    """Those from `since` to `until`, in the order of their days. Raises MissingSources when no history has the code."""
    path = f"fr/{text_id}.md"
    for repository in sorted((folder / "history").glob("*.git")):
        log = _git(repository, "log", "--format=%H %ad", "--date=short", "--", path).decode().split("\n")
        commits = {date.fromisoformat(day): commit for commit, day in map(str.split, reversed(log[:-1]))}
        if commits:
            break
    else:
        raise MissingSources(f"{text_id} : aucune histoire de ce code dans {folder / 'history'}.")
    for day in sorted(commits):
        if since <= day <= until:
            yield Consolidation(day, _git(repository, "show", f"{commits[day]}:{path}"))


def around(folder: Path, text_id: str, day: date) -> tuple[Consolidation, Consolidation]:
    """The last consolidation before a day, and that of this day. Raises MissingSources when either is missing."""
    near = list(consolidations(folder, text_id, date(day.year - 1, day.month, day.day), day))
    if len(near) < 2 or near[-1].day != day:
        raise MissingSources(f"{text_id} : il faut une consolidation avant le {day} et celle de ce jour.")
    return near[-2], near[-1]


def _git(repository: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, check=True).stdout
