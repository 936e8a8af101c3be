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
