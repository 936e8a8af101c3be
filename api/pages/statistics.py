"""The statistics: charts with their tables, and every figure of a family with what is to be known of it."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse

from api.http.dependencies import ServiceDep
from api.pages.rendering import page
from api.presenters.charts import written
from api.presenters.statistics import family_url, present_figure, present_notes, printed_at, statistics_url
from api.presenters.statistics_panels import DrawnPanel, draw
from api.schemas.statistics import FigureOut
from kb.errors import UnknownDocument
from kb.statistics import Masked, Qualifier, Total
from service.catalogue import catalogue_of
from service.reference_lookup import checked_name
from service.statistics import select_figures, statistics_of

router = APIRouter()

_REASONS = {
    Masked.SECRET: "masqué (secret statistique)",
    Masked.UNAVAILABLE: "non disponible",
    Masked.EITHER: "masqué ou non disponible",
}
_QUALIFIERS = {
    Qualifier.PROVISIONAL: "(provisoire)",
    Qualifier.ABOUT: "environ",
    Qualifier.MORE_THAN: "plus de",
    Qualifier.NEARLY: "près de",
}


def _family_name(name: Annotated[str, Path()]) -> str:
    return checked_name(name)


def _csv_url(drawn: DrawnPanel, form: str) -> str:
    filters = {"measure": [drawn.panel.measure], **({"form": [form]} if form else {})}
    return statistics_url(filters, format="csv")


def written_figure(figure: FigureOut) -> str:
    """As a page writes it: its value with what the source says of it, or why it has none."""
    if figure.value is None:
        return _REASONS[Masked(figure.reason)]
    text = written(Total(figure.value))
    return f"{_QUALIFIERS[Qualifier(figure.qualifier)]} {text}".strip() if figure.qualifier else text


@router.get("/statistiques")
def statistics(request: Request, service: ServiceDep, forme: str = "") -> HTMLResponse:
    """Charts by theme, for every form of exploitation or for one."""
    selection = select_figures(service.database, {"form": [forme]} if forme else {})
    chosen = selection.filters.get("form", [""])[0]
    known, everything = statistics_of(service.database)
    catalogue = catalogue_of(service.reader)
    measured = {f.dimensions["form"] for f in everything if f.measure == "victimes-enregistrees"}
    drawn = draw(known, everything, chosen)
    measures = [m.id for family in known.families for m in family.measures]
    return page(
        request,
        "statistics.html",
        {
            "themes": [(theme, list(same)) for theme, same in groupby(drawn, key=lambda d: d.panel.theme)],
            "forms": [
                (value, label.fr)
                for value, label in known.labels.get("form", {}).items()
                if value in measured
            ],
            "form": chosen,
            "families": known.families,
            "suppressed": sum(figure.value is None for figure in everything),
            "total": len(everything),
            "written": written,
            "family_url": family_url,
            "csv_url": lambda panel: _csv_url(panel, chosen),
            "answer_url": lambda panel: printed_at(catalogue, panel.family.document, panel.question),
            **present_notes(known, measures),
            "api_url": statistics_url(selection.filters),
        },
    )


@router.get("/statistiques/{name}")
def family(
    request: Request, service: ServiceDep, name: Annotated[str, Depends(_family_name)]
) -> HTMLResponse:
    """Every figure of a family."""
    known, _ = statistics_of(service.database)
    chosen = next((f for f in known.families if f.id == name), None)
    if chosen is None:
        raise UnknownDocument(f"Aucune famille de statistiques « {name[:100]} ».", hint="Voir /statistiques.")
    selection = select_figures(service.database, {"family": [name]})
    catalogue = catalogue_of(service.reader)
    return page(
        request,
        "statistics_family.html",
        {
            "family": chosen,
            "names": known.names,
            "figures": [present_figure(figure, known, catalogue) for figure in selection.figures],
            "written": written_figure,
            "periods": any(figure.period for figure in selection.figures),
            "qualified": any(figure.qualifier for figure in selection.figures),
            "csv_url": statistics_url(selection.filters, format="csv"),
            **present_notes(known, [measure.id for measure in chosen.measures]),
            "api_url": statistics_url(selection.filters),
        },
    )
