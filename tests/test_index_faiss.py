"""The vector index gives the ids and scores of an exhaustive search, at half precision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.engines.faiss_vectors import VectorIndex, Vectors, widened
from kb.errors import BuildFailed, GenerationMismatch

SIZE, DIMENSION = 500, 32
# Half precision keeps 11 bits of each of the coordinates, which are at most 1.
TOLERANCE = 2e-3


def unit_rows(count: int, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def rows() -> Vectors:
    return unit_rows(SIZE, 1)


@pytest.fixture
def saved(rows: Vectors, tmp_path: Path) -> VectorIndex:
    VectorIndex.build(rows).save(tmp_path / "v.faiss")
    return VectorIndex.open(tmp_path / "v.faiss")


def halved(vectors: Vectors) -> Vectors:
    return vectors.astype(np.float16).astype(np.float32)


def test_every_finite_number_of_half_precision_is_widened_exactly() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)].reshape(-1, 2)
    assert widened(finite.view(np.uint8)).tobytes() == finite.astype(np.float32).tobytes()


@pytest.mark.parametrize("seed", range(5))
def test_ids_and_scores_are_those_of_an_exhaustive_search(
    saved: VectorIndex, rows: Vectors, seed: int
) -> None:
    query = unit_rows(1, 100 + seed)[0]
    found, scores = saved.search(query, 20)
    exact = halved(rows) @ query
    assert found.tolist() == np.argsort(-exact)[:20].tolist()
    assert scores == pytest.approx(exact[found], abs=1e-5)
    assert scores == pytest.approx((rows @ query)[found], abs=TOLERANCE)


def test_only_allowed_rows_are_searched_and_all_of_them(saved: VectorIndex, rows: Vectors) -> None:
    allowed = np.arange(3, SIZE, 7, dtype=np.int64)
    query = unit_rows(1, 7)[0]
    found, _ = saved.search(query, 10, allowed)
    exact = halved(rows)[allowed] @ query
    assert found.tolist() == allowed[np.argsort(-exact)[:10]].tolist()


def test_fewer_rows_than_asked_are_all_given_and_none_invented(saved: VectorIndex) -> None:
    query = unit_rows(1, 7)[0]
    assert len(saved.search(query, 10 * SIZE)[0]) == SIZE
    found, scores = saved.search(query, 10, np.array([4, 9], dtype=np.int64))
    assert sorted(found.tolist()) == [4, 9]
    assert len(scores) == 2


@pytest.mark.parametrize("allowed", [None, np.empty(0, dtype=np.int64)])
def test_an_empty_index_and_no_allowed_row_give_nothing(
    allowed: NDArray[np.int64] | None, tmp_path: Path
) -> None:
    VectorIndex.build(np.empty((0, DIMENSION), dtype=np.float32)).save(tmp_path / "v.faiss")
    empty = VectorIndex.open(tmp_path / "v.faiss")
    found, scores = empty.search(unit_rows(1, 7)[0], 5, allowed)
    assert (len(empty), empty.dimension, len(found), len(scores)) == (0, DIMENSION, 0, 0)
    assert empty.codes(np.empty(0, dtype=np.int64)).shape[0] == 0


def test_no_allowed_row_gives_nothing(saved: VectorIndex) -> None:
    assert len(saved.search(unit_rows(1, 7)[0], 5, np.empty(0, dtype=np.int64))[0]) == 0


def test_kept_codes_come_first_and_are_the_very_same_vectors(saved: VectorIndex, rows: Vectors) -> None:
    kept = np.array([8, 2, 99], dtype=np.int64)
    fresh = unit_rows(4, 2)
    index = VectorIndex.build(fresh, saved.codes(kept))
    assert len(index) == 7
    assert np.array_equal(index.vectors(np.arange(3)), saved.vectors(kept))
    assert np.array_equal(index.vectors(np.arange(3, 7)), halved(fresh))


def test_kept_codes_alone_make_an_index(saved: VectorIndex) -> None:
    every = np.arange(SIZE, dtype=np.int64)
    index = VectorIndex.build(np.empty((0, DIMENSION), dtype=np.float32), saved.codes(every))
    assert np.array_equal(index.vectors(every), saved.vectors(every))


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99])
def test_a_truncated_file_is_refused(saved: VectorIndex, tmp_path: Path, part: float) -> None:
    data = (tmp_path / "v.faiss").read_bytes()
    (tmp_path / "cut.faiss").write_bytes(data[: int(len(data) * part)])
    with pytest.raises(GenerationMismatch, match="illisible") as refusal:
        VectorIndex.open(tmp_path / "cut.faiss")
    assert "renvoi build" in refusal.value.hint


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenerationMismatch):
        VectorIndex.open(tmp_path / "absent.faiss")


def test_a_file_that_cannot_be_written_says_so(rows: Vectors, tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match=r"v\.faiss n'a pas pu être écrit"):
        VectorIndex.build(rows).save(tmp_path / "absent" / "v.faiss")
