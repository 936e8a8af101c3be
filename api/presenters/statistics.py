"""Figures as the API answers them, in JSON and in CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode

from api.addresses import answer_url, record_url
from api.http.dependencies import check_page
from api.http.statistics_parameters import StatisticsParameters
from api.schemas.statistics import (
    AnomalyNote,
    CheckOut,
    FigureOut,
    GapOut,
    MeasureOut,
    StatisticsResponse,
    TotalOut,
    ValueOut,
)
from kb.statistics import DIMENSIONS, Check, Doubt, Family, Figure, Gap, Label, Measure, Statistics, Total
from service.base import Service
from service.catalogue import Catalogue, answer_record, catalogue_of
from service.statistics import FigureSelection
from workplace.exports.csv_table import inert

_LABELLED = [column for name in DIMENSIONS for column in (name, f"{name}_label")]
COLUMNS = (
    "measure", "label", "unit", "year", "period", *_LABELLED, "value", "suppressed", "reason", "qualifier",
    "document", "question", "place", "source_line", "answer_url",
)  # fmt: skip


def statistics_url(filters: dict[str, list[str]], **more: object) -> str:
    """The API's address of these figures."""
    parameters = [(name, value) for name, values in filters.items() for value in values]
    query = urlencode([*parameters, *((name, str(value)) for name, value in more.items())])
    return f"/v1/statistics?{query}" if query else "/v1/statistics"


def family_url(family: str) -> str:
    """
    >>> family_url("procedures")
    '/statistiques/procedures'
    """
    return f"/statistiques/{quote(family)}"


def present_statistics(
    service: Service, selection: FigureSelection, parameters: StatisticsParameters
) -> StatisticsResponse:
    """A page of figures, with their measures and all that is to be known to read them. Raises PageTooFar."""
    page, size, total = parameters.page, parameters.page_size, len(selection.figures)
    check_page(page, size)
    figures = selection.figures[page * size : (page + 1) * size]
    catalogue = catalogue_of(service.reader)
    measures = tuple(dict.fromkeys(figure.measure for figure in selection.figures))
    notes = present_notes(selection.statistics, measures)

    def address(number: int) -> str:
        return statistics_url(selection.filters, page=number, page_size=size)

    return StatisticsResponse(
        filters=selection.filters,
        page=page,
        page_size=size,
        total=total,
        suppressed=sum(figure.value is None for figure in selection.figures),
        previous_page=address(page - 1) if page else None,
        next_page=address(page + 1) if (page + 1) * size < total else None,
        measures=[_measure(selection, family, measure) for family, measure in _measures(selection, measures)],
        results=[present_figure(figure, selection.statistics, catalogue) for figure in figures],
        csv_url=statistics_url(selection.filters, format="csv"),
        **notes,
    )


def present_notes(statistics: Statistics, measures: Sequence[str]) -> dict[str, Any]:
    """Checks, anomalies and gaps of these measures; the gaps that are of no measure come with all."""
    wanted = set(measures)
    everything = wanted >= {m.id for family in statistics.families for m in family.measures}
    return {
        "checks": [_check(c) for c in statistics.checks if wanted & set(c.measures)],
        "anomalies": [_doubt(d) for d in statistics.doubts if wanted & set(d.measures)],
        "gaps": [
            _gap(g) for g in statistics.gaps if wanted & set(g.measures) or (everything and not g.measures)
        ],
    }


def present_figure(figure: Figure, statistics: Statistics, catalogue: Catalogue) -> FigureOut:
    """One figure, with the names of all its values."""
    family = statistics.family_of(figure.measure)
    measure = next(m for m in family.measures if m.id == figure.measure)
    labels = statistics.labels
    return FigureOut(
        measure=figure.measure,
        label=measure.label.fr,
        unit=measure.unit,
        year=figure.year,
        period=_value(figure.period, labels["period"][figure.period]) if figure.period else None,
        dimensions={n: _value(v, labels[n][v]) for n, v in figure.dimensions.items()},
        value=figure.value,
        suppressed=figure.value is None,
        reason=figure.masked or "",
        qualifier=figure.qualifier or "",
        document=family.document,
        question=figure.question,
        place=figure.place,
        source_line=figure.line,
        answer_url=printed_at(catalogue, family.document, figure.question),
    )


def printed_at(catalogue: Catalogue, document: str, question: int) -> str | None:
    """The page of the answer; of our record of it in a base without the reply; None in a base with neither."""
    if any(known.id == document for known in catalogue.documents):
        return answer_url(document, question)
    stored = answer_record(catalogue, document, question)
    return record_url(stored.record.id) if stored else None


def statistics_csv(service: Service, selection: FigureSelection) -> str:
    """All the figures (RFC 4180, UTF-8 with the mark that spreadsheets look for); no cell is taken for a formula."""
    file, catalogue = StringIO(), catalogue_of(service.reader)
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for figure in selection.figures:
        row = _csv_row(present_figure(figure, selection.statistics, catalogue))
        writer.writerow({name: inert(value) for name, value in row.items()})
    return "\ufeff" + file.getvalue()


def _csv_row(figure: FigureOut) -> dict[str, str]:
    plain = figure.model_dump(exclude={"dimensions", "period", "suppressed"})
    row = {name: "" if value is None else str(value) for name, value in plain.items()}
    for name, value in figure.dimensions.items():
        row |= {name: value.id, f"{name}_label": value.label}
    return row | {
        "period": figure.period.label if figure.period else "",
        "suppressed": "oui" if figure.suppressed else "non",
    }


def _measures(selection: FigureSelection, wanted: Iterable[str]) -> Iterator[tuple[Family, Measure]]:
    for identifier in wanted:
        family = selection.statistics.family_of(identifier)
        yield family, next(m for m in family.measures if m.id == identifier)


def _measure(selection: FigureSelection, family: Family, measure: Measure) -> MeasureOut:
    figures = [figure for figure in selection.figures if figure.measure == measure.id]
    return MeasureOut(
        id=measure.id,
        label=measure.label.fr,
        label_en=measure.label.en,
        unit=measure.unit,
        family=family.id,
        family_title=family.title.fr,
        producer=family.producer,
        scope=family.scope,
        definition=family.definition,
        caveats=list(family.caveats),
        figures=len(figures),
        suppressed=sum(figure.value is None for figure in figures),
        years=sorted({figure.year for figure in figures if figure.year is not None}),
        dimensions=list(dict.fromkeys(name for figure in figures for name in figure.dimensions)),
        url=family_url(family.id),
    )


def _value(identifier: str, label: Label) -> ValueOut:
    return ValueOut(id=identifier, label=label.fr, label_en=label.en)


def _check(check: Check) -> CheckOut:
    return CheckOut(
        id=check.id,
        title=check.title,
        relation=check.relation,
        year=check.year,
        printed=_total(check.left),
        computed=_total(check.right),
        outcome=check.outcome,
        explanation=check.explanation,
    )


def _total(total: Total) -> TotalOut:
    return TotalOut(known=total.known, suppressed=total.masked)


def _doubt(doubt: Doubt) -> AnomalyNote:
    return AnomalyNote(
        id=doubt.id, title=doubt.title, source_lines=list(doubt.lines), explanation=doubt.explanation
    )


def _gap(gap: Gap) -> GapOut:
    return GapOut(place=gap.place, source_lines=list(gap.lines), text=gap.text)
