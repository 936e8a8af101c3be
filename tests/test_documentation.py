"""The documentation tells the truth: settings, commands, make targets, routes, links, glossary."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from kb import model
from service.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/guide-utilisateur.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs/glossaire.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])

_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_API_PATH = re.compile(r"(?<=[\s`E0])/(?:v1/[\w./{}-]+|healthz|readyz|metrics|openapi\.json)")


def _prefixed(setting: str) -> str:
    return f"{Settings.model_config['env_prefix']}{setting.upper()}"


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_a_row_of_the_readme(setting: str) -> None:
    assert f"\n| `{_prefixed(setting)}` |" in README


def test_every_setting_named_in_the_documentation_exists() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"RENVOI_[A-Z_]+", page.read_text(encoding="utf-8"))
    }
    assert named <= {_prefixed(setting) for setting in Settings.model_fields}


def _commands() -> dict[str, set[str]]:
    """The commands of `renvoi`, `users add` for one of a group, and the long options of each."""
    from api.cli import COMMANDS, load_command

    found: dict[str, set[str]] = {}
    for name, command in ((name, load_command(name)) for name in COMMANDS):
        within = getattr(command, "commands", None)
        for path, one in (
            {f"{name} {n}": c for n, c in within.items()}.items() if within else [(name, command)]
        ):
            found[path] = {opt for p in one.params for opt in p.opts if opt.startswith("--")}
    return found


@pytest.mark.parametrize("page", [README, GUIDE], ids=["README", "guide"])
def test_every_command_is_documented(page: str) -> None:
    missing = [name for name in _commands() if not re.search(rf"^renvoi {name}\b", page, re.MULTILINE)]
    assert not missing


def test_every_option_is_in_the_guide() -> None:
    missing = [
        f"{name} {o}" for name, options in _commands().items() for o in sorted(options) if o not in GUIDE
    ]
    assert not missing


def test_every_command_line_of_the_documentation_exists() -> None:
    commands = _commands()
    for line in re.findall(r"^renvoi .*", README + "\n" + GUIDE, re.MULTILINE):
        words = line.partition("#")[0].split()
        name = words[1] if words[1] in commands else " ".join(words[1:3])
        assert name in commands, line
        assert {w for w in words[2:] if w.startswith("--")} <= commands[name], line


def _targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_every_make_target_named_in_the_documentation_exists() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE))
    assert {"run", "test"} <= named <= _targets()


def test_every_make_target_is_in_the_readme_and_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in _targets():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target
        assert f"make {target}" in README, target


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    """The description of the API."""
    from api.app import create_app

    return create_app(Settings()).openapi()


def test_every_address_of_the_documentation_is_served(openapi: dict[str, Any]) -> None:
    served = [re.sub(r"\{\w+\}", ".+", path) for path in (*openapi["paths"], "/openapi.json")]
    named = {path.rstrip(".") for page in (README, GUIDE) for path in _API_PATH.findall(page)}
    assert named
    assert not [path for path in sorted(named) if not any(re.fullmatch(route, path) for route in served)]


@pytest.mark.parametrize("path", ["/v1/provisions", "/v1/passages", "/v1/cite"])
def test_every_search_parameter_is_in_the_guide(path: str, openapi: dict[str, Any]) -> None:
    names = [parameter["name"] for parameter in openapi["paths"][path]["get"]["parameters"]]
    assert names
    assert not [name for name in names if not re.search(rf"[`\"&]{name}=", GUIDE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = [found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    local = [
        target.partition("#")[0] for target in targets if "://" not in target and not target.startswith("#")
    ]
    assert not [target for target in local if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_keeps_the_marks_of_a_merge(page: Path) -> None:
    assert not re.search(r"^(<{7}|={7}$|>{7})", page.read_text(encoding="utf-8"), re.MULTILINE)


def _glossary() -> list[list[str]]:
    """The cells of every row of the glossary's tables, headers and rules left out."""
    rows = [line.strip().strip("|").split("|") for line in GLOSSARY.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for row in cells if row[0] != "dans le code" and set(row[0]) != {"-"}]


def test_every_term_of_the_glossary_is_explained() -> None:
    rows = _glossary()
    assert rows
    assert not [row for row in rows if not all(row)]


@pytest.mark.parametrize(
    "values",
    [v for v in vars(model).values() if isinstance(v, type) and issubclass(v, StrEnum) and v is not StrEnum],
    ids=lambda values: values.__name__,
)
def test_every_value_shown_to_a_user_is_in_the_glossary(values: type[StrEnum]) -> None:
    assert {str(value) for value in values} <= {row[0] for row in _glossary()}


def test_every_status_of_a_citation_is_in_the_guide() -> None:
    assert not [status for status in model.Status if f"| `{status}` |" not in GUIDE]


def test_the_index_of_decisions_names_each_once_by_its_number_and_title() -> None:
    pages = sorted((ROOT / "docs/adr").glob("0*.md"))
    titles = [page.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ") for page in pages]
    numbers = [int(page.name[:4]) for page in pages]
    assert len(set(numbers)) == len(numbers)
    assert all(title.startswith(f"{number}. ") for number, title in zip(numbers, titles, strict=True))
    index = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", index, re.MULTILINE)
    assert rows == [
        (str(number), title.partition(". ")[2], page.name)
        for number, title, page in zip(numbers, titles, pages, strict=True)
    ]
