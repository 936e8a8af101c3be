"""The embedding model served without torch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.embedding.static import OUR_MODEL, WEIGHTS_FILE, StaticEmbedder, load_embedder
from kb.errors import InvalidQuery, NotBuilt

MAX_BYTES = 20_000_000
QUESTIONS = Path(__file__).parent / "golden" / "questions.jsonl"


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder(OUR_MODEL)


def likeness(embedder: StaticEmbedder, first: str, second: str) -> float:
    a, b = embedder.encode([first, second])
    return float(a @ b)


def test_every_row_has_length_one(embedder: StaticEmbedder) -> None:
    vectors = embedder.encode(["traite des êtres humains", "a", "L. 425-1", "mot " * 5000])
    assert vectors.dtype == np.float32
    assert vectors.shape == (4, embedder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_text_gives_no_row(embedder: StaticEmbedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.dimension)


def test_a_batch_gives_the_same_rows_as_its_texts_one_by_one(embedder: StaticEmbedder) -> None:
    texts = [f"article {n} : la victime peut déposer plainte " * (1 + n % 7) for n in range(600)]
    together = embedder.encode(texts)
    alone = np.concatenate([embedder.encode([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-6


def test_two_loads_of_the_model_agree(embedder: StaticEmbedder) -> None:
    other = load_embedder()
    text = ["délai de réflexion de la victime"]
    assert other.name == embedder.name
    assert np.array_equal(other.encode(text), embedder.encode(text))


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "漢字"])
def test_a_text_without_any_known_token_is_refused(embedder: StaticEmbedder, text: str) -> None:
    with pytest.raises(InvalidQuery, match="aucun mot connu"):
        embedder.encode(["traite des êtres humains", text])


def test_an_unknown_word_changes_nothing_beside_known_ones(embedder: StaticEmbedder) -> None:
    assert likeness(embedder, "travail forcé", "travail forcé 漢字") == pytest.approx(1, abs=1e-5)


def test_case_does_not_matter(embedder: StaticEmbedder) -> None:
    assert likeness(embedder, "PROXÉNÉTISME AGGRAVÉ", "proxénétisme aggravé") == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("everyday", "law"),
    [
        ("human trafficking", "traite des êtres humains"),
        ("residence permit", "carte de séjour temporaire"),
        ("loverboy", "le proxénétisme est le fait de tirer profit de la prostitution d'autrui"),
        ("travailler sans être payé", "fourniture de services non rétribués"),
        ("proxenetisme", "proxénétisme"),
    ],
)
def test_everyday_english_and_unaccented_words_are_near_the_words_of_the_law(
    embedder: StaticEmbedder, everyday: str, law: str
) -> None:
    unrelated = "le permis de construire est délivré par le maire de la commune"
    assert likeness(embedder, everyday, law) > likeness(embedder, everyday, unrelated) + 0.2


def test_another_table_of_vectors_has_another_name(embedder: StaticEmbedder, tmp_path: Path) -> None:
    folder = tmp_path / OUR_MODEL.name
    shutil.copytree(OUR_MODEL, folder)
    assert StaticEmbedder(folder).name == embedder.name
    weights = load_file(folder / WEIGHTS_FILE)
    save_file({key: value * 2 for key, value in weights.items()}, folder / WEIGHTS_FILE)
    assert StaticEmbedder(folder).name != embedder.name


def test_a_folder_is_read_without_torch_when_its_model_is_static(embedder: StaticEmbedder) -> None:
    assert isinstance(load_embedder(str(OUR_MODEL)), StaticEmbedder)


def test_vectors_cut_to_their_first_numbers_have_length_one_and_another_name(
    embedder: StaticEmbedder,
) -> None:
    cut = load_embedder(dimension=128)
    vectors = cut.encode(["traite des êtres humains", "carte de séjour"])
    assert vectors.shape == (2, cut.dimension) == (2, 128)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert cut.name == f"{embedder.name}-128"


def test_the_first_numbers_of_a_vector_say_the_most(embedder: StaticEmbedder) -> None:
    questions = [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    spread = (embedder.encode(questions) ** 2).mean(axis=0)
    halves = spread[:128].sum(), spread[128:].sum()
    assert halves[0] > 3 * halves[1]


@pytest.mark.parametrize("dimension", [257, 10**20])
def test_more_numbers_than_the_model_has_are_refused(dimension: int) -> None:
    with pytest.raises(NotBuilt, match="256 nombres"):
        load_embedder(dimension=dimension)


@pytest.mark.parametrize("damage", ["missing", "truncated"])
def test_a_damaged_model_is_refused_with_a_clear_message(tmp_path: Path, damage: str) -> None:
    shutil.copytree(OUR_MODEL, tmp_path / "model")
    weights = tmp_path / "model" / WEIGHTS_FILE
    if damage == "missing":
        weights.unlink()
    else:
        weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(NotBuilt, match="illisible"):
        StaticEmbedder(tmp_path / "model")


def test_the_model_fits_in_the_repository_and_is_readable_by_all() -> None:
    files = [f for f in OUR_MODEL.rglob("*") if f.is_file()]
    assert sum(f.stat().st_size for f in files) <= MAX_BYTES
    assert all(f.stat().st_mode & 0o444 == 0o444 for f in files)


def test_the_model_card_is_in_french_and_names_no_machine() -> None:
    card = (OUR_MODEL / "README.md").read_text(encoding="utf-8")
    assert "Licence Ouverte" in card
    assert not any(word in card for word in ("/work", "/home", "/tmp", "http://", "localhost"))


def test_the_folder_is_an_ordinary_sentence_transformers_one() -> None:
    modules = json.loads((OUR_MODEL / "modules.json").read_text(encoding="utf-8"))
    assert [m["type"].rpartition(".")[2] for m in modules] == ["StaticEmbedding", "Normalize"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_vectors_are_those_of_sentence_transformers(embedder: StaticEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [
        "La traite des êtres humains est punie de sept ans d'emprisonnement.",
        "human trafficking",
        "l’étranger : (art. L. 425-1) 漢字",
        "mot rare zzxqj " * 300,
    ]
    # In float32: the library otherwise rounds its answers to the float16 of the file.
    expected = SentenceTransformer(str(OUR_MODEL), device="cpu").float().encode(texts)
    assert np.abs(expected - embedder.encode(texts)).max() < 1e-4


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_any_sentence_transformers_model_serves_with_the_same_rules(tmp_path: Path) -> None:
    from index.embedding.sentence_transformer import SentenceEmbedder

    other = SentenceEmbedder(str(OUR_MODEL))
    vectors = other.encode(["travail forcé", "forced labour"])
    assert vectors.shape == (2, other.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert other.encode([]).shape == (0, other.dimension)
    assert other.name.startswith("model-")
    with pytest.raises(InvalidQuery):
        other.encode(["travail forcé", " "])
    with pytest.raises(NotBuilt):
        SentenceEmbedder(str(tmp_path / "absent"))
