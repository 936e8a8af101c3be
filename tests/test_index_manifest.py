"""The manifest refuses to serve what was not built together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.artefacts.manifest import FORMAT, Manifest
from kb.errors import GenerationMismatch, NotBuilt

MANIFEST = Manifest("g1", "model-1", "t1", 256, 10, 5, 8, 3, 4, 6, 7)


def test_a_manifest_comes_back_from_its_file(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    assert Manifest.load(tmp_path) == MANIFEST


def test_a_folder_without_a_manifest_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt) as refusal:
        Manifest.load(tmp_path)
    assert "renvoi build" in refusal.value.hint


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"generation": "g1"}', b"\xff\xfe", b'"g"'])
def test_a_manifest_that_cannot_be_understood_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(GenerationMismatch, match="illisible"):
        Manifest.load(tmp_path)


def test_another_format_is_refused_with_both_numbers(tmp_path: Path) -> None:
    replace(MANIFEST, format=FORMAT + 1).save(tmp_path)
    with pytest.raises(GenerationMismatch, match=f"format {FORMAT + 1} .* format {FORMAT}"):
        Manifest.load(tmp_path)


def test_a_manifest_with_a_field_of_the_future_is_refused(tmp_path: Path) -> None:
    MANIFEST.save(tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "pages": 3}), encoding="utf-8")
    with pytest.raises(GenerationMismatch):
        Manifest.load(tmp_path)


@pytest.mark.parametrize("generation", ["g2", None])
def test_the_store_of_another_build_is_refused(generation: str | None) -> None:
    MANIFEST.check_generation("g1")
    with pytest.raises(GenerationMismatch, match="pas été construits ensemble"):
        MANIFEST.check_generation(generation)


def test_another_model_is_refused_by_name() -> None:
    MANIFEST.check_embedder("model-1")
    with pytest.raises(GenerationMismatch, match="model-1, le modèle demandé est model-2"):
        MANIFEST.check_embedder("model-2")


def test_other_tokens_are_refused() -> None:
    MANIFEST.check_tokens("t1")
    with pytest.raises(GenerationMismatch, match="coupe les mots autrement"):
        MANIFEST.check_tokens("t2")
