"""Slips of a number, told by the words of the sentence."""

from __future__ import annotations

from kb.checking.near_misses import Rarity, better_neighbour, near_numbers, stems

TEXTS = {
    "224-1": "Le fait d'arrêter, d'enlever ou de séquestrer une personne est puni de vingt ans.",
    "224-1-C": "Le crime de réduction en esclavage est puni de trente ans lorsqu'il est commis sur un mineur.",
    "221-1": "Le fait de donner volontairement la mort à autrui constitue un meurtre.",
    "311-1": "Le vol est la soustraction frauduleuse de la chose d'autrui.",
}
RARITY = Rarity.of(list(TEXTS.values()))


def _better(sentence: str) -> str | None:
    neighbours = {n: t for n, t in TEXTS.items() if n != "224-1"}
    found = better_neighbour(sentence, TEXTS["224-1"], neighbours, RARITY)
    return found.number if found else None


def test_a_sentence_that_speaks_of_the_neighbour_alone_is_doubted() -> None:
    assert _better("La réduction en esclavage d'un mineur est un crime") == "224-1-C"


def test_a_sentence_that_speaks_of_its_article_is_not_doubted() -> None:
    assert _better("Séquestrer une personne, même réduite en esclavage, est un crime") is None


def test_a_sentence_that_speaks_of_neither_is_not_doubted() -> None:
    assert _better("Le rapport annuel est remis au Parlement") is None
    assert _better("") is None


def test_numbers_one_slip_away_are_neighbours() -> None:
    near = near_numbers(
        "L341-1", ["L343-1", "L341-11", "L314-1", "L34-1", "L342-2", "R341-1", "341-1", "L341-1"]
    )
    assert near == ("L343-1", "L341-11", "L314-1", "L34-1", "R341-1")


def test_words_of_one_family_count_as_one() -> None:
    assert stems("esclavage, esclavagisme") == {"esclav"}
