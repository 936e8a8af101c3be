"""Two wordings compared: nothing is lost, nothing invented, and what is marked can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.text.diff import Edit, edits

_TEXTS = st.lists(
    st.sampled_from(["de", "dix", "ans", " ", "\n", "l'", "é", ".", "prison"]), max_size=40
).map("".join)


@given(_TEXTS, _TEXTS)
def test_both_wordings_can_be_read_back_from_the_edits(old: str, new: str) -> None:
    found = edits(old, new)
    assert "".join(e.text for e in found if e.kind != "added") == old
    assert "".join(e.text for e in found if e.kind != "removed") == new
    assert all(e.text for e in found)


@given(_TEXTS)
def test_a_wording_does_not_differ_from_itself(text: str) -> None:
    assert all(e.kind == "same" for e in edits(text, text))


def test_only_the_words_that_changed_are_marked() -> None:
    found = edits(
        "Le fait est puni de dix ans.\nAlinéa second.", "Le fait est puni de quinze ans.\nAlinéa second."
    )
    assert [(e.kind, e.text) for e in found if e.kind != "same"] == [("removed", "dix"), ("added", "quinze")]


def test_one_word_left_between_two_changes_is_part_of_the_change() -> None:
    found = edits("cinq ans et mille euros", "sept mois et cent francs")
    assert found == (Edit("removed", "cinq ans et mille euros"), Edit("added", "sept mois et cent francs"))


def test_an_added_alinea_is_one_addition() -> None:
    assert edits("Un.\nTrois.", "Un.\nDeux.\nTrois.") == (
        Edit("same", "Un.\n"),
        Edit("added", "Deux.\n"),
        Edit("same", "Trois."),
    )


def test_long_tables_are_compared_in_bounded_time() -> None:
    old = "\n".join(f"ligne {i} | {i * 7 % 13}" for i in range(4_000))
    assert any(e.kind == "removed" for e in edits(old, old.replace("| 5", "| cinq")))
