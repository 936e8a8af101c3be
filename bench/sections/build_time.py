"""Section « build »: `renvoi build` from nothing, with nothing changed, with one article changed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

from bench.tools.report import Cell, Section, Table
from bench.tools.server import RENVOI, environment
from bench.tools.subject import Subject
from index.artefacts.build import ARTICLES, OTHERS
from index.artefacts.collection import TABLE
from index.artefacts.passage_table import PassageTable
from kb.codes import code_by_slug
from kb.errors import BuildFailed, UnreadableSource
from service import releases
from service.settings import Settings

NAME = "build"
_EDITED_CODE = "code-penal"
_ARTICLE = re.compile(r"^#+ Article .+\n\n(?=\S)", re.MULTILINE)
_ADDED = "Phrase ajoutée pour la mesure.\n\n"
# `ru_maxrss` counts kibibytes on Linux and bytes on macOS.
_MAXRSS_PER_MEBIBYTE = 1024 * (1024 if sys.platform == "darwin" else 1)

# A child's peak starts at the memory of the process that forks it: a small process of its own starts the build, so
# that the peak is the build's and not the benchmark's.
_METER = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, wall, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One build: wall seconds, processor seconds, peak of resident memory in mebibytes, passages embedded."""

    wall: float
    processor: float
    peak: float
    embedded: int


def measure(subject: Subject) -> Section:
    """Each of the three builds as often as asked, in data folders of their own."""
    rounds = [_round(subject.settings) for _ in range(subject.repeats)]
    names = ("à partir de rien", "rien n'a changé", f"un article changé ({_EDITED_CODE})")
    rows = tuple(_row(name, [r[i] for r in rounds]) for i, name in enumerate(names))
    columns = (
        "construction",
        "secondes",
        "secondes de processeur",
        "pic de mémoire (Mio)",
        "passages vectorisés",
    )
    note = f"Médianes de {subject.repeats} passages de `renvoi build`, démarrage de Python compris."
    data = "Toutes les sources du dossier RENVOI_SOURCES et les fiches du dépôt, base SQLite."
    return Section(NAME, "Construction", data, (Table("Durée et mémoire", columns, rows, note),))


def _row(name: str, runs: list[Run]) -> tuple[Cell, ...]:
    def middle(of: Callable[[Run], float]) -> float:
        return float(median(of(run) for run in runs))

    figures = (middle(lambda r: r.wall), middle(lambda r: r.processor), middle(lambda r: r.peak))
    return (name, *figures, int(middle(lambda r: r.embedded)))


def _round(settings: Settings) -> tuple[Run, Run, Run]:
    with TemporaryDirectory(prefix="renvoi-bench-") as name:
        folder = Path(name)
        whole = settings.model_copy(
            update={"home": folder / "data", "sources": settings.sources.resolve(), "database_url": None}
        )
        edited = whole.model_copy(update={"sources": folder / "sources"})
        edit_one_article(whole.sources, edited.sources)
        return timed_build(whole), timed_build(whole), timed_build(edited)


def edit_one_article(sources: Path, copy: Path) -> None:
    """A copy of every source, where one code has one sentence more in its first article."""
    code = code_by_slug(_EDITED_CODE)
    paths = sorted(p for p in sources.rglob("*") if p.is_file())
    newest = max((p for p in paths if code and p.stem == code.legitext), default=None)
    if newest is None:
        raise UnreadableSource(f"{_EDITED_CODE} n'est pas dans {sources}.", hint="Indiquez RENVOI_SOURCES.")
    for path in paths:
        target = copy / path.relative_to(sources)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path != newest:
            shutil.copyfile(path, target)  # a link out of the folder would not be read
            continue
        text = path.read_text(encoding="utf-8")
        target.write_text(_ARTICLE.sub(lambda m: m[0] + _ADDED, text, count=1), encoding="utf-8")


def timed_build(settings: Settings) -> Run:
    """Run `renvoi build` as a child of its own. Raises BuildFailed."""
    before = _keys(settings.home)
    metered = [sys.executable, "-c", _METER, *RENVOI, "build"]
    done = subprocess.run(metered, env=environment(settings), stdout=subprocess.PIPE, text=True, check=False)
    code, wall, processor, peak = json.loads(done.stdout)
    if code:
        raise BuildFailed(f"renvoi build s'est arrêté (code {code}).")
    embedded = len(np.setdiff1d(_keys(settings.home), before))
    return Run(wall, processor, peak / _MAXRSS_PER_MEBIBYTE, embedded)


def _keys(home: Path) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Keys of all passages of the index in service: a passage keeps its vector under its key."""
    generation = releases.find_current(home)
    if generation is None:
        return np.empty(0, dtype=np.int64)
    tables = (PassageTable.load(generation.index / part / TABLE) for part in (ARTICLES, OTHERS))
    return np.concatenate([table.key for table in tables])
