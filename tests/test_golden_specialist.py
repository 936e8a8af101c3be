"""What a specialist of trafficking looks up: that the base has it, and that its own reference finds it first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.retrieval.foreign_law import abroad
from kb.progress import silent
from service.base import Service, open_service
from service.build import build
from service.coverage import Holding, ReferenceCoverage, SoughtReference, counted, cover, read_references
from service.record_age import AgeRemark, passed_days, record_ages
from service.settings import Settings

LIST = Path(__file__).parent / "golden" / "specialist.toml"
# Of the references; the specialist's own measure.
LEAST_HELD, LEAST_FOUND = 0.95, 0.98
ABSENT = ("cpp/", "code-de-l-action-sociale", "code-de-la-sante", "loi/", "ordonnance/", "decret/", "circulaire/",
          "coe/", "onu/", "oit/", "eu/", "cedh/", "cjue/", "ce/", "cc/", "cnda/", "cass/")  # fmt: skip
CODES = ("code-penal", "ceseda", "code-civil", "code-de-l-organisation-judiciaire", "code-travail")


@pytest.fixture(scope="module")
def sought() -> tuple[SoughtReference, ...]:
    return read_references(LIST)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Our records and no official text."""
    settings = Settings(home=tmp_path_factory.mktemp("base"), sources=tmp_path_factory.mktemp("vide"))
    build(settings, (), silent)
    service = open_service(settings)
    yield service
    service.close()


@pytest.fixture(scope="module")
def coverage(alone: Service, sought: tuple[SoughtReference, ...]) -> tuple[ReferenceCoverage, ...]:
    return cover(alone, sought)


def test_the_list_is_long_and_writes_each_reference_in_three_ways(
    sought: tuple[SoughtReference, ...],
) -> None:
    assert len(sought) >= 250
    assert len({one.id for one in sought}) == len(sought)
    assert {len(set(one.spellings)) for one in sought} == {3}


def test_what_has_no_official_text_here_has_our_record(coverage: tuple[ReferenceCoverage, ...]) -> None:
    absent = [one for one in coverage if one.sought.id.startswith(ABSENT)]
    assert [one.sought.id for one in absent if one.holding is not Holding.RECORD] == []


def test_each_is_found_first_by_its_own_reference(coverage: tuple[ReferenceCoverage, ...]) -> None:
    held = [one for one in coverage if one.holding in (Holding.TEXT, Holding.RECORD)]
    lost = [spelling for one in held for spelling in one.lost]
    assert 1 - len(lost) / sum(len(one.sought.spellings) for one in held) >= LEAST_FOUND, lost


def test_no_french_reference_is_taken_for_the_law_of_another_country(
    sought: tuple[SoughtReference, ...],
) -> None:
    french = [one for one in sought if not one.id.startswith(("cedh/", "cjue/"))]
    assert [s for one in french for s in one.spellings if abroad(s)] == []


@pytest.mark.sources
@pytest.mark.slow
def test_with_the_official_texts_nearly_all_is_held(
    sources: Path, sought: tuple[SoughtReference, ...], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, sources=sources)
    build(settings, CODES, silent)
    service = open_service(settings)
    counts = counted(cover(service, sought))
    service.close()
    assert (counts[Holding.TEXT] + counts[Holding.RECORD]) / len(sought) >= LEAST_HELD, counts


def test_a_day_to_come_that_has_come_is_told() -> None:
    text = "Le règlement est prolongé jusqu'en avril 2026, le plan court jusqu'au 5 mai 2027."
    assert passed_days(text, date(2025, 3, 31), date(2026, 12, 1)) == (date(2026, 4, 1),)


def test_records_never_read_and_records_grown_old_are_told(alone: Service) -> None:
    young, old = (record_ages(alone, date(year, 12, 1)) for year in (2026, 2029))
    assert AgeRemark.NEVER_READ in {one.remark for one in young}
    assert AgeRemark.OLD not in {one.remark for one in young}
    assert AgeRemark.OLD in {one.remark for one in old}
