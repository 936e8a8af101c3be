"""The name of a base is made of the code that decides its content: nobody has to remember a number."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from kb.code_key import INDEXED, LINKED, READ, ROOT, code_key
from kb.progress import silent
from service import build as building
from service.build import build
from service.settings import Settings
from tests.source_folder import write_sources


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for path in {*READ, *LINKED, *INDEXED}:
        source, target = ROOT / path, tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("starter", "model", "__pycache__")
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
        else:
            shutil.copy(source, target)
    return tmp_path


@pytest.mark.parametrize(
    ("stage", "file"),
    [
        (LINKED, "kb/resolution/resolve.py"),
        (LINKED, "kb/concordance.toml"),
        (LINKED, "kb/validity.py"),
        (READ, "kb/citations/lexicon.py"),
        (READ, "corpus/readers/code_body.py"),
        (READ, "kb/reforms.toml"),
        (INDEXED, "index/artefacts/build.py"),
        (INDEXED, "index/data/tokens.toml"),
    ],
)
def test_a_changed_rule_changes_the_key_of_its_stage(stage: tuple[str, ...], file: str, tree: Path) -> None:
    code_key.cache_clear()
    before = code_key(*stage, root=tree)
    path = tree / file
    path.write_bytes(path.read_bytes() + b"\n# x\n")
    code_key.cache_clear()
    assert code_key(*stage, root=tree) != before


def test_the_key_is_the_same_for_the_same_files_wherever_they_lie(tree: Path) -> None:
    assert code_key(*LINKED, root=tree) == code_key(*LINKED)


def test_every_path_of_a_stage_exists() -> None:
    assert not [path for path in (*READ, *LINKED, *INDEXED) if not (ROOT / path).exists()]


def test_what_resolving_imports_of_the_domain_is_hashed_in_some_stage() -> None:
    """A module that decides a link and is in no stage would change the links without a rebuild."""
    hashed = {*READ, *LINKED}
    missing = []
    for file in sorted((ROOT / "kb/resolution").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kb."):
                path = str(node.module).replace(".", "/")
                if not any(
                    f"{path}.py" == known or path.startswith(known.removesuffix(".py")) for known in hashed
                ):
                    missing.append(path)
    assert set(missing) <= {"kb/memo", "kb/wording/validity"}  # a cache, and words written when shown


def test_changed_rules_of_resolution_resolve_again_without_reading_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        home=tmp_path / "data", sources=write_sources(tmp_path / "sources"), database_url=None
    )
    first = build(settings, (), silent)
    real = code_key

    def changed(*paths: str) -> str:
        return "autre" if paths == LINKED else real(*paths)

    monkeypatch.setattr(building, "code_key", changed)
    monkeypatch.setattr("corpus.build.code_key", changed)
    again = build(settings, (), silent)
    assert again.generation != first.generation
    assert again.changed == ()
    assert again.counts is not None
    assert again.counts["link"] == (first.counts or {})["link"]
