"""The essentials of Dockerfile, compose.yaml and .dockerignore: no engine runs here, so their text is checked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from glob import glob
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from service.settings import Settings

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("kb", "corpus", "index", "workplace", "service", "api")


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The instructions of the Dockerfile, (name, arguments), one list a stage; continuation lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    split: list[list[tuple[str, str]]] = []
    for line in lines:
        name, _, arguments = line.partition(" ")
        if name == "FROM":
            split.append([])
        split[-1].append((name, arguments.strip()))
    return split


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services of compose.yaml."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return dict(loaded["services"])


def _arguments(stage: list[tuple[str, str]], name: str) -> list[str]:
    return [arguments for instruction, arguments in stage if instruction == name]


def test_the_image_has_two_stages_and_the_second_installs_nothing(
    stages: list[list[tuple[str, str]]],
) -> None:
    assert len(stages) == 2
    assert not [
        run for run in _arguments(stages[1], "RUN") if re.search(r"\b(pip|apt|apt-get|curl|wget)\b", run)
    ]


def test_the_image_serves_as_an_ordinary_user(stages: list[list[tuple[str, str]]]) -> None:
    (user,) = _arguments(stages[1], "USER")
    assert user not in ("root", "0")
    assert any(re.search(rf"\buseradd\b[^&]* {user}\s", run) for run in _arguments(stages[1], "RUN"))
    names = [name for name, _ in stages[1]]
    assert max(i for i, name in enumerate(names) if name in ("RUN", "COPY")) < names.index("USER")


def test_the_image_checks_its_health_on_the_port_that_it_serves(stages: list[list[tuple[str, str]]]) -> None:
    (health,) = _arguments(stages[1], "HEALTHCHECK")
    (port,) = _arguments(stages[1], "EXPOSE")
    (command,) = _arguments(stages[1], "CMD")
    assert f"http://127.0.0.1:{port}/healthz" in health
    assert json.loads(command) == ["serve", "--host", "0.0.0.0", "--port", port]


def test_the_image_goes_without_network_at_run_time(stages: list[list[tuple[str, str]]]) -> None:
    assert "HF_HUB_OFFLINE=1" in " ".join(_arguments(stages[1], "ENV"))


def test_the_image_has_every_dependency_but_torch(stages: list[list[tuple[str, str]]]) -> None:
    (run,) = [run for run in _arguments(stages[0], "RUN") if "requirements.txt" in run]
    found = re.search(r"python -c '(?P<code>[^']+)' > requirements.txt", run)
    assert found
    listed = subprocess.run(
        [sys.executable, "-c", found["code"]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    left_out = set(PROJECT["project"]["dependencies"]) - set(listed)
    assert {re.split(r"[<>=\[]", name)[0] for name in left_out} == {"torch", "sentence-transformers"}


def test_serving_imports_neither_torch_nor_sentence_transformers() -> None:
    """What lets the image do without them."""
    code = "import sys, api.app, service.build, api.cli, index.embedding.static; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert not {"torch", "sentence_transformers", "transformers"} & set(ran.stdout.split())


def test_the_data_files_of_the_packages_are_installed_with_them() -> None:
    """The image holds the installed packages only: a file that package-data forgets would be missing there."""
    installed = {
        f"{package}/{path}"
        for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
        for path in glob(pattern, root_dir=ROOT / package, recursive=True)
    }
    assert set(_tracked_data_files()) <= installed


def _tracked_data_files() -> list[str]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: which files are tracked is not known")
    paths = [path for path in listed.split("\0") if path and not path.endswith(".py")]
    return [path for path in paths if not path.startswith("index/training/")]


def test_the_build_context_is_what_the_image_is_made_of() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    assert allowed == {
        *PACKAGES,
        "pyproject.toml",
        "requirements.lock",
        PROJECT["project"]["readme"],
        "LICENSE",
        "sources",
    }


def test_compose_settings_exist(services: dict[str, Any]) -> None:
    known = {f"RENVOI_{name.upper()}" for name in Settings.model_fields}
    assert set(services["renvoi"]["environment"]) <= known
    assert services["construction"]["environment"] == services["renvoi"]["environment"]


def test_compose_adds_postgresql_15_with_the_same_user_and_base(services: dict[str, Any]) -> None:
    postgres = services["postgres"]
    assert postgres["image"] == "postgres:15"
    url = services["renvoi"]["environment"]["RENVOI_DATABASE_URL"]
    user, database = postgres["environment"]["POSTGRES_USER"], postgres["environment"]["POSTGRES_DB"]
    assert url.startswith(f"postgresql+psycopg://{user}:${{POSTGRES_PASSWORD:?")
    assert url.endswith(f"@postgres:5432/{database}")


def test_compose_serves_once_the_base_is_built_and_builds_once_postgresql_is_ready(
    services: dict[str, Any],
) -> None:
    assert services["construction"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services["construction"]["command"] == ["build"]
    needed = services["renvoi"]["depends_on"]
    assert needed["construction"] == {"condition": "service_completed_successfully"}


def test_compose_checks_the_health_of_both_servers(services: dict[str, Any]) -> None:
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"]
    assert "/readyz" in services["renvoi"]["healthcheck"]["test"][-1]


def test_compose_keeps_the_data_in_declared_volumes() -> None:
    loaded = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    mounted = {v.split(":")[0] for s in loaded["services"].values() for v in s.get("volumes", [])}
    assert {volume for volume in mounted if not volume.startswith(".")} == set(loaded["volumes"])


def test_compose_publishes_renvoi_on_this_machine_only(services: dict[str, Any]) -> None:
    assert services["renvoi"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in services["postgres"]


def test_the_lock_names_every_dependency_at_a_version_that_the_project_admits() -> None:
    locked = dict(
        re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    )
    versions = {canonicalize_name(name): version for name, version in locked.items()}
    for line in PROJECT["project"]["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line
