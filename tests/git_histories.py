"""The public histories of the codes as git keeps them, read apart from the product: what a text held on a day."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from corpus.versions.concurrent import wording_key

Wordings = dict[str, frozenset[str]]
"""By number, the wordings that one consolidation holds, without spaces; nearly always one."""

_ARTICLE = re.compile(r"^(?:#+ +)?Article +((?:[LRDA]\*{0,2}\.? ?)?\d[\w\-. *]{0,30})\s*$", re.M)
_NEXT = re.compile(
    r"^(?:#{1,6} |(?:Article|Section|Chapitre|Titre|Livre|Sous-section|Paragraphe|Partie) )", re.M
)
_HEAD = re.compile(r"^Article .*\n-+\n")


def consolidations(
    repository: Path, text_id: str, numbers: Collection[str] | None = None
) -> list[tuple[date, Wordings]]:
    """(day, wordings by number) of each consolidation of a code, of these numbers or of all, in the commits' order."""
    path = f"fr/{text_id}.md"
    log = _git(repository, "log", "--reverse", "--format=%H %ad", "--date=short", "--", path)
    commits = [line.split() for line in log.decode().splitlines()]
    texts = _blobs(repository, [f"{commit}:{path}" for commit, _ in commits])
    return [
        (date.fromisoformat(day), articles(text, numbers))
        for (_, day), text in zip(commits, texts, strict=True)
        if text
    ]


def reforms_of_articles(repository: Path) -> list[tuple[date, str, str]]:
    """(day, number, wording) of each change in a history that keeps one file an article."""
    log = _git(repository, "log", "--reverse", "--format=@%H %ad", "--date=short", "--name-only").decode()
    commit, day, places = "", "", []
    for line in log.splitlines():
        if line.startswith("@"):
            commit, day = line[1:].split()
        elif found := re.search(r"Article (.+)\.md\"?$", line):
            places.append((date.fromisoformat(day), number_of(found[1]), f"{commit}:{_unquoted(line)}"))
    texts = _blobs(repository, [place for *_, place in places])
    return [
        (day, number, wording_key(_HEAD.sub("", text)))
        for (day, number, _), text in zip(places, texts, strict=True)
        if text
    ]


def articles(text: str, numbers: Collection[str] | None = None) -> Wordings:
    """The wordings of a consolidation, by number, of these numbers or of all."""
    starts = [match.start() for match in _NEXT.finditer(text)]
    found: dict[str, set[str]] = {}
    rank = 0
    for match in _ARTICLE.finditer(text):
        number = number_of(match[1])
        if numbers is not None and number not in numbers:
            continue
        while rank < len(starts) and starts[rank] <= match.start():
            rank += 1
        end = starts[rank] if rank < len(starts) else len(text)
        found.setdefault(number, set()).add(wording_key(text[match.end() : end]))
    return {number: frozenset(wordings) for number, wordings in found.items()}


def number_of(written: str) -> str:
    """`L. 425-1` as `L425-1`, `224-1 A` as `224-1-A`."""
    return re.sub(r"[ .*]+", "-", re.sub(r"^([LRDA])\*{0,2}\.? ?", r"\1", written.strip(" .*")))


def _unquoted(path: str) -> str:
    """A path as git writes it, quoted when it has letters out of ASCII."""
    if not path.startswith('"'):
        return path
    return path[1:-1].encode().decode("unicode_escape").encode("latin-1").decode()


def _blobs(repository: Path, names: Iterable[str]) -> Iterator[str]:
    """The text of each object, empty for one that is not there."""
    with subprocess.Popen(
        ["git", "-C", str(repository), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        for name in names:
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            head = process.stdout.readline().split()
            size = 0 if head[-1] == b"missing" else int(head[-1])
            yield process.stdout.read(size + 1)[:size].decode() if size else ""
        process.stdin.close()


def _git(repository: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, check=True).stdout
