"""Cutting texts into passages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import PASSAGE_LIMIT, article_passages, code_passages, cut
from corpus.readers.code_markdown import read_code
from corpus.versions.snapshots import DatedProvision, merge_versions
from kb.model import PassageKind
from kb.text.spans import MappedText, Span

FRONT = '---\ntitle: "Code"\nidentifier: "LEGITEXT1"\nlast_updated: "2010-01-01"\nsource: "x"\n---\n'
WORDS = st.sampled_from(["le", "vol", "aggravé", "est", "puni.", "de", "peines ;", "a)", "1°", "x" * 30])
ALINEAS = st.lists(st.lists(WORDS, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=12)


def texts(content: str, limit: int) -> list[str]:
    return [piece.text for piece in cut(MappedText.of(content), limit)]


def test_a_short_text_is_one_piece():
    assert texts("Le vol est puni.\nIl l'est.", 100) == ["Le vol est puni.\nIl l'est."]


def test_an_empty_text_has_no_piece():
    assert cut(MappedText("", ())) == ()


def test_pieces_end_with_an_alinea():
    assert texts("aaaa aaaa\nbbbb bbbb\ncccc cccc\ndddd dddd", 20) == [
        "aaaa aaaa\nbbbb bbbb",
        "cccc cccc\ndddd dddd",
    ]


def test_no_small_tail_is_left_when_the_pieces_can_share():
    alineas = ["a" * 90] * 10 + ["b" * 20]
    lengths = [len(text) for text in texts("\n".join(alineas), 500)]
    assert len(lengths) == 2
    assert min(lengths) > 300


def test_neighbours_that_fit_together_are_joined():
    alineas = ["a" * 60, "b" * 35, "c" * 90, "d" * 20]
    assert [len(text) for text in texts("\n".join(alineas), 100)] == [96, 90, 20]


def test_a_long_alinea_is_cut_at_its_sentences():
    assert texts("Le vol est puni ; le recel aussi. La tentative de même.", 35) == [
        "Le vol est puni ; le recel aussi.",
        "La tentative de même.",
    ]


def test_a_long_sentence_is_cut_at_a_space_and_a_long_word_anywhere():
    assert texts("un deux trois quatre cinq", 10) == ["un deux", "trois", "quatre", "cinq"]
    assert texts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


@given(ALINEAS, st.integers(20, 200))
def test_pieces_hold_the_whole_text_in_order_within_the_limit(alineas: list[str], limit: int):
    text = "\n".join(alineas)
    pieces = texts(text, limit)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(0 < len(piece) <= limit and piece == piece.strip() for piece in pieces)
    position = 0
    for piece in pieces:
        start = text.index(piece, position)
        assert not text[position:start].strip()
        position = start + len(piece)


@given(ALINEAS, st.integers(100, 400))
def test_a_piece_ends_inside_an_alinea_only_when_that_alinea_is_too_long(alineas: list[str], limit: int):
    text = "\n".join(alineas)
    position = 0
    for piece in texts(text, limit)[:-1]:
        position = text.index(piece, position) + len(piece)
        if text[position] != "\n":
            start = text.rfind("\n", 0, position) + 1
            assert len(text[start:].split("\n")[0]) > limit


@given(ALINEAS, st.integers(20, 200))
def test_every_piece_keeps_its_place_in_the_raw_source(alineas: list[str], limit: int):
    raw = "  \n\n ".join(alineas)
    spans: list[Span | str] = []
    for alinea in alineas:
        start = raw.index(alinea, spans[-2].end if len(spans) > 1 and isinstance(spans[-2], Span) else 0)
        spans += [Span(start, start + len(alinea)), "\n"]
    for piece in cut(MappedText.join(raw, spans[:-1]), limit):
        glued = "".join(raw[span.start : span.end] for span in piece.spans())
        assert glued == piece.text.replace("\n", "")


def merged(*days: tuple[str, str]) -> tuple[DatedProvision, ...]:
    readings = [
        read_code(
            (FRONT + "## Partie législative\n\n" + body).encode(), "c.md", date.fromisoformat(day), "code"
        )
        for day, body in days
    ]
    return merge_versions(readings)


def test_the_passages_of_an_article_name_their_version_and_their_place():
    long = "\n".join(f"{n}° " + "mot " * 100 for n in range(1, 9))
    (dated,) = merged(
        ("2010-01-01", "##### Article L. 1-1\n\nAvant.\n"), ("2026-01-01", f"##### Article L1-1\n\n{long}\n")
    )
    passages = article_passages(dated)
    assert [p.id for p in passages] == [
        "code@2010-01-01/L1-1/1",
        "code@2026-01-01/L1-1/1",
        "code@2026-01-01/L1-1/2",
        "code@2026-01-01/L1-1/3",
    ]
    assert {(p.kind, p.place, p.provision, p.heading) for p in passages} == {
        (PassageKind.ARTICLE, "L1-1", "code/L1-1", ("Partie législative",))
    }
    assert [(p.version, p.ordinal) for p in passages] == [(0, 0), (1, 0), (1, 1), (1, 2)]
    assert all(len(p.text) <= PASSAGE_LIMIT for p in passages)


def test_a_second_wording_of_a_number_is_told_apart_and_the_one_in_force_has_the_plain_identifier():
    body = "##### Article 1\n\nPuni de 100 F d'amende.\n\n##### Article 1\n\nPuni de 15 euros d'amende.\n"
    passages = code_passages(merged(("2026-01-01", body)))
    assert [(p.id, "euros" in p.text) for p in passages] == [
        ("code@2026-01-01/1/1", True),
        ("code@2026-01-01/1~2/1", False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_ordinals_of_a_document_have_no_gap(count: int):
    body = "".join(f"##### Article {n}\n\nTexte {n}.\n\n" for n in range(count))
    passages = code_passages(merged(("2026-01-01", body)))
    assert [p.ordinal for p in passages] == list(range(count))
