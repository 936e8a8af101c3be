"""The panels of the statistics page: which figures are crossed with the years, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from api.presenters.charts import Chart, Series, bars, lines
from kb.statistics import Family, Figure, Qualifier, Statistics, Total

_GROUPS = ("ensemble", "traite", "proxenetisme", "exploitation-travail", "exploitation-mendicite")
# Rows of a chart that would otherwise have one for each of fifty nationalities.
_TOP = 12


@dataclass(frozen=True, slots=True)
class Panel:
    """A measure by a dimension and by year. `only` keeps some values of dimensions; `top` that many rows."""

    id: str
    theme: str
    title: str
    measure: str
    by: str
    drawn: str = "barres"
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    top: int | None = None


_VICTIMS, _STAY = (
    "Victimes enregistrées par les services de sécurité",
    "Titres de séjour et délai de réflexion",
)
_CASES, _TRIALS = "Procédures", "Poursuites et condamnations"
PANELS = (
    Panel("par-forme", _VICTIMS, "Selon la forme d'exploitation", "victimes-enregistrees", "form"),
    Panel("par-sexe", _VICTIMS, "Selon le sexe", "victimes-enregistrees", "sex"),
    Panel("par-age", _VICTIMS, "Selon l'âge", "victimes-enregistrees", "age"),
    Panel(
        "par-nationalite",
        _VICTIMS,
        "Selon la nationalité",
        "victimes-par-nationalite",
        "nationality",
        top=_TOP,
    ),
    Panel(
        "creations",
        _STAY,
        "Premières délivrances",
        "titres-delivres",
        "permit",
        "lignes",
        {"operation": ("creation",)},
    ),
    Panel(
        "renouvellements",
        _STAY,
        "Renouvellements",
        "titres-delivres",
        "permit",
        "lignes",
        {"operation": ("renouvellement",)},
    ),
    Panel("recepisses", _STAY, "Délai de réflexion", "recepisses-reflexion", "permit"),
    Panel(
        "procedures",
        _CASES,
        "Procédures enregistrées",
        "procedures-enregistrees",
        "offence",
        "lignes",
        {"offence": _GROUPS},
    ),
    Panel(
        "victimes-procedures",
        _CASES,
        "Victimes liées aux procédures",
        "procedures-victimes",
        "offence",
        "lignes",
        {"offence": _GROUPS},
    ),
    Panel("poursuites", _TRIALS, "Personnes poursuivies, selon la forme", "personnes-poursuivies", "form"),
    Panel("condamnes", _TRIALS, "Personnes condamnées, selon la forme", "personnes-condamnees", "form"),
    Panel(
        "condamnes-nationalite",
        _TRIALS,
        "Personnes condamnées, selon la nationalité",
        "personnes-condamnees-par-nationalite",
        "nationality",
        top=_TOP,
    ),
    Panel("morales", _TRIALS, "Personnes morales condamnées", "personnes-morales-condamnees", "measure"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a total for each year, None where the source gives nothing."""

    label: str
    totals: tuple[Total | None, ...]


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """A panel with its numbers, its drawing, and where they are printed."""

    panel: Panel
    family: Family
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    hidden: int
    svg: Markup
    question: int
    places: tuple[str, ...]
    first_line: int
    last_line: int
    provisional: frozenset[int | None]


def draw(
    statistics: Statistics, figures: Sequence[Figure], form: str = "", years: tuple[int, ...] = ()
) -> tuple[DrawnPanel, ...]:
    """The panels that these figures fill; with a form, those that are broken down by form, for it alone."""
    panels = []
    for panel in PANELS:
        only = {**panel.only, **({"form": (form,)} if form else {})}
        mine = [f for f in figures if f.measure == panel.measure and _has(f, only)]
        if mine:
            panels.append(_drawn(statistics, panel, mine, years or _years(figures, panel)))
    return tuple(panels)


def _years(figures: Sequence[Figure], panel: Panel) -> tuple[int, ...]:
    """The years of the panel's theme: one that a measure lacks is shown as lacking."""
    theme = {p.measure for p in PANELS if p.theme == panel.theme}
    return tuple(sorted({f.year for f in figures if f.measure in theme and f.year is not None}))


def _has(figure: Figure, only: Mapping[str, tuple[str, ...]]) -> bool:
    return all(figure.dimensions.get(name) in values for name, values in only.items())


def _drawn(
    statistics: Statistics, panel: Panel, figures: Sequence[Figure], years: tuple[int, ...]
) -> DrawnPanel:
    family = statistics.family_of(panel.measure)
    rows = _rows(statistics, panel, figures, years)
    filled = [row for row in rows if any(t and (t.known or t.masked) for t in row.totals)]
    chart = _chart(panel, years, filled[: panel.top])
    top = tuple(rows[: panel.top])
    where = [figure.line for figure in figures]
    return DrawnPanel(
        panel,
        family,
        years,
        top,
        len(rows) - len(top),
        lines(chart) if panel.drawn == "lignes" else bars(chart),
        figures[0].question,
        tuple(dict.fromkeys(figure.place for figure in figures)),
        min(where),
        max(where),
        frozenset(f.year for f in figures if f.qualifier is Qualifier.PROVISIONAL),
    )


def _rows(
    statistics: Statistics, panel: Panel, figures: Sequence[Figure], years: tuple[int, ...]
) -> list[Row]:
    """In the order of the labels; by size when only the first ones are drawn."""
    cells: dict[tuple[str, int | None], list[Figure]] = {}
    for figure in figures:
        value = figure.measure if panel.by == "measure" else figure.dimensions.get(panel.by, "")
        cells.setdefault((value, figure.year), []).append(figure)
    present = {value for value, _ in cells}
    if panel.by == "measure":
        names = {m.id: m.label.fr for m in statistics.family_of(panel.measure).measures}
    else:
        names = {value: label.fr for value, label in statistics.labels[panel.by].items()}
    rows = [
        Row(name, tuple(Total.over(cells[value, y]) if (value, y) in cells else None for y in years))
        for value, name in names.items()
        if value in present
    ]
    return (
        sorted(rows, key=lambda row: -(Total.of(t for t in row.totals if t).known or 0))
        if panel.top
        else rows
    )


def _chart(panel: Panel, years: tuple[int, ...], rows: Sequence[Row]) -> Chart:
    text = (
        f"{'Courbes' if panel.drawn == 'lignes' else 'Barres'} ; le tableau qui suit donne les mêmes nombres."
    )
    title = f"{panel.title}, {years[0]} à {years[-1]}" if len(years) > 1 else f"{panel.title}, {years[0]}"
    labels = tuple(str(year) for year in years)
    if panel.drawn == "lignes":
        series = tuple(Series(row.label, row.totals) for row in rows)
        return Chart(f"g-{panel.id}", title, text, labels, series)
    series = tuple(Series(label, tuple(row.totals[i] for row in rows)) for i, label in enumerate(labels))
    return Chart(f"g-{panel.id}", title, text, tuple(row.label for row in rows), series)
