"""Small histories made by git for the tests, in the two layouts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

PENAL = "LEGITEXT000006070719"


def git(folder: Path, *arguments: str, day: str = "2020-01-01T00:00:00+0100") -> str:
    """Run git in a folder, away from the settings of whoever runs the tests."""
    names = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Essai"), ("EMAIL", "essai@example.org"), ("DATE", day))
    }
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **names}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, check=True, env=environment
    )
    return done.stdout.decode().strip()


def new_repository(path: Path) -> Path:
    """An empty repository with a working tree."""
    path.mkdir(parents=True)
    git(path, "init", "-q", "-b", "main")
    return path


def commit(
    repository: Path, day: str, files: Mapping[str, str | None], message: str = "[reform] Code"
) -> str:
    """Write files (None takes one away) and commit them on a day; the commit's name."""
    for name, text in files.items():
        place = repository / name
        if text is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    git(repository, "add", "-A")
    moment = day if "T" in day or day.startswith("@") else f"{day}T08:00:00+0100"
    git(repository, "commit", "-q", "--allow-empty", "-m", message, day=moment)
    return git(repository, "rev-parse", "HEAD")


def plain_code(articles: Mapping[str, str], day: str, title: str = "Code pénal", text_id: str = PENAL) -> str:
    """A code in the layout without marks."""
    body = "".join(f"Article {number}\n\n{text}\n\n" for number, text in articles.items())
    return f"{_front(day, title, text_id)}Partie législative\n\nLivre Ier : Dispositions générales\n\n{body}"


def hashed_code(articles: Mapping[str, str], day: str, stray: Mapping[str, str] | None = None) -> str:
    """A code in the layout with marks, `stray` articles before its plan."""
    before = "".join(f"##### Article {number}\n\n{text}\n\n" for number, text in (stray or {}).items())
    body = "".join(f"##### Article {number}\n\n{text}\n\n" for number, text in articles.items())
    return f"{_front(day, 'Code pénal', PENAL)}{before}## Partie législative\n\n### Livre Ier : Dispositions\n\n{body}"


def article_file(number: str, text: str) -> str:
    """A file of a history of one file an article."""
    return f"Article {number}\n----\n{text}\n"


def _front(day: str, title: str, text_id: str) -> str:
    return f'---\ntitle: "{title}"\nidentifier: "{text_id}"\nlast_updated: "{day}"\nsource: "x"\n---\n# {title}\n\n'
