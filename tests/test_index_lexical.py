"""The word index: BM25 order, limits of code and date, and passages that really go."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.engines.tantivy_words import MAX_TERMS, SPARE, LexicalDocument, LexicalIndex, LexicalWriter
from kb.errors import BuildFailed

DAY = date(2020, 1, 1)


def write(folder: Path, *documents: LexicalDocument) -> LexicalIndex:
    writer = LexicalWriter(folder)
    for document in documents:
        writer.add(document)
    writer.commit()
    return LexicalIndex(folder)


def doc(key: int, text: str, heading: str = "", code: str = "code-penal") -> LexicalDocument:
    return LexicalDocument(key, text, heading, code)


def keys(index: LexicalIndex, *words: str, codes: tuple[str, ...] = (), on: date | None = None) -> list[int]:
    weighted = dict.fromkeys(words, 1.0)
    return [k for k, _ in index.search(weighted, 10, heading_weight=0.5, codes=codes, on=on)]


def test_the_passage_that_says_it_more_in_fewer_words_comes_first(tmp_path: Path) -> None:
    index = write(
        tmp_path / "w",
        doc(1, "La traite est punie, comme bien d'autres infractions que ce code énumère ailleurs."),
        doc(2, "Traite et traite aggravée."),
        doc(3, "Le proxénétisme."),
    )
    assert keys(index, "traite") == [2, 1]


def test_a_rare_word_weighs_more_than_a_common_one(tmp_path: Path) -> None:
    index = write(tmp_path / "w", *(doc(i, "peine prévue") for i in range(8)), doc(9, "servitude prévue"))
    assert keys(index, "pein", "servitud")[0] == 9


def test_a_word_of_the_headings_counts_for_its_weight_only(tmp_path: Path) -> None:
    index = write(tmp_path / "w", doc(1, "traite", "autre"), doc(2, "autre", "traite"))
    in_text, in_heading = (score for _, score in index.search({"traite": 1.0}, 5, heading_weight=0.5))
    assert keys(index, "traite") == [1, 2]
    assert in_heading == pytest.approx(in_text / 2, rel=1e-5)


def test_a_weighted_word_counts_for_its_weight(tmp_path: Path) -> None:
    index = write(tmp_path / "w", doc(1, "traite"), doc(2, "organe"))
    assert [k for k, _ in index.search({"traite": 0.4, "organe": 1.0}, 5, heading_weight=0.5)] == [2, 1]


def test_other_codes_are_left_out(tmp_path: Path) -> None:
    index = write(
        tmp_path / "w", doc(1, "traite"), doc(2, "traite", code="ceseda"), doc(3, "traite", code="cpp")
    )
    assert keys(index, "traite", codes=("ceseda",)) == [2]
    assert sorted(keys(index, "traite", codes=("ceseda", "cpp"))) == [2, 3]
    assert keys(index, "traite", codes=("code-civil",)) == []


def test_the_limits_change_no_score(tmp_path: Path) -> None:
    index = write(tmp_path / "w", doc(1, "traite des êtres"), doc(2, "traite"))
    free = index.search({"traite": 1.0}, 5, heading_weight=0.5)
    assert index.search({"traite": 1.0}, 5, heading_weight=0.5, codes=("code-penal",), on=DAY) == free


def test_a_passage_counts_from_its_first_day_to_the_eve_of_its_end(tmp_path: Path) -> None:
    start, end = date(2010, 8, 11), date(2018, 3, 22)
    index = write(
        tmp_path / "w", LexicalDocument(1, "traite", "", "code-penal", start.toordinal(), end.toordinal())
    )
    days = [date(2010, 8, 10), start, date(2018, 3, 21), end]
    assert [keys(index, "traite", on=day) for day in days] == [[], [1], [1], []]


def test_the_best_in_force_are_found_behind_any_number_of_better_ones_that_are_not(tmp_path: Path) -> None:
    past = date(2010, 1, 1).toordinal()
    former = [LexicalDocument(i, "traite traite", "", "code-penal", 0, past) for i in range(SPARE + 20)]
    index = write(tmp_path / "w", *former, doc(9_001, "traite"), doc(9_002, "la traite des êtres humains"))
    assert keys(index, "traite", on=DAY) == [9_001, 9_002]
    assert keys(index, "traite", on=date(2009, 1, 1)) == list(range(10))


def test_a_passage_without_end_is_valid_today(tmp_path: Path) -> None:
    assert keys(write(tmp_path / "w", doc(1, "traite")), "traite", on=date.today()) == [1]


def test_a_removed_passage_is_found_no_more_after_a_commit(tmp_path: Path) -> None:
    write(tmp_path / "w", *(doc(i, f"traite numéro {i}") for i in range(10)))
    writer = LexicalWriter(tmp_path / "w")
    writer.remove([0, 3, 7, 999])
    assert writer.commit() == 7
    index = LexicalIndex(tmp_path / "w")
    assert len(index) == 7
    assert sorted(keys(index, "traite")) == [1, 2, 4, 5, 6, 8, 9]


def test_a_passage_replaced_in_the_same_folder_is_there_once(tmp_path: Path) -> None:
    write(tmp_path / "w", doc(1, "traite"), doc(2, "traite"))
    writer = LexicalWriter(tmp_path / "w")
    writer.remove([1])
    writer.add(doc(3, "proxénétisme"))
    assert writer.commit() == 2
    index = LexicalIndex(tmp_path / "w")
    assert (keys(index, "traite"), keys(index, "proxenete")) == ([2], [3])


def test_nothing_to_remove_is_no_fault(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path / "w")
    writer.add(doc(1, "traite"))
    writer.remove([])
    assert writer.commit() == 1


def test_an_empty_index_and_a_question_without_words_give_nothing(tmp_path: Path) -> None:
    index = write(tmp_path / "w")
    assert (len(index), keys(index, "traite"), keys(index)) == (0, [], [])


def test_a_question_of_more_words_than_allowed_keeps_the_rarest(tmp_path: Path) -> None:
    texts = [doc(i, " ".join(f"mot{n}" for n in range(i, 2 * MAX_TERMS))) for i in range(2 * MAX_TERMS)]
    index = write(tmp_path / "w", *texts, doc(999, "servitude"))
    words = [f"mot{n}" for n in range(2 * MAX_TERMS)]
    assert keys(index, *words, "servitud")[0] is not None
    assert 999 in [
        k for k, _ in index.search(dict.fromkeys([*words, "servitud"], 1.0), 500, heading_weight=0.5)
    ]


def test_frequencies_and_terms_are_those_of_the_texts(tmp_path: Path) -> None:
    index = write(tmp_path / "w", doc(1, "traite", "organe"), doc(2, "traite traiter"))
    assert (index.frequency("traite"), index.frequency("organe"), index.frequency("absent")) == (2, 0, 0)
    assert index.terms("trait", 5) == [("traite", 2), ("traiter", 1)]


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    write(tmp_path / "w", doc(1, "traite"))
    (tmp_path / "w" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(BuildFailed, match="mots n'a pas pu être écrit"):
        LexicalWriter(tmp_path / "w")
