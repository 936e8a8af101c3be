"""A tool put to questions in a process of its own, where the memory that it takes, libraries included, can be told."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from api.commands.console import bars
from bench.tools.articles import Article
from bench.tools.process import resident_mebibytes
from bench.tools.timing import Latency, each, latency, seconds_of, typical
from kb.errors import ArtefactError
from kb.ids import ProvisionId
from kb.progress import Progress


class Tool(Protocol):
    """Anything that ranks articles."""

    def rank(self, text: str, k: int) -> Sequence[ProvisionId]:
        """At most `k` articles, best first."""


Maker = Callable[[Sequence[Article], Path, Progress], Tool]
_ROOT = Path(__file__).parents[2]
_CHILD = "from bench.tools.isolated_process import answer; answer()"


@dataclass(frozen=True, slots=True)
class Task:
    """What a tool is given: articles, a folder for what is long to compute, questions, how often they are put."""

    articles: tuple[Article, ...]
    cache: Path
    texts: tuple[str, ...]
    depth: int
    repeats: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: seconds to be ready, time of a question, memory gained (None without /proc), answers by text."""

    articles: int
    ready: float
    latency: Latency
    mebibytes: float | None
    rankings: dict[str, tuple[ProvisionId, ...]]


def put(make: Maker, task: Task) -> Outcome:
    """Make the tool and ask it, elsewhere. Raises what it raises (ImportError when it is not installed), or
    ArtefactError when its process ended without a word."""
    with TemporaryDirectory() as folder:
        task_file, outcome_file = Path(folder) / "asked", Path(folder) / "given"
        task_file.write_bytes(pickle.dumps(task) + pickle.dumps(make))
        ended = subprocess.run([sys.executable, "-c", _CHILD, str(task_file), str(outcome_file)], cwd=_ROOT)
        if ended.returncode:
            raise ArtefactError(f"Un outil mesuré à part s'est arrêté (code {ended.returncode}).")
        outcome = pickle.loads(outcome_file.read_bytes())
    if isinstance(outcome, Exception):
        raise outcome
    assert isinstance(outcome, Outcome)
    return outcome


def answer() -> None:
    """The other process: the task is read before memory is first told, the tool and its libraries after."""
    task_file, outcome_file = (Path(argument) for argument in sys.argv[1:])
    with task_file.open("rb") as file:
        task: Task = pickle.load(file)
        before = resident_mebibytes()
        outcome: Outcome | Exception
        try:
            outcome = _measured(pickle.load(file), task, before)
        except Exception as error:
            outcome = error
    outcome_file.write_bytes(pickle.dumps(outcome))


def _measured(make: Maker, task: Task, before: float | None) -> Outcome:
    with bars() as progress:
        ready, tool = seconds_of(lambda: make(task.articles, task.cache, progress))
    rankings = {text: tuple(tool.rank(text, task.depth)) for text in task.texts}
    rounds = [
        latency(each(lambda text: tool.rank(text, task.depth), task.texts))
        for _ in range(task.repeats if task.texts else 0)
    ]
    after = resident_mebibytes()
    gained = None if before is None or after is None else after - before
    return Outcome(len(task.articles), ready, typical(rounds) if rounds else Latency(0, 0), gained, rankings)
