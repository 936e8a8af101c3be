"""The starter statistics against the reply: every value stands on its line, and no sentence is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers.questionnaire import read_questionnaire
from corpus.readers.statistics import read_statistics
from kb.statistics import Figure

pytestmark = pytest.mark.sources

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "statistics"
FILES = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
READING = read_statistics(FILES)
LONGEST_COMMON_RUN = 11
MASKS = {"secret-ou-indisponible": ":", "secret": "nc", "indisponible": "nd"}
IN_WORDS = {
    1: "une seule", 3: "trois", 4: "quatre", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 15: "quinzaine",
    60: "soixantaine", 100: "centaine", 25: "sur quatre",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(sources: Path) -> Path:
    return sources / "questionnaire" / "reponse-france-greta-4.txt"


@pytest.fixture(scope="module")
def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def on_line(lines: list[str], number: int) -> str:
    """The line, counted from 1, with the next one that is not blank: a number may be cut by a line end."""
    following = next((line for line in lines[number : number + 3] if line.strip()), "")
    return f"{lines[number - 1].rstrip()} {following.strip()}"


def printed(figure: Figure) -> re.Pattern[str]:
    """How the value may be written: its digits with spaces in them, or in words."""
    if figure.masked:
        return re.compile(rf"(?<!\S){re.escape(MASKS[figure.masked])}(?!\S)")
    digits = r"\s?".join(re.escape(c) for c in f"{figure.value}".replace(".", ","))
    words = rf"|\b{IN_WORDS[int(figure.value or 0)]}\b" if figure.value in IN_WORDS else ""
    # Neither inside another number nor a part of it ("1 147", "84,1"), zeros apart; cells of a row follow each other.
    before = r"(?<![\d,])" if figure.question == 42 else r"(?<![\d,])(?<!\d )"
    return re.compile(rf"{before}(?:{digits})(?!\d|,(?!0+\b)\d){words}", re.I)


@pytest.mark.parametrize("family", sorted({f.family for f in READING.figures}))
def test_every_value_stands_on_its_line_of_the_reply(family: str, lines: list[str]) -> None:
    faults = []
    for figure in (f for f in READING.figures if f.family == family):
        line = lines[figure.line - 1]
        found = printed(figure).search(on_line(lines, figure.line))
        if found is None or found.start() >= len(line.rstrip()):
            faults.append((figure.measure, figure.value, figure.line, line))
    assert not faults


def test_a_row_of_a_table_is_copied_in_its_order(lines: list[str]) -> None:
    """Where several figures share a line, they are its last cells, in the order of the file."""
    by_line: dict[tuple[str, int], list[Figure]] = {}
    for figure in READING.figures:
        by_line.setdefault((figure.family, figure.line), []).append(figure)
    checked = 0
    for (family, number), figures in by_line.items():
        if len(figures) < 3 or figures[0].question != 42:
            continue
        row = lines[number - 1].split()
        if family == "procedures":  # the only table with numbers above 999 written with a space
            row = re.sub(r"(?<!\d)(\d) (\d{3})(?!\d)", r"\1\2", lines[number - 1]).split()
        expected = [MASKS[f.masked] if f.masked else str(f.value) for f in figures]
        assert row[-len(expected) :] == expected, lines[number - 1]
        checked += 1
    assert checked > 200


def test_every_figure_says_in_which_part_of_the_reply_it_stands(path: Path, lines: list[str]) -> None:
    reading = read_questionnaire(path.read_bytes(), path.name)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    places: dict[int, set[tuple[int | None, str]]] = {}
    for passage in reading.passages:
        for span in passage.content.spans():
            first = next(i for i in range(len(starts)) if starts[i + 1] > span.start)
            last = next(i for i in range(first, len(starts)) if starts[i + 1] >= span.end)
            for number in range(first + 1, last + 2):
                places.setdefault(number, set()).add((passage.question, passage.place))
    wrong = [
        (f.measure, f.line, f.question, f.place)
        for f in READING.figures
        if (f.question, f.place) not in places.get(f.line, set())
    ]
    assert not wrong


def test_no_file_shares_a_long_run_of_words_with_the_reply(lines: list[str]) -> None:
    theirs = set(runs(re.findall(r"\w+", " ".join(lines).lower())))
    ours = "\n".join(FILES[name].decode() for name in FILES if name.endswith(".yaml"))
    assert not [run for run in runs(re.findall(r"\w+", ours.lower())) if run in theirs]


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    size = LONGEST_COMMON_RUN + 1
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))
