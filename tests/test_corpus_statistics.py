"""The starter statistics: every file is sound, sums agree with the totals printed, and a slip is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.statistics import StatisticsReading, read_statistics
from kb.errors import UnreadableSource
from kb.statistics import Figure, Masked, Outcome, Total

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "statistics"
FILES = {path.name: path.read_bytes() for path in FOLDER.iterdir()}


@pytest.fixture(scope="module")
def reading() -> StatisticsReading:
    return read_statistics(FILES)


def total(reading: StatisticsReading, **wanted: object) -> Total:
    def has(figure: Figure) -> bool:
        known = {"measure": figure.measure, "year": figure.year, **figure.dimensions}
        return all(known.get(name) == value for name, value in wanted.items())

    return Total.over(f for f in reading.figures if has(f))


def test_every_file_has_its_descriptor_and_every_descriptor_its_file() -> None:
    tables = {name.removesuffix(".csv") for name in FILES if name.endswith(".csv")}
    described = {name.removesuffix(".yaml") for name in FILES if name.endswith(".yaml")}
    assert described - tables == {"dimensions", "controles"}
    assert tables <= described


def test_every_table_of_the_third_part_is_there_whole(reading: StatisticsReading) -> None:
    cells = Counter((f.measure, f.year) for f in reading.figures)
    assert [cells["victimes-enregistrees", y] for y in (2021, 2022, 2023)] == [72, 72, 72]
    assert [cells["victimes-par-nationalite", y] for y in (2021, 2022, 2023)] == [56, 71, 62]
    assert [cells["personnes-poursuivies", y] for y in (2021, 2022, 2023)] == [72, 108, 0]
    assert [cells["personnes-condamnees", y] for y in (2021, 2022, 2023)] == [72, 0, 0]
    assert [cells["personnes-condamnees-par-nationalite", y] for y in (2021, 2022, 2023)] == [45, 57, 117]
    assert [cells["procedures-enregistrees", y] for y in (2021, 2022, 2023)] == [9, 9, 9]
    assert [cells["titres-delivres", y] for y in (2021, 2022, 2023)] == [6, 6, 6]


@pytest.mark.parametrize(("year", "printed"), [(2021, 1811), (2022, 2027), (2023, 2143)])
def test_both_tables_of_victims_sum_to_the_total_printed(
    reading: StatisticsReading, year: int, printed: int
) -> None:
    assert total(reading, measure="procedures-victimes", offence="ensemble", year=year).known == printed
    assert total(reading, measure="victimes-enregistrees", year=year).known == printed
    assert total(reading, measure="victimes-par-nationalite", year=year).known == printed


def test_what_is_masked_in_a_form_is_counted_with_the_unknown_forms(reading: StatisticsReading) -> None:
    """Both tables have the same total, and the row of unknown forms of the one that masks has more."""
    for year in (2021, 2022, 2023):
        form = {"year": year, "form": "forme-inconnue"}
        masking = total(reading, measure="victimes-enregistrees", **form).known or 0
        assert masking > (total(reading, measure="victimes-par-nationalite", **form).known or 0)


def test_every_check_has_the_outcome_that_its_figures_have(reading: StatisticsReading) -> None:
    for check in reading.statistics.checks:
        if check.relation == "recouvrement":
            assert (check.left.known or 0) <= (check.right.known or 0), check
        elif check.outcome is Outcome.EXACT:
            assert check.left.known == check.right.known, check
        else:
            assert check.left.known != check.right.known, check
            assert check.explanation, check


def test_the_known_discrepancies_are_these(reading: StatisticsReading) -> None:
    found = Counter(c.id for c in reading.statistics.checks if c.outcome is Outcome.DISCREPANCY)
    assert found == {
        "exploitation-sexuelle-deux-tableaux": 1,
        "forme-inconnue-deux-tableaux": 3,
        "proxenetisme-et-exploitation-sexuelle": 2,
        "travail-infraction-et-forme": 3,
        "mendicite-infraction-et-forme": 2,
        "mineurs-parmi-les-accompagnes": 1,
        "sites-inspection": 1,
    }


def test_a_masked_figure_has_no_value_and_says_why(reading: StatisticsReading) -> None:
    masked = [f for f in reading.figures if f.masked]
    assert Counter(f.masked for f in masked)[Masked.SECRET] == 1
    assert all(f.value is None for f in masked)
    assert all(f.value is not None for f in reading.figures if not f.masked)


def test_every_value_of_a_dimension_is_named_in_both_languages_and_used(reading: StatisticsReading) -> None:
    used: dict[str, set[str]] = {"period": {f.period for f in reading.figures if f.period}}
    for figure in reading.figures:
        for name, value in figure.dimensions.items():
            used.setdefault(name, set()).add(value)
    assert used == {name: set(values) for name, values in reading.statistics.labels.items()}
    assert all(
        label.fr and label.en for values in reading.statistics.labels.values() for label in values.values()
    )


def test_families_dimensions_are_the_columns_of_their_files(reading: StatisticsReading) -> None:
    for family in reading.statistics.families:
        used = {name for f in reading.figures if f.family == family.id for name in f.dimensions}
        assert used == set(family.dimensions), family.id


def spoilt(name: str, old: str, new: str) -> dict[str, bytes]:
    text = FILES[name].decode()
    assert old in text
    return {**FILES, name: text.replace(old, new, 1).encode()}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("procedures.csv", "1147", "", "value, suppressed"),
        ("procedures.csv", "1147,", "1147,secret", "value, suppressed"),
        ("procedures.csv", "1147", "beaucoup", "value"),
        ("procedures.csv", "1147", "-1", "value"),
        ("procedures.csv", "ensemble,1811", "ensemble,1812", "contre ce qui est annoncé"),
        ("procedures.csv", "2021,", "1821,", "year"),
        ("procedures.csv", "ensemble", "tout", "« tout » n'est pas dans"),
        ("procedures.csv", "procedures-enregistrees", "inconnue", "mesure inconnue"),
        ("procedures.csv", "year,", "annee,", "la première ligne"),
        ("procedures.csv", "4106\n", "4106,5\n", "cellules"),
        ("procedures.csv", "procedures-victimes,ensemble,1811", "procedures-enregistrees,ensemble,1", "deux"),
        ("procedures.yaml", "producer:", "auteur:", "producer"),
        ("procedures.yaml", "columns:", "columns: [", "YAML illisible"),
        ("dimensions.yaml", "label_en: Sex", "english: Sex", "sex"),
        ("controles.yaml", "relation: egal", "relation: presque", "relation"),
        ("controles.yaml", "offence: ensemble", "offence: rien", "aucun chiffre"),
        ("controles.yaml", "mesures: [agrasc-fonds]", "mesures: [agrasc]", "agrasc"),
    ],
)
def test_a_slip_is_refused_with_the_name_of_the_file(name: str, old: str, new: str, told: str) -> None:
    with pytest.raises(UnreadableSource) as refusal:
        read_statistics(spoilt(name, old, new))
    # A figure that was changed is told by the check that it breaks.
    assert name in refusal.value.message or "controles.yaml" in refusal.value.message
    assert told in refusal.value.message


@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_a_file_are_refused_in_french(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"Statistiques, « procedures\.csv »"):
        read_statistics({**FILES, "procedures.csv": data})


def test_a_missing_descriptor_is_told() -> None:
    files = {name: data for name, data in FILES.items() if name != "procedures.yaml"}
    with pytest.raises(UnreadableSource, match=r"procedures\.yaml"):
        read_statistics(files)


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6))))
def test_a_sum_counts_what_is_masked_and_never_takes_it_for_zero(values: list[int | None]) -> None:
    found = Total.of(Total(value, int(value is None)) for value in values)
    known = [value for value in values if value is not None]
    assert found == Total(sum(known) if known else None, values.count(None))
