"""Cutting consolidations one after the other: what is cut again is all that differs, whatever the change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.history.pieces import Cutter

NUMBERS = st.sampled_from(["1", "2", "2-1", "L3", "R. 4", "préliminaire"])
LINES = st.lists(
    st.sampled_from(["Est puni.", "Article 5", "Chapitre II : Des peines", "", "I. - Texte"]), max_size=4
)
BODIES = st.lists(st.tuples(NUMBERS, LINES), max_size=6)


def plain(articles: list[tuple[str, list[str]]]) -> bytes:
    body = "".join(f"Article {n}\n\n" + "".join(f"{line}\n\n" for line in lines) for n, lines in articles)
    return f"# Code\n\nPartie législative\n\n{body}".encode()


def hashed(articles: list[tuple[str, list[str]]]) -> bytes:
    body = "".join(
        f"##### Article {n}\n\n" + "".join(f"{line}\n\n" for line in lines) for n, lines in articles
    )
    return f"# Code\n\n## Partie législative\n\n{body}".encode()


def shape(cutter: Cutter, body: bytes) -> list[tuple[object, ...]]:
    return [
        (piece.provision, piece.key, piece.headings, piece.start, piece.end, block.length)
        for block in cutter.cut(body)
        for piece in block.pieces
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.booleans(), BODIES), min_size=1, max_size=6))
def test_a_consolidation_is_cut_alike_alone_and_after_others(history: list[tuple[bool, list]]) -> None:  # type: ignore[type-arg]
    cutter = Cutter("code-penal")
    for marked, articles in history:
        body = hashed(articles) if marked else plain(articles)
        assert shape(cutter, body) == shape(Cutter("code-penal"), body)
