"""The starter statistics: tidy CSV files, a YAML descriptor beside each, the labels, and the checks.

    <family>.csv      one figure a line
    <family>.yaml     who counted what, in which unit, with which caveats
    dimensions.yaml   the names of the values
    controles.yaml    figures compared with each other, anomalies, lacks

Bytes in, values out. Any slip makes the file unreadable: a wrong figure would mislead.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.reconciling import reconcile
from corpus.statistics_schema import ChecksFile, DimensionEntry, FamilyFile, FigureRow
from kb.errors import UnreadableSource
from kb.ids import DocumentId
from kb.statistics import DIMENSIONS, Doubt, Family, Figure, Gap, Label, Measure, Statistics

LABELS, CHECKS = "dimensions.yaml", "controles.yaml"
_PERIOD = "period"
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is there
_Labels = dict[str, DimensionEntry]
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class StatisticsReading:
    """All the files, read."""

    statistics: Statistics
    figures: tuple[Figure, ...]


def read_statistics(files: Mapping[str, bytes]) -> StatisticsReading:
    """Read the files by their name. Raises UnreadableSource, which names the file and the place."""
    labels = _labels(files)
    names = sorted(name.removesuffix(".csv") for name in files if name.endswith(".csv"))
    entries = {name: _checked(FamilyFile, files, f"{name}.yaml") for name in names}
    families = [_family(name, entry) for name, entry in entries.items()]
    figures = [f for family in families for f in _figures(family, entries[family.id].columns, files, labels)]
    checks = _checked(ChecksFile, files, CHECKS)
    _no_unknown_measure(checks, families)
    try:
        reconciled = tuple(check for entry in checks.rapprochements for check in reconcile(entry, figures))
    except ValueError as error:
        raise _refused(CHECKS, str(error)) from error
    statistics = Statistics(
        families=tuple(families),
        names={dimension: entry.named() for dimension, entry in labels.items()},
        labels={d: {v: e.named() for v, e in entry.values.items()} for d, entry in labels.items()},
        checks=reconciled,
        doubts=tuple(
            Doubt(e.id, e.titre, tuple(e.lignes), tuple(e.mesures), e.explication) for e in checks.anomalies
        ),
        gaps=tuple(Gap(e.place, tuple(e.lignes), tuple(e.mesures), e.texte) for e in checks.manques),
    )
    return StatisticsReading(statistics, tuple(figures))


def _labels(files: Mapping[str, bytes]) -> _Labels:
    try:
        return TypeAdapter(_Labels).validate_python(_yaml(files, LABELS))
    except ValidationError as error:
        raise _refused(LABELS, _said(error)) from error


def _family(name: str, entry: FamilyFile) -> Family:
    return Family(
        id=name,
        title=Label(entry.title, entry.title_en),
        producer=entry.producer,
        scope=entry.scope,
        definition=entry.definition,
        caveats=tuple(entry.caveats),
        document=DocumentId(entry.document),
        dimensions=tuple(column for column in entry.columns if column in DIMENSIONS),
        measures=tuple(Measure(m, e.named(), e.unit) for m, e in entry.measures.items()),
    )


def _figures(
    family: Family, columns: list[str], files: Mapping[str, bytes], labels: _Labels
) -> Iterator[Figure]:
    path = f"{family.id}.csv"
    reader = csv.reader(io.StringIO(_text(files, path)), strict=True)
    identities: set[tuple[object, ...]] = set()
    measures = {measure.id for measure in family.measures}
    try:
        if next(reader, None) != columns:
            raise _refused(path, f"la première ligne doit être {','.join(columns)}")
        for cells in reader:
            row = _row(path, reader.line_num, columns, cells)
            key = (row.measure, row.year, row.period, *row.dimensions().items())
            if row.measure not in measures or key in identities:
                raise _refused(path, f"ligne {reader.line_num} : mesure inconnue, ou chiffre donné deux fois")
            identities.add(key)
            _known(row, labels, path, reader.line_num)
            yield _figure(family, row)
    except csv.Error as error:
        raise _refused(path, f"ligne {reader.line_num} : {error}") from error


def _row(path: str, line: int, columns: Sequence[str], cells: Sequence[str]) -> FigureRow:
    if len(cells) != len(columns):
        raise _refused(path, f"ligne {line} : {len(cells)} cellules au lieu de {len(columns)}")
    try:
        return FigureRow.model_validate(dict(zip(columns, cells, strict=True)))
    except ValidationError as error:
        raise _refused(path, f"ligne {line} : {_said(error)}") from error


def _figure(family: Family, row: FigureRow) -> Figure:
    return Figure(
        family=family.id,
        measure=row.measure,
        year=row.year,
        value=row.value,
        masked=row.suppressed,
        question=row.question,
        place=row.place,
        line=row.source_line,
        period=row.period,
        qualifier=row.qualifier,
        dimensions=row.dimensions(),
    )


def _known(row: FigureRow, labels: _Labels, path: str, line: int) -> None:
    for dimension, value in (*row.dimensions().items(), *([(_PERIOD, row.period)] if row.period else ())):
        if dimension not in labels or value not in labels[dimension].values:
            raise _refused(path, f"ligne {line} : « {value} » n'est pas dans {LABELS}")


def _no_unknown_measure(checks: ChecksFile, families: Sequence[Family]) -> None:
    counted = Counter(measure.id for family in families for measure in family.measures)
    measures = {m for doubt in checks.anomalies for m in doubt.mesures}
    measures |= {m for gap in checks.manques for m in gap.mesures}
    if wrong := sorted(measures - counted.keys()) + [m for m, count in counted.items() if count > 1]:
        raise _refused(CHECKS, f"mesures inconnues ou données deux fois : {', '.join(wrong)}")


def _checked(model: type[_Model], files: Mapping[str, bytes], path: str) -> _Model:
    try:
        return model.model_validate(_yaml(files, path))
    except ValidationError as error:
        raise _refused(path, _said(error)) from error


def _yaml(files: Mapping[str, bytes], path: str) -> object:
    try:
        return yaml.load(_text(files, path), Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _refused(path, f"YAML illisible ({error})") from error


def _text(files: Mapping[str, bytes], path: str) -> str:
    try:
        return files[path].decode("utf-8")
    except KeyError as error:
        raise _refused(path, "ce fichier manque") from error
    except UnicodeDecodeError as error:
        raise _refused(path, f"octet {error.start} non UTF-8") from error


def _said(error: ValidationError) -> str:
    """Where the first fault stands, and what it is."""
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))} : {first['msg']}"


def _refused(path: str, why: str) -> UnreadableSource:
    return UnreadableSource(f"Statistiques, « {path} » : {why}.", hint="Corrigez le fichier.")
