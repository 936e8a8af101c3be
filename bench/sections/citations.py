"""Section « citations »: the citations of the questionnaire reply against a hand-made list, beside other tools."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.peers.citations import Finder, finders, ours
from bench.tools.citation_scoring import Expected, Found, look_alikes, read_expected, read_lines, score
from bench.tools.linearity import SIZES, Read, linearity
from bench.tools.report import Cell, Section, Table
from bench.tools.subject import Subject
from bench.tools.timing import processor_seconds
from kb.errors import UnreadableSource
from service.check import MAX_TEXT, check_text

NAME = "citations"
EXPECTED, LOOK_ALIKES = "citations_gold_dev.jsonl", "citations_negatives_dev.jsonl"
# The list covers the beginning of the reply only.
_LINES = 1_400
# Lengths of what is checked: the last is the longest text that the check accepts.
CHECKED = (12_000, 48_000, MAX_TEXT - 8_000)
_MEGABYTE = 1_000_000
_FULL = ("full",)
_EVERY_FORM = ("full", "bare", "definition", "nickname", "anaphora", "url")
_NOT_INSTALLED = "non installé : `pip install -e '.[bench]'`"
_NOTE = (
    "Rappel et précision sur les identifiants, règle du chevauchement. Formes complètes : la citation dit tout sur "
    "place ; toutes formes : avec les numéros seuls, les surnoms, les reprises (« la Convention ») et les adresses. "
    "Débit sur la réponse entière, en temps de processeur."
)


@dataclass(frozen=True, slots=True)
class _Gold:
    """The text of the reply, what it cites in its first lines, and what only looks like a citation."""

    text: str
    expected: tuple[Expected, ...]
    look_alikes: tuple[dict[str, object], ...]

    @property
    def covered(self) -> int:
        """Where the part that the list covers ends."""
        return sum(len(line) for line in self.text.splitlines(keepends=True)[:_LINES])


def measure(subject: Subject) -> Section:
    """Recall, precision and throughput by tool, and whether our time is in proportion to the length."""
    tables = [
        linearity("Relevé : temps selon la longueur, textes faits pour piéger", ours, SIZES, subject.repeats),
        linearity("Vérification : temps selon la longueur, mêmes textes", _checker(subject), CHECKED, 1),
    ]
    gold = _read(subject)
    if gold is None:
        data = f"Pas de liste de référence ({EXPECTED} n'est pas dans le dossier donné par --gold)."
        return Section(NAME, "Citations", data, tuple(tables))
    rows = tuple(_row(name, finder, gold, subject.repeats) for name, finder in finders().items())
    columns = (
        "outil",
        "codes, formes complètes : rappel",
        "précision",
        "tout, formes complètes : rappel",
        "précision",
        "toutes formes : rappel",
        "précision",
        "faux amis pris",
        "Mo/s",
    )
    tables.insert(0, Table("Citations relevées", columns, rows, _NOTE))
    data = (
        f"Réponse au questionnaire, {_LINES} premières lignes : {len(gold.expected)} citations relevées à la main et "
        f"{len(gold.look_alikes)} faux amis."
    )
    return Section(NAME, "Citations", data, tuple(tables))


def _checker(subject: Subject) -> Read:
    """The whole check of a text: citations looked up, doubtful numbers, quotations compared."""
    return lambda text: check_text(subject.service, text, subject.day)


def _read(subject: Subject) -> _Gold | None:
    path = subject.gold / EXPECTED
    if not path.is_file():
        return None
    replies = sorted(subject.settings.sources.glob("questionnaire/*.txt"))
    if len(replies) != 1:
        raise UnreadableSource(
            f"{len(replies)} réponses au questionnaire au lieu d'une.", hint="Indiquez RENVOI_SOURCES."
        )
    return _Gold(_text(replies[0]), read_expected(path), read_lines(subject.gold / LOOK_ALIKES))


def _text(path: Path) -> str:
    try:
        # As in the list: offsets count the line ends as they are in the file.
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path.name} est illisible : {error}.") from error


def _row(name: str, finder: Finder | None, gold: _Gold, repeats: int) -> tuple[Cell, ...]:
    if finder is None:
        return (f"{name} ({_NOT_INSTALLED})", *[None] * 8)
    citations = [one for one in finder(gold.text) if one[0] < gold.covered]
    speed = (
        len(gold.text.encode())
        / _MEGABYTE
        / median(processor_seconds(lambda: finder(gold.text)) for _ in range(repeats))
    )
    _, taken = look_alikes(gold.text, gold.look_alikes, citations)
    return (name, *_figures(citations, gold.expected), taken, speed)


def _figures(citations: list[Found], expected: tuple[Expected, ...]) -> tuple[Cell, ...]:
    counted = [(_FULL, ("code",)), (_FULL, ()), (_EVERY_FORM, ())]
    scores = [score(citations, expected, forms, kinds) for forms, kinds in counted]
    return tuple(figure for one in scores for figure in (one.recall, one.precision))
