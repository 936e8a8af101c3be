"""The provisions that a wrong number may have meant, over a table of four articles."""

from __future__ import annotations

from dataclasses import dataclass

from kb.checking.nearest import nearest


@dataclass(frozen=True)
class Articles:
    """A code and its numbers."""

    code: str
    known: tuple[str, ...]

    def numbers(self, text: str) -> tuple[str, ...]:
        return self.known if text == self.code else ()

    def with_number(self, number: str) -> tuple[str, ...]:
        return (f"{self.code}/{number}",) if number in self.known else ()


PENAL = Articles("code-penal", ("225-4-1", "225-4-2", "225-13", "225-14"))


def test_the_numbers_one_slip_away_come_first() -> None:
    assert nearest(PENAL, "code-penal/225-4-3")[:2] == ("code-penal/225-4-2", "code-penal/225-4-1")


def test_a_number_of_another_code_is_found_where_it_exists() -> None:
    assert nearest(PENAL, "ceseda/225-13") == ("code-penal/225-13",)


def test_acts_whose_articles_are_all_numbered_one_two_three_have_no_nearest() -> None:
    assert nearest(PENAL, "loi/2016-444/225-13") == ()
