"""The spaces that a page keeps from breaking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.presenters.french_spaces import keep_spaces

WIDE, NARROW = "\xa0", "\u202f"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Peines : 7 ans", f"Peines{WIDE}: 7 ans"),
        ("« traite » ;", f"«{WIDE}traite{WIDE}»{NARROW};"),
        ("Qui <b>répond</b> ?", f"Qui <b>répond</b>{NARROW}?"),
        ("1 500 000 € et 12 %", f"1{NARROW}500{NARROW}000{WIDE}€ et 12{WIDE}%"),
        ("art. 225 4-1 ou 12 3456", "art. 225 4-1 ou 12 3456"),
    ],
)
def test_a_space_before_high_punctuation_or_within_a_number_does_not_break(written: str, kept: str) -> None:
    assert keep_spaces(f"<p>{written}</p>") == f"<p>{kept}</p>"


@pytest.mark.parametrize(
    "exact",
    [
        '<input value="quoi ?">',
        "<textarea>quoi ?</textarea>",
        '<option value="a">Traite : peines</option>',
        "<code>a : b</code>",
    ],
)
def test_what_a_form_or_a_program_reads_stays_as_it_is(exact: str) -> None:
    assert keep_spaces(f"<p>{exact}</p>") == f"<p>{exact}</p>"


@given(st.text(alphabet="<>« »:?€ 012ab"))
def test_nothing_else_changes(text: str) -> None:
    assert keep_spaces(text).replace(WIDE, " ").replace(NARROW, " ") == text
