"""The scoring of citations, the peers' answers in our identifiers, and the measure of growth with length."""

from __future__ import annotations

import pytest

from bench.peers.citations import Finder, finders, plain_regex
from bench.tools.citation_scoring import Expected, Found, look_alikes, score
from bench.tools.linearity import SIZES, TEXTS, excess, linearity
from kb.errors import UnreadableSource

FULL = Expected(((10, 30),), ("code-penal/225-4-1", "code-penal/225-4-2"), "code", "full")
RANGE = Expected(((40, 50), (70, 80)), ("ceseda/L522-1..L522-5",), "code", "full")
TREATY = Expected(((60, 65),), ("coe/stce-197/4",), "traite", "full")


def _score(*predictions: Found, kinds: tuple[str, ...] = ("code",)) -> tuple[int, int, int]:
    counted = score(predictions, [FULL, RANGE, TREATY], ["full"], kinds)
    return counted.expected, counted.found, counted.wrong


def test_every_target_of_a_citation_is_counted() -> None:
    assert _score((10, 30, ("code-penal/225-4-1",))) == (4, 1, 0)


def test_the_two_ends_of_a_range_count_and_its_second_span_is_enough() -> None:
    assert _score((75, 76, ("ceseda/L522-1..L522-5",))) == (4, 2, 0)
    assert _score((75, 76, ("ceseda/L522-1..L522-6",))) == (4, 1, 1)


def test_the_right_article_in_the_wrong_place_is_wrong() -> None:
    assert _score((31, 40, ("code-penal/225-4-1",))) == (4, 0, 1)


def test_a_right_answer_said_twice_counts_once_and_is_not_wrong() -> None:
    assert _score((10, 20, ("code-penal/225-4-1",)), (12, 30, ("code-penal/225-4-1",))) == (4, 1, 0)


def test_what_stands_over_a_citation_left_out_is_neutral() -> None:
    assert _score((60, 65, ("coe/stce-197/4",))) == (4, 0, 0)
    assert _score((60, 65, ("coe/stce-197/5",)), kinds=()) == (5, 0, 1)


def test_recall_and_precision_are_shares_of_what_was_expected_and_predicted() -> None:
    counted = score([(10, 30, ("code-penal/225-4-1", "code-penal/9"))], [FULL], ["full"], [])
    assert (counted.recall, counted.precision) == (0.5, 0.5)
    assert score([], [FULL], ["full"], []).precision is None


def test_look_alikes_are_found_at_their_line_and_counted_when_taken() -> None:
    text = "le 119 bis\nle 119 au téléphone"
    row = {"line": 2, "raw": "119"}
    assert look_alikes(text, [row], [(3, 6, ())]) == (1, 0)
    assert look_alikes(text, [row], [(14, 17, ())]) == (1, 1)
    with pytest.raises(UnreadableSource, match="ligne"):
        look_alikes(text, [{"line": 2, "raw": "116"}], [])


def test_the_plain_expression_reads_lists_but_not_what_is_out_of_order() -> None:
    ((_, _, targets),) = plain_regex("les articles L. 425-1 et L. 425-4 du CESEDA")
    assert targets == ("ceseda/L425-1", "ceseda/L425-4")
    assert plain_regex("C. trav., art. L. 5224-4") == []


def _metslesliens() -> Finder:
    pytest.importorskip("metslesliens", reason="pip install -e '.[bench]'")
    finder = finders()["metslesliens"]
    assert finder is not None
    return finder


# The peer's grammar has escapes that Python 3.12 will refuse.
@pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning")
@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("l'article 40 du code de procédure pénale", ("cpp/40",)),
        ("aux articles 225-4-1 à 225-4-9 du code pénal", ("code-penal/225-4-1..225-4-9",)),
        ("l'article 5 de la loi n° 2016-444 du 13 avril 2016", ("loi/2016-444/5",)),
        ("l'article 12 de la directive 2011/36/UE", ("eu/dir/2011/36/12",)),
        ("les dispositions du code pénal", ()),
    ],
)
def test_what_the_peer_finds_is_told_in_our_identifiers(text: str, targets: tuple[str, ...]) -> None:
    ((_, _, found),) = _metslesliens()(text)
    assert found == targets


def test_time_in_proportion_to_length_has_no_excess() -> None:
    assert excess([(10, 1.0), (100, 10.0), (1_000, 100.0)]) == pytest.approx(1.0)
    assert excess([(1_000, 10_000.0), (10, 1.0)]) == pytest.approx(100.0)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_texts_made_to_defeat_have_the_length_told(name: str, size: int) -> None:
    assert len(TEXTS[name](size)) == pytest.approx(size, rel=0.01)


def test_the_growth_of_a_finder_is_a_line_a_text() -> None:
    table = linearity("Temps", lambda text: [], SIZES, 1)
    assert [row[0] for row in table.rows] == list(TEXTS)
    assert all(len(row) == len(table.columns) for row in table.rows)
