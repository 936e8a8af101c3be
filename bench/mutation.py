"""`python -m bench.mutation`: small faults put into the code one by one, and the share of them that the tests notice.

A seeded sample of the mutations that cosmic-ray knows (another operator, another number, a condition negated…) is put
into a copy of the tree, never into the tree itself; the tests of the mutated package then run until the first failure.
What survives is shown: each is a rule that no test holds.
"""

from __future__ import annotations

import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from queue import SimpleQueue

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.work_item import MutationSpec
from rich.markup import escape
from rich.progress import track

from bench.tools.arguments import count, french_parser
from bench.tools.terminal import terminal

ROOT = Path(__file__).parent.parent
LEAST = 0.8
"""Share of the mutations that must be noticed, as `make mutate` asks."""
TIMEOUT_S = 240.0
QUICK = "not slow and not browser and not postgres"
"""The tests that run for each mutation: they notice the same faults as the others, in seconds."""
# Annotations are never evaluated: `str | None` made `str & None` changes nothing that a test could see.
_WITHOUT_EFFECT = ("*BitOr*", "*AddNot_*__annotation")


@dataclass(frozen=True, slots=True)
class Target:
    """Modules that are mutated, as patterns of paths, and the test files that must notice."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


TARGETS = {
    "citations": Target(("kb/citations/*.py",), ("tests/test_kb_citations*.py",)),
    "resolution": Target(
        ("kb/resolution/*.py",), ("tests/test_kb_resolve*.py", "tests/test_kb_concordance*.py")
    ),
    "validity": Target(
        ("kb/validity.py", "kb/reforms.py"), ("tests/test_kb_validity*.py", "tests/test_kb_reforms*.py")
    ),
    "checking": Target(
        ("kb/checking/*.py",),
        ("tests/test_kb_*quotation*.py", "tests/test_kb_suspicion*.py", "tests/test_kb_checking*.py"),
    ),
    "retrieval": Target(("index/retrieval/*.py",), ("tests/test_index_*.py",)),
    "readers": Target(
        ("corpus/readers/*.py", "corpus/readers/questionnaire/*.py"), ("tests/test_corpus_*.py",)
    ),
    "dossiers": Target(("workplace/dossiers/*.py",), ("tests/test_workplace_*.py",)),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation: `noticed` by a test, or not, with the line that changed."""

    mutation: MutationSpec
    noticed: bool
    change: str


def mutations(files: Iterable[Path]) -> list[MutationSpec]:
    """List every mutation of these files, in the order of their lines; those without any effect are left out."""
    names = [name for name in operator_names() if not any(fnmatch(name, p) for p in _WITHOUT_EFFECT)]
    specifications = []
    for file in files:
        nodes = list(ast_nodes(get_ast_from_path(file)))
        for name in names:
            operator_class = get_operator(name)
            if operator_class.arguments():
                continue
            operator = operator_class()
            positions = [place for node in nodes for place in operator.mutation_positions(node)]
            specifications += [
                MutationSpec(
                    module_path=str(file), operator_name=name, occurrence=rank, start_pos=start, end_pos=end
                )
                for rank, (start, end) in enumerate(positions)
            ]
    return sorted(specifications, key=lambda m: (str(m.module_path), m.start_pos, m.operator_name))


def draw(specifications: Sequence[MutationSpec], size: int, seed: int) -> list[MutationSpec]:
    """Draw at most one mutation a line, the same for a seed."""
    lines = {(str(m.module_path), m.start_pos[0]): [] for m in specifications}  # type: dict[tuple[str, int], list[MutationSpec]]
    for mutation in specifications:
        lines[str(mutation.module_path), mutation.start_pos[0]].append(mutation)
    chance = random.Random(seed)
    places = chance.sample(sorted(lines), min(size, len(lines)))
    return [chance.choice(lines[place]) for place in places]


def run_mutation(tree: Path, mutation: MutationSpec, tests: Sequence[str]) -> Outcome:
    """Put one mutation into a copy of the tree, run the tests there, and take it out again."""
    from cosmic_ray.mutating import use_mutation

    operator = get_operator(mutation.operator_name)()
    path = tree / mutation.module_path
    with use_mutation(path, operator, mutation.occurrence) as (before, after):
        change = _changed_line(before, after or before)
        return Outcome(mutation, after is not None and not _pass(tree, tests), change)


def _changed_line(before: str, after: str) -> str:
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    old, new = next(((a, b) for a, b in pairs if a != b), ("", ""))
    return f"{old.strip()}  →  {new.strip()}"


def _pass(tree: Path, tests: Sequence[str]) -> bool:
    """Whether the tests pass. One that goes on for too long has noticed: the mutation made a loop."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", QUICK, *tests]
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


def copy_tree(folder: Path) -> Path:
    """Copy what git tracks, for mutations to be put into."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target)
    return folder


def measure(target: Target, size: int, seed: int, workers: int) -> list[Outcome]:
    """Run a sample of the mutations of a target, some at once, each worker in a copy of its own.

    Raises SystemExit when the tests do not pass without any mutation: nothing could then be told.
    """
    files = sorted(path for pattern in target.modules for path in ROOT.glob(pattern))
    tests = sorted(str(p.relative_to(ROOT)) for pattern in target.tests for p in ROOT.glob(pattern))
    sample = draw(mutations([file.relative_to(ROOT) for file in files]), size, seed)
    with tempfile.TemporaryDirectory() as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            trees.put(copy_tree(Path(folder) / str(number)))
        first = trees.get()
        if not _pass(first, tests):
            raise SystemExit(f"Sans mutation, ces tests échouent déjà : {shlex.join(tests)}")
        trees.put(first)

        def run(mutation: MutationSpec) -> Outcome:
            tree = trees.get()
            try:
                return run_mutation(tree, mutation, tests)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(workers) as pool:
            return list(
                track(pool.map(run, sample), description="Mutations", total=len(sample), transient=True)
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the targets asked for, show what survives, and fail when too much does."""
    parser = french_parser(
        "python -m bench.mutation",
        "Met de petites fautes dans une copie du code et dit combien les tests en voient.",
    )
    parser.add_argument(
        "targets",
        nargs="*",
        choices=list(TARGETS),
        default=list(TARGETS),
        metavar="PARTIE",
        help=f"Ce qui est muté, tout par défaut : {', '.join(TARGETS)}.",
    )
    parser.add_argument(
        "--size", type=count, default=20, metavar="N", help="Fautes par partie (défaut : 20)."
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="Graine du tirage (défaut : 1).")
    parser.add_argument(
        "--workers", type=count, default=2, metavar="N", help="Fautes à la fois (défaut : 2)."
    )
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    out, weak = terminal(), []
    for name in options.targets:
        outcomes = measure(TARGETS[name], options.size, options.seed, options.workers)
        share = sum(o.noticed for o in outcomes) / len(outcomes)
        out.print(f"[bold]{name}[/] : {len(outcomes)} fautes, {share:.0%} vues")
        for outcome in outcomes:
            if not outcome.noticed:
                place = f"{outcome.mutation.module_path}:{outcome.mutation.start_pos[0]}"
                out.print(f"  non vue, {escape(place)} : {escape(outcome.change)}")
        weak += [name] if share < LEAST else []
    if weak:
        parser.exit(1, f"Moins de {LEAST:.0%} des fautes sont vues : {', '.join(weak)}.\n")


if __name__ == "__main__":
    main()
