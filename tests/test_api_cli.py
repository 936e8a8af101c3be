"""The command line: what each command prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import COMMANDS, app, load_command
from kb.progress import silent
from service.build import build
from service.check import MAX_TEXT
from service.settings import Settings
from tests.source_folder import write_penal, write_sources

ENGLISH = re.compile(r"\b(?:the|file|number of|question to|default port|show this)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built home with its sources beside it."""
    root = tmp_path_factory.mktemp("cli")
    sources = write_sources(root / "sources")
    build(Settings(home=root / "data", sources=sources, database_url=None), (), silent)
    return root


@pytest.fixture(autouse=True)
def environment(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(base / "data"))
    monkeypatch.setenv("RENVOI_SOURCES", str(base / "sources"))
    monkeypatch.delenv("RENVOI_DATABASE_URL", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.split("\n") if line]


# Help


def test_the_help_lists_every_command_in_french() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(re.search(rf"^\s+{command}\s", result.stdout, re.MULTILINE) for command in COMMANDS)
    assert "dispositions françaises sur la traite" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_in_french(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    typer_s_own = "Show this message and exit."
    assert not ENGLISH.search(result.stdout.replace(typer_s_own, ""))
    assert re.search(r"[éèà]", result.stdout)


# search


def test_a_question_is_answered_by_ranked_provisions_with_their_evidence() -> None:
    result = run("search", "peine de la traite en bande organisée")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. Code pénal, art. 225-4-3")
    assert "↳" in result.stdout


def test_json_is_one_document_and_nothing_else_on_the_standard_output() -> None:
    result = run("search", "225-4-1", "--json")
    found = json.loads(result.stdout)
    assert found["query"] == "225-4-1"
    assert found["results"][0]["id"] == "code-penal/225-4-1"


def test_k_bounds_the_number_of_answers() -> None:
    assert len(json.loads(run("search", "traite", "-k", "2", "--json").stdout)["results"]) == 2


@pytest.mark.parametrize("k", ["0", "-1", "101", "dix"])
def test_a_number_of_answers_out_of_bounds_is_refused(k: str) -> None:
    result = run("search", "traite", "-k", k)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_doubt_is_said_on_the_error_stream() -> None:
    result = run("search", "article 225-99 du code pénal")
    assert "225-99" in result.stderr
    assert "recherche par les mots" in result.stderr


def test_a_number_without_its_letter_is_proposed_with_a_warning() -> None:
    result = run("search", "999-7")
    assert "Aucun article ne porte le numéro 999-7" in result.stderr


@pytest.mark.parametrize("text", ["2024-02-30", "hier", "30/03/2024"])
def test_a_date_that_is_none_is_refused(text: str) -> None:
    result = run("search", "traite", "--as-of", text)
    assert result.exit_code == 2
    assert f"« {text} » n'est pas une date" in result.stderr
    assert "AAAA-MM-JJ" in result.stderr


def test_a_code_that_is_unknown_is_refused_and_one_named_otherwise_is_understood() -> None:
    refused = run("search", "traite", "--codes", "code-postal")
    assert refused.exit_code == 2
    assert "code-postal" in refused.stderr
    found = json.loads(run("search", "traite", "--codes", "Code pénal", "--json").stdout)["results"]
    assert {r["id"].partition("/")[0] for r in found} == {"code-penal"}


@pytest.mark.parametrize("question", ["", "   ", "a" * 100_000, "traite \x07", "\udcff traite"])
def test_a_question_that_cannot_be_used_is_refused_in_french(question: str) -> None:
    result = run("search", question)
    assert result.exit_code == 2
    assert "Erreur : La question" in result.stderr
    assert "Que faire" in result.stderr


def test_one_of_a_question_and_a_file_is_needed(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"q": "traite"}', encoding="utf-8")
    for arguments in ([], ["traite", "--queries", str(tmp_path / "q.jsonl")]):
        assert run("search", *arguments).exit_code == 2


def test_a_theme_and_a_state_keep_some_answers_and_a_sort_orders_them() -> None:
    every = json.loads(run("search", "traite", "--json").stdout)
    kept = json.loads(
        run("search", "traite", "--theme", "definition-traite", "--state", "en-vigueur", "--json").stdout
    )
    assert 0 < kept["total"] <= every["total"]
    assert "code-penal/225-4-1" in [result["id"] for result in kept["results"]]
    scores = {result["id"]: result["score"] for result in every["results"]}
    assert all(result["score"] == scores.get(result["id"], result["score"]) for result in kept["results"])
    sorted_by = json.loads(run("search", "traite", "--sort", "number", "--json").stdout)
    texts = [result["code"] for result in sorted_by["results"]]
    assert texts == sorted(texts)
    assert len(set(texts)) > 1
    assert run("search", "traite", "--theme", "inconnu").exit_code == 2
    assert run("search", "traite", "--state", "inconnu").exit_code == 2


# search --queries


def test_many_questions_are_answered_line_by_line_in_their_order(tmp_path: Path) -> None:
    asked = ["225-4-3", "L425-1", "?", "traite \u2028 des êtres", "225-4-1", "\ud800"]
    path = tmp_path / "q.jsonl"
    path.write_bytes("\r\n".join(json.dumps({"q": q}) for q in asked).encode())
    found = lines(run("search", "--queries", str(path), "--jsonl", "-k", "1"))
    assert [line["q"] for line in found] == asked
    firsts = [[r["provision"] for r in line["results"]] for line in found]  # type: ignore[attr-defined]
    assert firsts[0] == ["code-penal/225-4-3"]
    assert firsts[1] == ["ceseda/L425-1"]
    assert firsts[4] == ["code-penal/225-4-1"]
    assert [bool(line.get("error")) for line in found] == [False, False, True, False, False, True]


def test_a_raw_line_separator_within_a_question_does_not_cut_its_line(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('\ufeff{"q": "traite \u2028 humains"}\n\n{"q": "peine"}\n', encoding="utf-8")
    assert [line["q"] for line in lines(run("search", "--queries", str(path), "--jsonl"))] == [
        "traite \u2028 humains",
        "peine",
    ]


@pytest.mark.parametrize("bad", ["traite", "{}", '{"q": null}', '{"q": 3}', "[]", '{"q": "a"', "[" * 100_000])
def test_a_malformed_line_is_named_and_nothing_is_half_answered(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"q": "traite"}}\n\n{bad}\n', encoding="utf-8")
    result = run("search", "--queries", str(path), "--jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "q.jsonl, ligne 3" in result.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_of_questions_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "q.jsonl"
    if content:
        path.write_bytes(content)
    result = run("search", "--queries", str(path), "--jsonl")
    assert result.exit_code == 1
    assert "q.jsonl ne peut pas être lu" in result.stderr


# show


@pytest.mark.parametrize(
    "reference", ["code-penal/225-4-1", "225-4-1", "article 225-4-1 du code pénal", "art. 225-4-1 CP"]
)
def test_a_provision_is_shown_by_any_spelling(reference: str) -> None:
    result = run("show", reference)
    assert result.exit_code == 0
    assert result.stdout.startswith("Code pénal, art. 225-4-1")
    assert "fait de recruter une personne" in result.stdout


def test_an_unknown_provision_is_refused_with_its_neighbours_and_never_guessed() -> None:
    result = run("show", "code-penal/225-4-99")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "225-4-99" in result.stderr
    assert "proche : code-penal/225-4-3" in result.stderr


def test_a_number_typed_without_its_letter_is_proposed_and_not_shown(base: Path, tmp_path: Path) -> None:
    result = run("show", "429-1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Aucun article ne porte le numéro 429-1" in result.stderr


def test_a_reference_of_several_texts_asks_which() -> None:
    result = run("show", "articles 225-4-1 et 225-4-2 du code pénal")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "plusieurs dispositions" in result.stderr


def test_a_provision_in_json_is_one_document() -> None:
    assert json.loads(run("show", "ceseda/L425-1", "--json").stdout)["id"] == "ceseda/L425-1"


# citations


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff", "𝔘𝔫 😀 "])
def test_the_places_of_citations_are_those_of_the_raw_file(tmp_path: Path, newline: str, start: str) -> None:
    cited = ("Un.", "Voir l'article 225-4-1 du code pénal.", "😀 Et l'article L. 425-1", "du CESEDA.")
    text = start + newline.join(cited)
    path = tmp_path / "texte.txt"
    path.write_bytes(text.encode())
    found = lines(run("citations", str(path), "--jsonl"))
    raw = path.read_bytes().decode("utf-8")
    assert [line["targets"] for line in found] == [["code-penal/225-4-1"], ["ceseda/L425-1"]]
    for line in found:
        place = raw[int(str(line["char_start"])) : int(str(line["char_end"]))]
        assert place == line["raw"]
        assert line["status"] == "resolved"
    assert str(found[0]["raw"]) == "article 225-4-1 du code pénal"


def test_a_citation_cut_by_a_foot_of_page_gives_each_of_its_pieces(tmp_path: Path) -> None:
    raw = "l'article 225-4-1 du code\nhttps://exemple.fr/a\n\f pénal"
    (tmp_path / "t.txt").write_text(raw, encoding="utf-8")
    (line,) = lines(run("citations", str(tmp_path / "t.txt")))
    assert [raw[start:end] for start, end in line["spans"]] == ["article 225-4-1 du code", "pénal"]  # type: ignore[attr-defined]


def test_a_report_longer_than_what_the_page_takes_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text("Rien à citer. " * 20_000 + "Voir l'article 225-4-99 du code pénal.", encoding="utf-8")
    assert len(path.read_text(encoding="utf-8")) > MAX_TEXT
    (found,) = json.loads(run("check", str(path), "--json").stdout)["results"]
    assert found["status"] == "unknown_number"


def test_a_citation_of_nothing_that_exists_says_so(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("l'article 225-4-99 du code pénal", encoding="utf-8")
    (line,) = lines(run("citations", str(tmp_path / "t.txt")))
    assert line["status"] == "unknown_number"


def test_an_empty_file_has_no_citation(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes(b"")
    result = run("citations", str(tmp_path / "t.txt"))
    assert (result.exit_code, result.stdout) == (0, "")


def test_without_a_base_citations_are_still_found_and_told_to_be_unchecked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(tmp_path / "none"))
    (tmp_path / "t.txt").write_text("l'article 225-4-1 du code pénal", encoding="utf-8")
    result = run("citations", str(tmp_path / "t.txt"))
    assert [line["status"] for line in lines(result)] == ["not_in_corpus"]
    assert "sans être vérifiées" in result.stderr


@pytest.mark.parametrize("kind", ["missing", "folder", "latin-1"])
def test_a_text_that_cannot_be_read_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "t.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "latin-1":
        path.write_bytes("pénal".encode("latin-1"))
    result = run("citations", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "t.txt" in result.stderr


# build, serve, and the real process


def test_a_build_with_nothing_to_do_says_so(base: Path) -> None:
    result = run("build")
    assert result.exit_code == 0
    assert "La base est à jour" in result.stdout


def test_a_build_without_official_texts_warns_on_the_error_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(tmp_path / "data"))
    result = run("build", "--sources", str(tmp_path / "absent"))
    assert result.exit_code == 0
    assert "aucun texte officiel" in result.stderr
    assert "fiches de Renvoi" in result.stderr
    assert "Base construite" in result.stdout


def test_a_build_that_fails_ends_with_one_and_says_which_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(tmp_path / "data"))
    path = write_penal(tmp_path / "sources")
    path.write_bytes(b"\xff")
    result = run("build", "--sources", str(tmp_path / "sources"))
    assert result.exit_code == 1
    assert path.name in result.stderr
    assert "Traceback" not in result.stderr


def test_searching_before_any_build_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENVOI_HOME", str(tmp_path / "none"))
    for command in (["search", "traite"], ["show", "225-4-1"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "renvoi build" in result.stderr


def test_a_port_in_use_is_said_before_anything_is_loaded() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "Impossible d'écouter sur 127.0.0.1" in result.stderr
    assert "--port 8001" in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert run("serve", "--port", port).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search", "225-4-1", "--json"], 0),
        (["search", ""], 2),
        (["search", "traite", "--as-of", "demain"], 2),
        (["show", "code-penal/999"], 1),
        (["citations", "absent.txt"], 1),
        (["absent"], 2),
    ],
)
def test_the_process_ends_with_the_right_code_and_without_a_traceback(
    arguments: list[str], code: int
) -> None:
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
    assert bool(ended.stdout) is (code == 0)


def test_bytes_that_are_no_utf8_on_the_command_line_are_refused() -> None:
    command: list[str | bytes] = [
        sys.executable,
        "-c",
        "from api.cli import main; main()",
        "search",
        b"traite \xff",
    ]
    ended = subprocess.run(command, capture_output=True, check=False, env=os.environ)
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


# Report


def test_a_questionnaire_gives_its_questions_and_what_may_answer_them(tmp_path: Path) -> None:
    file = tmp_path / "questionnaire.txt"
    file.write_text("1. Quelles mesures protègent les victimes ?\na. pêche au saumon.\n", encoding="utf-8")
    found = json.loads(run("report", str(file), "--json", "--since", "2024-11-01").stdout)
    assert found["questionnaire"]["questions"][0]["parts"][0]["text"] == "a. pêche au saumon."
    assert found["proposals"][0]["former"]["question"] == 1
    assert found["proposals"][0]["since"] == "2024-11-01"
    shown = run("report", str(file))
    assert shown.exit_code == 0
    assert "1 questions reconnues" in shown.stdout


def test_a_questionnaire_that_cannot_be_read_ends_with_a_sentence(tmp_path: Path) -> None:
    missing = run("report", str(tmp_path / "absent.txt"))
    assert missing.exit_code != 0
    assert "ne peut pas être lu" in missing.output
    (tmp_path / "faux.docx").write_bytes(b"PK\x03\x04")
    assert run("report", str(tmp_path / "faux.docx")).exit_code != 0


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_a_command_in_the_list_is_the_first_of_its_help(name: str) -> None:
    """The list is printed without importing the commands: what it says of each is held to what each says."""
    first = " ".join((load_command(name).help or "").split("\n\n")[0].split())
    assert first == COMMANDS[name]


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = "import sys; from api.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "sqlalchemy", "faiss", "fastapi", "argon2", "kb.citations", "service.base"}
    assert not heavy & set(ran.stdout.split())
