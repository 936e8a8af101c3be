"""The parts of an article, and which of them a citation names, on small articles of our own."""

from __future__ import annotations

import pytest

from kb.checking.article_parts import named_part, parts_of, read_subdivision, siblings
from kb.checking.findings import FindingKind, Severity
from kb.checking.subdivisions import check_subdivision
from kb.checking.wordings import Wording

TEXT = (
    "I. - Le fait est puni lorsqu'il est commis :\n\n1° A plusieurs ;\n\n2° De nuit :\n\na) Dehors ;\n\nb) Dedans.\n\n"
    "Le premier alinéa s'applique.\n\nII.-La peine est doublée :\n\n1° En récidive.\n\nIII bis. – (abrogé)"
)
WORDING = Wording("code-penal/1", "Code pénal, art. 1", TEXT, "en vigueur le 1er janvier 2026")


@pytest.mark.parametrize(
    ("written", "beginning"),
    [
        ("I", "I. - Le fait"),
        ("I, 2°", "2° De nuit"),
        ("2° du I", "2° De nuit"),
        ("I, 2°, b)", "b) Dedans"),
        ("II, 1°", "1° En récidive"),
        ("alinéa 2", "1° A plusieurs"),
        ("sixième alinéa", "Le premier alinéa"),
        ("premier alinéa du II", "II.-La peine"),
        ("dernier alinéa", "III bis"),
        ("première phrase du deuxième alinéa", "1° A plusieurs"),
    ],
)
def test_a_part_that_exists_is_shown(written: str, beginning: str) -> None:
    text, finding = check_subdivision(written, WORDING)
    assert text.startswith(beginning)
    assert finding is None or "abrogée" in finding.message


@pytest.mark.parametrize(
    ("written", "others"),
    [("I, 3°", "1°, 2°"), ("IV", "I, II, III bis"), ("I, 2°, c)", "a, b"), ("alinéa 12", "9 alinéas")],
)
def test_a_part_that_does_not_exist_is_told_with_those_that_do(written: str, others: str) -> None:
    text, finding = check_subdivision(written, WORDING)
    assert text == ""
    assert finding is not None
    assert (finding.kind, finding.severity) == (FindingKind.SUBDIVISION, Severity.ERROR)
    assert others in finding.message
    assert "1er janvier 2026" in finding.message


def test_absence_is_not_judged_on_a_text_that_is_not_sure() -> None:
    unsure = Wording("code-penal/1", "Code pénal, art. 1", TEXT, "", sure=False, reservation="Incertain.")
    _, finding = check_subdivision("IV", unsure)
    assert finding is not None
    assert not finding.accuses
    assert "Incertain." in finding.message


def test_a_list_of_parts_is_said_not_to_be_compared_and_accuses_nobody() -> None:
    _, finding = check_subdivision("1° à 3°", WORDING)
    assert finding is not None
    assert not finding.accuses


def test_a_repealed_part_is_told() -> None:
    _, finding = check_subdivision("III bis", WORDING)
    assert finding is not None
    assert "abrogée" in finding.message


def test_a_capital_after_a_degree_is_the_first_word_of_the_item() -> None:
    (part,) = parts_of("1° A l'égard d'un mineur.")
    assert part.path == (("degree", "1°"),)


def test_items_on_one_line_are_parts_of_one_alinea() -> None:
    parts = parts_of("Le juge peut : 1° Ordonner ; 2° Interdire ; 3° Confisquer.")
    assert {part.alinea for part in parts} == {1}
    wanted = read_subdivision("3°")
    assert wanted is not None
    assert named_part(parts, wanted) == "3° Confisquer."


def test_what_is_beside_a_missing_part_is_of_the_same_level() -> None:
    wanted = read_subdivision("II, 5°")
    assert wanted is not None
    assert siblings(parts_of(TEXT), wanted) == "1°"
