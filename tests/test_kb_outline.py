"""The plan of a code: every article once, at an address of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.outline import ELSEWHERE, outline

_HEADINGS = st.lists(
    st.sampled_from(["Livre II : Des crimes", "Livre II : Des délits", "Titre I", "…", "é"]), max_size=4
)
_ARTICLES = st.lists(_HEADINGS, max_size=20)


@given(_ARTICLES)
def test_every_article_is_reached_by_one_path(headings: list[list[str]]) -> None:
    tree = outline("Code", [(f"c/{i}", tuple(path)) for i, path in enumerate(headings)])
    found = [article for section in tree.every() for article in section.articles]
    assert sorted(found) == sorted(f"c/{i}" for i in range(len(headings)))
    paths = [section.path for section in tree.every()]
    assert len(set(paths)) == len(paths)
    for section in tree.every():
        trail = tree.walk(section.path)
        assert trail is not None
        assert trail[-1] is section
        assert section.total == len(section.articles) + sum(s.total for s in section.sections.values())


def test_two_headings_of_one_designation_have_two_addresses() -> None:
    tree = outline("Code", [("c/1", ("Section 1 : Un",)), ("c/2", ("Section 1 : Deux",))])
    assert [section.path for section in tree.every()] == ["", "section-1", "section-1-2"]


def test_an_article_under_no_heading_has_a_place_all_the_same() -> None:
    assert [s.title for s in outline("Code", [("c/1", ())]).every()] == ["Code", ELSEWHERE]


def test_there_is_no_path_to_what_does_not_exist() -> None:
    assert outline("Code", [("c/1", ("Titre I",))]).walk("titre-ii") is None


def test_numbered_books_stand_in_the_order_of_their_numbers_and_what_has_no_place_at_the_end() -> None:
    titles = ("Annexes", "Livre III : C", "Livre IX : D", "Livre Ier : A", "Livre préliminaire : O")
    tree = outline("CESEDA", [("ceseda/A1", ()), *((f"ceseda/L{n}", (t,)) for n, t in enumerate(titles, 1))])
    assert [section.title for section in tree.sections.values()] == [
        "Livre préliminaire : O",
        "Livre Ier : A",
        "Livre III : C",
        "Livre IX : D",
        "Annexes",
        "Hors du plan",
    ]


def test_a_section_bis_follows_its_own_and_headings_of_two_kinds_keep_the_order_of_the_source() -> None:
    titles = (
        "Section 1 ter : T",
        "Section 2 : B",
        "Section 1 bis : A",
        "Section 1 quater : Q",
        "Section 1 : O",
    )
    tree = outline("Code pénal", [(f"code-penal/{n}", (t,)) for n, t in enumerate(titles, 1)])
    assert [section.title[-1] for section in tree.sections.values()] == ["O", "A", "T", "Q", "B"]
    mixed = ("Partie réglementaire", "Titre II : B", "Livre Ier : A", "Titre Ier : C")
    tree = outline("Code pénal", [(f"code-penal/{n}", (t,)) for n, t in enumerate(mixed, 1)])
    assert tuple(tree.sections) == mixed
