"""The rules of the architecture that a machine can check: who imports whom, where each heavy library lives, sizes.

Read from the syntax trees: nothing is imported, so a module that does not load yet is checked all the same.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kb", "corpus", "index", "workplace", "service", "api", "bench")

SEEN_BY = {
    "kb": {"kb"},
    "corpus": {"corpus", "kb"},
    "index": {"index", "kb"},
    "workplace": {"workplace", "kb"},
    "service": {"service", "corpus", "index", "workplace", "kb"},
    "api": {"api", "service", "workplace", "kb"},
    "bench": set(PACKAGES),
}
# What the use cases never see, so that they are called without a request; the settings are read by pydantic.
NOT_IN_SERVICE = ("pydantic", "fastapi", "starlette", "typer", "rich", "jinja2")
READS_SETTINGS = "service/settings.py"
# The modules of api that are in none of its packages.
MAX_FLAT_IN_API = 12

HOMES = {
    "argon2": ("workplace/passwords.py",),
    "authlib": ("api/http/openid.py",),
    "docx": ("corpus/readers/documents/docx_text.py", "workplace/exports/docx_document.py"),
    "httpx2": ("corpus/sync/transport.py", "api/http/openid.py"),
    "tenacity": ("corpus/sync/transport.py",),
    "lxml": ("corpus/readers/legi/xml_article.py", "corpus/readers/documents/docx_text.py"),
    "pypdfium2": ("corpus/readers/documents/pdf_pages.py",),
    "faiss": ("index/engines/faiss_vectors.py",),
    "feedgen": ("api/presenters/feeds.py",),
    "itsdangerous": ("api/http/signing.py",),
    "limits": ("api/http/rate_limits.py",),
    "tantivy": ("index/engines/tantivy_words.py",),
    "sentence_transformers": ("index/embedding/sentence_transformer.py", "index/training/"),
    "sqlalchemy": ("kb/store/", "workplace/store/"),
    "sqlmodel": ("kb/store/", "workplace/store/"),
    "torch": ("index/training/",),
    "odf": ("workplace/exports/odt_document.py",),
}
MAX_FUNCTION_LINES = 40
MAX_FILE_LINES = 300
MAX_PARAMETERS = 5
# Routes and commands declare one parameter for each that their caller may give: theirs are not counted.
COUNTED_PARAMETERS = ("kb", "corpus", "index", "workplace", "service")
# Participles that say of a thing only that something was done to it: the noun of the thing is its name.
PARTICIPLES = frozenset(
    ("found", "asked", "kept", "shown", "said", "given", "seen", "told", "spoken", "named")
)
NAMED_BY_NOUNS = ("api", "service", "workplace")
# Fields of JSON are named by the contract of the API, and of files that users have; they are no variables.
NOT_YET_NAMED = ("service/article_claims.py", "service/check.py", "service/citation_check.py")

# Of a Unix machine; neither the path of a web address nor an example on a Windows drive.
_MACHINE_PATH = re.compile(r"(?<![\w.$}>])(?<![A-Z]:)/(?:" + "home|root|Users|work|opt" + r")/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of ours: its path from the root, its dotted name, its tree."""

    path: str
    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)

    @property
    def package(self) -> str:
        """Its top-level package."""
        return self.name.split(".")[0]

    def imports(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of all that it imports, wherever in the file; of `from a import b`, a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{self._base(node)}.{alias.name}") for alias in node.names)

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return str(node.module)
        here = self.name.split(".") if self.path.endswith("__init__.py") else self.name.split(".")[:-1]
        parents = here[: len(here) - node.level + 1]
        return ".".join([*parents, node.module] if node.module else parents)


def _modules() -> list[Module]:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return [Module(str(p.relative_to(ROOT)), _dotted(p), p.read_text(encoding="utf-8")) for p in paths]


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = _modules()
OURS = {module.name for module in MODULES}


def _module_of(dotted: str) -> str:
    """The module of ours that an import reaches: `kb.ids.slug` is `kb.ids`."""
    while dotted not in OURS and "." in dotted:
        dotted = dotted.rpartition(".")[0]
    return dotted


def _our_imports(module: Module) -> list[tuple[int, str]]:
    """(line, module of ours) of its imports, each once."""
    ours = {(line, _module_of(name)) for line, name in module.imports() if name.split(".")[0] in PACKAGES}
    return sorted(ours)


def _is_empty(offenders: list[str]) -> None:
    assert not offenders, "\n" + "\n".join(offenders)


def test_there_is_code_to_check() -> None:
    assert {module.package for module in MODULES} == set(PACKAGES)


def test_packages_only_import_downwards() -> None:
    _is_empty(
        [
            f"{module.path}:{line} imports {name}"
            for module in MODULES
            for line, name in _our_imports(module)
            if name.split(".")[0] not in SEEN_BY[module.package]
        ]
    )


def test_use_cases_know_no_framework() -> None:
    _is_empty(
        [
            f"{module.path}:{line} imports {name}"
            for module in MODULES
            if module.package == "service" and module.path != READS_SETTINGS
            for line, name in module.imports()
            if name.split(".")[0] in NOT_IN_SERVICE
        ]
    )


def test_few_modules_of_the_api_are_in_none_of_its_packages() -> None:
    flat = [module.path for module in MODULES if re.fullmatch(r"api/(?!__init__)\w+\.py", module.path)]
    assert len(flat) <= MAX_FLAT_IN_API, "\n".join(flat)


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library: str) -> None:
    homes = HOMES[library]
    users = [m for m in MODULES if any(name.split(".")[0] == library for _, name in m.imports())]
    assert users, f"nothing imports {library} any more: remove it from HOMES"
    _is_empty([f"{m.path} imports {library}" for m in users if not m.path.startswith(homes)])


def test_no_module_imports_itself_through_others() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        graph[module.name] |= {name for _, name in _our_imports(module)} - {module.name}
    _assert_no_cycle(graph)


def test_no_package_imports_itself_through_others() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        graph[module.package] |= {name.split(".")[0] for _, name in _our_imports(module)} - {module.package}
    _assert_no_cycle(graph)


def _assert_no_cycle(graph: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])), pytrace=False)


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_module_of_the_service_or_the_api_keeps_a_cache_of_a_live_object() -> None:
    """What is computed once of an open base belongs to it (`kb.memo`); a cache of plain strings is no such thing."""
    plain = {"str", "int", "date"}
    _is_empty(
        [
            f"{module.path}:{node.lineno} {node.name}"
            for module in MODULES
            if module.package in ("service", "api", "workplace")
            for node in _functions(module)
            if any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
            if {ast.unparse(a.annotation) for a in node.args.args if a.annotation} - plain
        ]
    )


def test_functions_are_short() -> None:
    _is_empty(
        [
            f"{module.path}:{node.lineno} {node.name} has {length} lines (at most {MAX_FUNCTION_LINES})"
            for module in MODULES
            for node in _functions(module)
            if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION_LINES
        ]
    )


def test_files_are_short() -> None:
    _is_empty(
        [
            f"{module.path} has {length} lines (at most {MAX_FILE_LINES})"
            for module in MODULES
            if (length := len(module.text.splitlines())) > MAX_FILE_LINES
        ]
    )


def test_functions_take_few_parameters() -> None:
    _is_empty(
        [
            f"{module.path}:{node.lineno} {node.name} takes {count} parameters (at most {MAX_PARAMETERS})"
            for module in MODULES
            if module.package in COUNTED_PARAMETERS
            for node in _functions(module)
            if (count := _parameters(node.args)) > MAX_PARAMETERS
        ]
    )


def _parameters(arguments: ast.arguments) -> int:
    named = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in named if name not in ("self", "cls")])


def _local_names(module: Module) -> Iterator[tuple[int, str]]:
    """(line, name) of the variables and the parameters of its functions."""
    for function in _functions(module):
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.lineno, node.id
            elif isinstance(node, ast.arg):
                yield node.lineno, node.arg


def test_variables_and_parameters_are_named_by_nouns() -> None:
    _is_empty(
        [
            f"{module.path}:{line} {name}: say what it is"
            for module in MODULES
            if module.package in NAMED_BY_NOUNS and module.path not in NOT_YET_NAMED
            for line, name in _local_names(module)
            if name in PARTICIPLES
        ]
    )


def test_a_participle_is_recognised_as_a_variable_and_as_a_parameter() -> None:
    text = "def f(asked):\n    found = asked\n    return [kept for kept in found]\n"
    names = {name for _, name in _local_names(Module("api/f.py", "api.f", text))}
    assert names & PARTICIPLES == {"asked", "found", "kept"}


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    _is_empty(
        [
            f"{path}:{number} {found.group()}"
            for path, text in _tracked_texts()
            for number, line in enumerate(text.splitlines(), 1)
            if (found := _MACHINE_PATH.search(line))
        ]
    )


def test_a_path_of_one_machine_is_recognised() -> None:
    assert _MACHINE_PATH.search("see " + "/home" + "/someone/project")
    assert not _MACHINE_PATH.search("https://example.org" + "/home" + "/page")
    assert not _MACHINE_PATH.search("file:///C:" + "/Users" + "/name/plan.pdf")


def _tracked_texts() -> Iterator[tuple[str, str]]:
    """(path, text) of every tracked file that is text."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: which files are tracked is not known")
    for path in filter(None, listed.split("\0")):
        content = (ROOT / path).read_bytes() if (ROOT / path).is_file() else b""
        if b"\0" not in content:
            yield path, content.decode("utf-8")
