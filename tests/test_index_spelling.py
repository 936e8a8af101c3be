"""Unknown words are read as the nearest known one, or left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.engines.tantivy_words import LexicalDocument, LexicalIndex, LexicalWriter
from index.retrieval.spelling import mend


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder: Path = tmp_path_factory.mktemp("mots") / "w"
    writer = LexicalWriter(folder)
    texts = ["victime servitude", "victime prostitution", "victoire", "victime réquisition", "L. 425-1 peine"]
    for key, text in enumerate(texts):
        writer.add(LexicalDocument(key, text, "", "code-penal"))
    writer.commit()
    return LexicalIndex(folder)


def test_a_word_one_letter_wrong_is_read_as_the_known_one(index: LexicalIndex) -> None:
    assert mend(["victm"], index) == {"victm": "victim"}


def test_two_letters_swapped_count_for_one_fault(index: LexicalIndex) -> None:
    assert mend(["vicitm"], index) == {"vicitm": "victim"}


def test_a_long_word_may_have_two_faults(index: LexicalIndex) -> None:
    assert mend(["prosittuttion"], index) == {"prosittuttion": "prostitution"}


@pytest.mark.parametrize("word", ["victim", "peine", "vict", "l425-2", "zzzzzz", "siervitud", "vactoir"])
def test_known_short_numbered_and_far_words_are_left_alone(index: LexicalIndex, word: str) -> None:
    assert mend([word], index) == {}


def test_between_two_as_near_the_more_frequent_is_taken(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path / "w")
    for key, text in enumerate(["victirr", "victirr", "victill"]):
        writer.add(LexicalDocument(key, text, "", "code-penal"))
    writer.commit()
    assert mend(["victirl"], LexicalIndex(tmp_path / "w")) == {"victirl": "victirr"}
