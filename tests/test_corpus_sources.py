"""What lies in the sources folder: the layout, what is refused, what makes a source another one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.source_reading import read_source
from corpus.sources import STARTER_KEY, STATISTICS_KEY, Source, discover, select_codes
from kb.errors import InvalidDate, InvalidInput, UnreadableSource
from tests.source_folder import CESEDA, PENAL, PENAL_ARTICLES, write_code, write_penal, write_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_sources(tmp_path)


def by_key(folder: Path) -> dict[str, Source]:
    return {source.key: source for source in discover(folder)}


def test_codes_replies_and_our_records_are_sources_the_records_last(folder: Path) -> None:
    found = discover(folder)
    assert [s.key for s in found] == [
        f"code/{CESEDA}",
        f"code/{PENAL}",
        "questionnaire/reponse",
        STARTER_KEY,
        STATISTICS_KEY,
    ]
    assert [s.text_id for s in found] == [CESEDA, PENAL, None, None, None]


def test_all_the_dates_of_a_code_are_one_source_oldest_first(folder: Path) -> None:
    write_code(folder, PENAL, "Code pénal", PENAL_ARTICLES, day="2010-08-11")
    source = by_key(folder)[f"code/{PENAL}"]
    assert [(f.path, f.day) for f in source.read()] == [
        (f"codes/2010-08-11/{PENAL}.md", date(2010, 8, 11)),
        (f"codes/2026-04-03/{PENAL}.md", date(2026, 4, 3)),
    ]


@pytest.mark.parametrize("folder_exists", [True, False])
def test_without_any_official_text_there_are_still_our_records(tmp_path: Path, folder_exists: bool) -> None:
    if folder_exists:
        (tmp_path / "sources").mkdir()
    assert [s.key for s in discover(tmp_path / "sources")] == [STARTER_KEY, STATISTICS_KEY]


@pytest.mark.parametrize("day", ["2026-02-30", "avril", "20260403", "2026-W14-5", "2026-4-3"])
def test_a_folder_of_codes_must_be_named_by_a_date_that_exists(folder: Path, day: str) -> None:
    write_code(folder, PENAL, "Code pénal", PENAL_ARTICLES, day=day)
    with pytest.raises(InvalidDate, match=f"codes/{day} ") as refusal:
        discover(folder)
    assert "2026-04-03" in refusal.value.hint


def test_two_codes_with_the_same_text_are_told_of_each_other(folder: Path) -> None:
    write_code(folder, CESEDA, "Un autre code", PENAL_ARTICLES)
    found = by_key(folder)
    assert found[f"code/{PENAL}"].twins == (CESEDA,)
    (anomaly,) = (a for a in read_source(found[f"code/{CESEDA}"]).anomalies if a.kind == "texte_jumeau")
    assert PENAL in anomaly.message


def test_a_code_unlike_any_other_has_no_twin(folder: Path) -> None:
    assert {source.twins for source in discover(folder)} == {()}


@pytest.mark.sources
def test_the_two_codes_published_twice_are_found(sources: Path) -> None:
    twins = {s.text_id: s.twins for s in discover(sources) if s.twins}
    assert twins == {
        "LEGITEXT000006071007": ("LEGITEXT000037673300",),
        "LEGITEXT000037673300": ("LEGITEXT000006071007",),
        "LEGITEXT000006074068": ("LEGITEXT000031712069",),
        "LEGITEXT000031712069": ("LEGITEXT000006074068",),
    }


@pytest.mark.parametrize("name", ["LEGITEXT00000607071.md", "LEGITEXT000006070719 (1).md", "LEGITEXT.md"])
def test_a_code_file_with_a_wrong_name_is_refused_by_name(folder: Path, name: str) -> None:
    (folder / "codes" / "2026-04-03" / name).write_text("x", encoding="utf-8")
    with pytest.raises(UnreadableSource) as refusal:
        discover(folder)
    assert name in refusal.value.message


def test_a_file_that_is_a_folder_cannot_be_read(folder: Path) -> None:
    (folder / "questionnaire" / "autre.txt").mkdir()
    with pytest.raises(UnreadableSource, match=r"autre\.txt ne peut pas être lu"):
        discover(folder)


def test_the_fingerprint_changes_with_the_content_and_with_nothing_else(folder: Path) -> None:
    before = by_key(folder)
    path = write_penal(folder)
    path.touch()
    assert by_key(folder) == before
    path.write_bytes(path.read_bytes() + b" ")
    after = by_key(folder)
    assert {key for key in after if after[key].fingerprint != before[key].fingerprint} == {f"code/{PENAL}"}


def test_another_table_of_reforms_makes_each_code_another_source(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = by_key(folder)
    monkeypatch.setattr("corpus.sources.reforms_data", lambda: b"autre table")
    after = by_key(folder)
    changed = {key for key in after if after[key].fingerprint != before[key].fingerprint}
    assert changed == {f"code/{CESEDA}", f"code/{PENAL}"}


def test_a_snapshot_more_or_under_another_date_is_another_fingerprint(folder: Path) -> None:
    one = by_key(folder)[f"code/{PENAL}"].fingerprint
    write_code(folder, PENAL, "Code pénal", PENAL_ARTICLES, day="2010-08-11")
    two = by_key(folder)[f"code/{PENAL}"].fingerprint
    (folder / "codes" / "2010-08-11").rename(folder / "codes" / "2011-08-11")
    assert len({one, two, by_key(folder)[f"code/{PENAL}"].fingerprint}) == 3


@pytest.mark.parametrize("codes", [(), ("all",), ("all", "ceseda")])
def test_every_code_is_read_when_none_is_named(folder: Path, codes: tuple[str, ...]) -> None:
    assert select_codes(discover(folder), codes) == discover(folder)


@pytest.mark.parametrize("name", ["code-penal", "Code pénal", "CP", "code pénale"])
def test_a_code_is_chosen_by_any_of_its_names_with_all_that_is_no_code(folder: Path, name: str) -> None:
    chosen = select_codes(discover(folder), (name,))
    assert [s.key for s in chosen] == [f"code/{PENAL}", "questionnaire/reponse", STARTER_KEY, STATISTICS_KEY]


@pytest.mark.parametrize("name", ["code-postal", "code-du-sport", "x"])
def test_a_code_that_is_unknown_or_not_there_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match=f"« {name} » n'est pas dans le dossier") as refusal:
        select_codes(discover(folder), ("code-penal", name))
    assert "code-penal" in refusal.value.hint
