"""Charts as SVG, made here: grouped bars and lines, for a screen, a telephone and a black-and-white print.

Colours and strokes are in the style sheet, by class: the pages allow no inline style. Series also differ by hatching,
dash and marker. What is masked is drawn as such, never as a bar of length zero; the table beside has the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from kb.statistics import Number, Total

# In units of the drawing, which fills a telephone's width at about one pixel each.
WIDTH = 360
_BAR, _GAP, _LABEL, _VALUES = 13, 3, 17, 78
_PLOT, _TOP, _SIDE = 190, 14, 44
_APART = 12
MAX_SERIES = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a total for each category, None where the source gives nothing."""

    name: str
    values: tuple[Total | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `id` is unique on the page; `title` and `text` are for those who do not see it."""

    id: str
    title: str
    text: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def written(total: Total | None) -> str:
    """
    A sum of zeros and of masked figures says nothing of what is masked.

    >>> [written(t) for t in (Total(1044), Total(25, 2), Total(0, 1), Total(None, 3), None)]
    ['1\u202f044', '≥\u00a025', 'masqué', 'masqué', 'non publié']
    """
    if total is None:
        return "non publié"
    if total.known is None or (total.masked and not total.known):
        return "masqué"
    return f"≥\u00a0{_figure(total.known)}" if total.masked else _figure(total.known)


def _figure(value: Number) -> str:
    return f"{value:,}".replace(",", "\u202f").replace(".", ",")


def bars(chart: Chart) -> Markup:
    """Horizontal bars, one group a category, each with its number at its end."""
    top = max((t.known or 0 for s in chart.series for t in s.values if t), default=0) or 1
    parts, y = list(_legend(chart, dashes=False)), _legend_height(chart)
    for index, category in enumerate(chart.categories):
        parts.append(Markup('<text x="0" y="{}" class="label">{}</text>').format(y + 11, category))
        y += _LABEL
        for rank, series in enumerate(chart.series):
            parts.append(_bar(chart, rank, series.values[index], y, top))
            y += _BAR + _GAP
        y += 6
    return _drawing(chart, parts, y)


def _bar(chart: Chart, rank: int, total: Total | None, y: int, top: Number) -> Markup:
    text = Markup('<text x="{}" y="{}" class="value">{}</text>')
    if total is None or total.known is None or (total.masked and not total.known):
        hatched = Markup('<rect x="0.5" y="{}" width="16" height="{}" class="masked"/>').format(y, _BAR)
        return (hatched if total else Markup("")) + text.format(21 if total else 0, y + 11, written(total))
    width = round((WIDTH - _VALUES) * total.known / top, 1)
    shape = Markup('<rect x="0" y="{}" width="{}" height="{}" {}/>').format(
        y, width, _BAR, _fill(chart, rank)
    )
    return shape + text.format(width + 5, y + 11, written(total))


def lines(chart: Chart) -> Markup:
    """One line a series over the categories; a category without a number breaks it."""
    top = max((t.known or 0 for s in chart.series for t in s.values if t), default=0) or 1
    first, count = _legend_height(chart) + _TOP, len(chart.categories)
    step = (WIDTH - 2 * _SIDE) / max(count - 1, 1)
    parts = [*_legend(chart, dashes=True), *_axis(chart, first, step)]
    placed: list[list[float]] = [[] for _ in chart.categories]
    for rank, series in enumerate(chart.series):
        points = [
            (i, _SIDE + i * step, first + _PLOT * (1 - t.known / top), t)
            for i, t in enumerate(series.values)
            if t is not None and t.known is not None
        ]
        for (before, x1, y1, _), (after, x2, y2, _) in pairwise(points):
            if after == before + 1:
                line = '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" class="line l{}"/>'
                parts.append(Markup(line).format(x1, y1, x2, y2, rank + 1))
        for index, x, y, total in points:
            parts.append(_marker(rank, x, y))
            if all(abs(y - other) >= _APART for other in placed[index]):
                placed[index].append(y)
                value = '<text x="{:.1f}" y="{:.1f}" class="value middle">{}</text>'
                parts.append(Markup(value).format(x, y - 7, written(total)))
    return _drawing(chart, parts, first + _PLOT + 22)


def _axis(chart: Chart, first: int, step: float) -> Iterator[Markup]:
    base = first + _PLOT
    yield Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}" class="axis"/>').format(base, WIDTH)
    for index, category in enumerate(chart.categories):
        text = Markup('<text x="{:.1f}" y="{}" class="label middle">{}</text>')
        yield text.format(_SIDE + index * step, base + 16, category)


def _marker(rank: int, x: float, y: float) -> Markup:
    """A disc, a square, a triangle, then hollow ones."""
    kind, hollow = rank % 3, " hollow" if rank > 2 else ""
    classes = f"marker m{rank + 1}{hollow}"
    if kind == 0:
        return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="4" class="{}"/>').format(x, y, classes)
    if kind == 1:
        square = Markup('<rect x="{:.1f}" y="{:.1f}" width="8" height="8" class="{}"/>')
        return square.format(x - 4, y - 4, classes)
    corners = f"{x:.1f},{y - 5:.1f} {x + 5:.1f},{y + 4:.1f} {x - 5:.1f},{y + 4:.1f}"
    return Markup('<polygon points="{}" class="{}"/>').format(corners, classes)


def _legend(chart: Chart, *, dashes: bool) -> Iterator[Markup]:
    for rank, series in enumerate(chart.series if len(chart.series) > 1 else ()):
        y = rank * _LABEL
        if dashes:
            line = '<line x1="0" y1="{0}" x2="24" y2="{0}" class="line l{1}"/>'
            yield Markup(line).format(y + 8, rank + 1) + _marker(rank, 12, y + 8)
        else:
            yield Markup('<rect x="0" y="{}" width="22" height="11" {}/>').format(y + 2, _fill(chart, rank))
        yield Markup('<text x="30" y="{}" class="label">{}</text>').format(y + 12, series.name)


def _legend_height(chart: Chart) -> int:
    return len(chart.series) * _LABEL + 8 if len(chart.series) > 1 else 2


def _fill(chart: Chart, rank: int) -> Markup:
    """Plain for the first series, hatched, then dotted: told apart without colour."""
    plain = Markup('class="chart-bar b{}"').format(rank + 1)
    return plain if rank % 3 == 0 else plain + Markup(' fill="url(#{}-{})"').format(chart.id, rank % 3)


def _patterns(chart: Chart) -> Markup:
    pattern = (
        '<pattern id="{0}-{1}" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" class="ground{1}"/><path d="{2}" class="ink{1}"/></pattern>'
    )
    shapes: Sequence[tuple[int, str]] = ((1, "M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5"), (2, "M2,3 h2"))
    return Markup("").join(Markup(pattern).format(chart.id, rank, shape) for rank, shape in shapes)


def _drawing(chart: Chart, parts: Sequence[Markup], height: int) -> Markup:
    return Markup(
        '<svg class="chart" role="img" viewBox="0 0 {width} {height}" aria-labelledby="{id}-titre {id}-texte">'
        '<title id="{id}-titre">{title}</title><desc id="{id}-texte">{text}</desc>'
        "<defs>{patterns}</defs>{parts}</svg>"
    ).format(
        width=WIDTH,
        height=height,
        id=chart.id,
        title=chart.title,
        text=chart.text,
        patterns=_patterns(chart),
        parts=Markup("").join(parts),
    )
