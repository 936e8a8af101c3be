"""Charts: what is drawn is what is given, to scale, escaped, and told apart without colour."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.presenters.charts import WIDTH, Chart, Series, bars, lines, written
from kb.statistics import Total

SVG = "{http://www.w3.org/2000/svg}"
totals = st.one_of(
    st.none(),
    st.builds(Total, st.integers(0, 10**7), st.integers(0, 3)),
    st.builds(Total, st.none(), st.integers(1, 3)),
)
charts = st.builds(
    lambda rows, names: Chart(
        "g",
        "Titre",
        "Texte",
        tuple(names[: len(rows[0])]),
        tuple(Series(str(i), r) for i, r in enumerate(rows)),
    ),
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(totals, min_size=n, max_size=n).map(tuple), min_size=1, max_size=5)
    ),
    st.just(("<a>", "b&c", "d", "e")),
)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))


@pytest.mark.parametrize("draw", [bars, lines])
@given(chart=charts)
def test_a_chart_is_sound_svg_within_its_frame_with_a_title_and_a_text(draw, chart: Chart) -> None:  # type: ignore[no-untyped-def]
    root = parsed(str(draw(chart)))
    _, _, width, height = map(int, root.attrib["viewBox"].split())
    assert (root.attrib["role"], width) == ("img", WIDTH)
    named = {e.attrib.get("id") for e in root}
    assert set(root.attrib["aria-labelledby"].split()) <= named
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == ["Titre", "Texte"]
    for shape in root.iter():
        assert not {"style", "onload", "onclick"} & shape.attrib.keys()
        for name, limit in (("x", width), ("y", height), ("cx", width), ("cy", height)):
            assert -10 <= float(shape.attrib.get(name, 0)) <= limit, (shape.tag, name)


@given(chart=charts)
def test_bars_are_as_long_as_their_numbers_and_a_masked_one_is_no_bar(chart: Chart) -> None:
    root = parsed(str(bars(chart)))
    drawn = [e for e in root.iter(f"{SVG}rect") if "bar" in e.get("class", "") and e.get("width") != "22"]
    known = [
        t.known
        for i in range(len(chart.categories))
        for s in chart.series
        if (t := s.values[i]) is not None and t.known is not None and (t.known or not t.masked)
    ]
    assert len(drawn) == len(known)
    longest = max(known, default=0)
    for bar, value in zip(drawn, known, strict=True):
        expected = (WIDTH - 78) * value / longest if longest else 0
        assert float(bar.attrib["width"]) == pytest.approx(expected, abs=0.06)


def test_every_number_of_a_bar_chart_is_written_and_names_are_inert() -> None:
    chart = Chart(
        "g",
        "T<script>",
        "d",
        ("<b>x</b>",),
        (Series("2021", (Total(1044),)), Series("2022", (Total(25, 2),))),
    )
    svg = str(bars(chart))
    texts = [e.text for e in parsed(svg).iter(f"{SVG}text")]
    assert texts == ["2021", "2022", "<b>x</b>", written(Total(1044)), written(Total(25, 2))]
    assert "<script" not in svg
    assert "<b>" not in svg


def test_series_differ_by_more_than_colour() -> None:
    three = tuple(Series(str(i), (Total(i + 1), Total(i + 2))) for i in range(3))
    root = parsed(str(bars(Chart("g", "t", "d", ("a", "b"), three))))
    fills = {e.get("fill") for e in root.iter(f"{SVG}rect") if "bar" in e.get("class", "")}
    assert fills == {None, "url(#g-1)", "url(#g-2)"}
    root = parsed(str(lines(Chart("g", "t", "d", ("a", "b"), three))))
    markers = {e.tag.removeprefix(SVG) for e in root.iter() if "marker" in e.get("class", "")}
    assert markers == {"circle", "rect", "polygon"}


def test_a_line_breaks_where_the_source_gives_nothing() -> None:
    values = (Total(1), None, Total(3), Total(4))
    root = parsed(str(lines(Chart("g", "t", "d", ("1", "2", "3", "4"), (Series("s", values),)))))
    assert len([e for e in root.iter(f"{SVG}line") if "line" in e.get("class", "").split()]) == 1
    assert len(list(root.iter(f"{SVG}circle"))) == 3
