"""The texts from which the embedding model learns."""

from __future__ import annotations

import random

import numpy as np
import pytest

from index.artefacts.known_questions import KnownQuestion
from index.training.articles import Article, Library, article_key, provision_name, read_code, sort_key
from index.training.axes import mean_vectors, principal_axes
from index.training.batches import Source, batches
from index.training.evaluate import fuse, ndcg
from index.training.known import known_article_pairs, known_question_pairs
from index.training.pairs import citing_pairs, halves_pairs
from index.training.reply import cited_articles
from index.training.service_public import referred_articles
from index.training.spelling import misspell, written_as_heard
from index.training.terms import english_pairs, everyday_pairs
from index.training.tokenizer import train_tokenizer
from kb.ids import ProvisionId

MARKED = """---
title: "Code d'essai"
---
# Code d'essai

#### Titre Ier : Des personnes

#### Chapitre II : De la personne humaine

##### Article 225-4-1

Premier alinéa.


   Second alinéa.

##### Article L. 2

Article 5 de la loi, ligne de texte.
"""


def article(number: str, text: str = "texte", code: str = "code-d-essai") -> Article:
    return Article(code, number, ("Titre Ier : Des personnes",), text)


def library(*numbers: str) -> Library:
    return Library(article(number) for number in numbers)


def test_a_title_and_its_chapter_of_the_same_level_are_both_in_the_path() -> None:
    first = next(read_code(MARKED))
    assert first.heading == ("Titre Ier : Des personnes", "Chapitre II : De la personne humaine")
    assert (first.code, first.number, first.text) == (
        "code-d-essai",
        "225-4-1",
        "Premier alinéa. Second alinéa.",
    )


def test_a_line_of_text_that_starts_like_an_article_stays_text() -> None:
    assert [a.number for a in read_code(MARKED)] == ["225-4-1", "L2"]


def test_the_older_layout_without_marks_is_read_too() -> None:
    plain = """title: "Code d'essai"
LIVRE Ier : DISPOSITIONS

Article L111-1

Texte un.

Article L111-2

Texte deux.
"""
    assert [(a.number, a.text, a.heading[0]) for a in read_code(plain)] == [
        ("L111-1", "Texte un.", "LIVRE Ier : DISPOSITIONS"),
        ("L111-2", "Texte deux.", "LIVRE Ier : DISPOSITIONS"),
    ]


def test_numbers_are_sorted_as_numbers_and_laws_apart_from_decrees() -> None:
    assert sorted(["R1", "L10", "L2-1", "L2"], key=sort_key) == ["L2", "L2-1", "L10", "R1"]


@pytest.mark.parametrize(
    ("reference", "numbers"),
    [
        ("Code d'essai : articles L2 à L10", ["L2", "L2-1", "L10"]),
        ("Code d'essai : article L10", ["L10"]),
        ("Code d'essai : articles L2, L10 et L11", ["L2", "L10", "L11"]),
        ("Décret n°2017-541 : article 1", []),
        ("Code inconnu : article L2", []),
    ],
)
def test_a_reference_of_a_page_gives_its_articles(reference: str, numbers: list[str]) -> None:
    found = referred_articles(reference, [library("L2", "L2-1", "L10", "L11")])
    assert [a.number for a in found] == numbers


def test_the_first_library_that_knows_a_reference_answers() -> None:
    older, newer = Library(iter([article("L1", "ancien")])), Library(iter([article("L1", "nouveau")]))
    assert [a.text for a in referred_articles("Code d'essai : article L1", [older, newer])] == ["ancien"]


def test_a_citation_of_the_reply_gives_the_article_of_the_named_code() -> None:
    known = Library(iter([article("225-4-1", code="code-penal")]))
    assert [a.number for a in cited_articles("selon l'article 225-4-1 du code pénal", [known])] == ["225-4-1"]
    assert cited_articles("selon l'article 225-4-1 du code de la route", [known]) == []


def test_a_number_is_not_cut_after_its_letter_and_an_inner_citation_is_followed() -> None:
    citing = article("L1", "La carte prévue à l'article L. 425-1 est délivrée à l'étranger qui la demande.")
    cited = article("L425-1", "Une carte de séjour est délivrée.")
    (pair,) = citing_pairs({a.key: a for a in (citing, cited)})
    assert "425-1" not in pair.query
    assert pair.passage.endswith(cited.text)


def test_an_article_of_another_code_is_not_taken_for_one_of_this_code() -> None:
    citing = article("1", "Les peines prévues par l'article 225-4-1 du code pénal sont applicables ici.")
    assert not list(citing_pairs({a.key: a for a in (citing, article("225-4-1"), article("225-4"))}))


def test_a_sentence_is_paired_with_the_others_of_its_article() -> None:
    sentences = [f"Phrase numéro {n} assez longue pour être retenue ici." for n in range(3)]
    for pair in halves_pairs([article("1", " ".join(sentences))]):
        assert pair.query in sentences
        assert pair.query not in pair.passage


def test_every_line_of_our_tables_has_a_term_and_a_meaning() -> None:
    english, everyday = list(english_pairs()), list(everyday_pairs())
    assert len({p.passage for p in english}) > 200
    assert len({p.query for p in everyday}) > 8 * 150
    assert all(p.query.strip() and p.passage.strip() for p in (*english, *everyday))


def test_a_message_is_written_as_it_sounds_and_the_seed_decides() -> None:
    text = "parce que mon patron garde mes papiers"
    drawn = {written_as_heard(text, random.Random(seed)) for seed in range(20)}
    assert len(drawn) > 10
    assert written_as_heard(text, random.Random(3)) == written_as_heard(text, random.Random(3))
    assert any("pck" in one for one in drawn)


def test_a_known_question_is_learnt_with_each_of_its_articles_as_often_as_its_grade() -> None:
    articles = {("code-penal", n): article(n, n, "code-penal") for n in ("1", "2")}
    grades = {ProvisionId("code-penal/1"): 2, ProvisionId("code-penal/2"): 1, ProvisionId("code-penal/9"): 2}
    pairs = list(known_article_pairs([KnownQuestion("une question", "lay", grades)], articles))
    assert [pair.passage.rpartition(" ")[2] for pair in pairs] == ["1", "1", "2"]
    assert {pair.query for pair in pairs} == {"une question"}


def test_two_questions_that_one_article_answers_are_learnt_together() -> None:
    def asked(text: str, *best: str) -> KnownQuestion:
        return KnownQuestion(text, "lay", {ProvisionId(f"code-penal/{n}"): 2 for n in best})

    questions = [asked("a", "1"), asked("b", "2"), asked("c", "1"), asked("d", "1")]
    assert list(known_question_pairs(questions)) == [("a", "c"), ("c", "d")]


@pytest.mark.parametrize("provision", ["ceseda/L425-1", "code-penal/225-4-1"])
def test_the_key_of_an_article_and_its_identifier_are_inverse(provision: str) -> None:
    assert provision_name(*article_key(provision)) == provision


def test_a_misspelt_word_differs_by_one_fault_and_the_seed_decides() -> None:
    words = {misspell("proxénétisme", random.Random(seed)) for seed in range(50)}
    assert "proxenetisme" in words
    assert all(abs(len(w) - len("proxénétisme")) <= 1 for w in words)
    assert misspell("victime", random.Random(3)) == misspell("victime", random.Random(3))


def test_batches_give_each_source_its_share_and_see_every_pair_before_any_again() -> None:
    big = Source("big", np.arange(90), np.arange(90), 3.0)
    small = Source("small", np.arange(100, 110), np.arange(100, 110), 1.0)
    seen = [b.queries for b in batches([big, small], 40, 3, np.random.default_rng(0))]
    assert [int((rows < 100).sum()) for rows in seen] == [30, 30, 30]
    assert sorted(int(r) for rows in seen for r in rows if r < 100) == list(range(90))


def test_the_vocabulary_is_numbered_in_alphabetical_order_after_the_special_tokens() -> None:
    tokenizer = train_tokenizer(
        iter(["la traite des êtres humains est punie", "le traité est ratifié"] * 5), 200
    )
    entries = sorted(tokenizer.get_vocab(), key=lambda entry: tokenizer.get_vocab()[entry])
    assert entries[:2] == ["[PAD]", "[UNK]"]
    assert entries[2:] == sorted(entries[2:])
    assert tokenizer.encode("TRAITE").ids != tokenizer.encode("traité").ids
    assert tokenizer.encode("TRAITE").ids == tokenizer.encode("traite").ids


def test_the_measure_rewards_the_first_ranks() -> None:
    assert ndcg([1, 2, 3], {1, 2}) == pytest.approx(1)
    assert ndcg([3, 1, 2], {1, 2}) < 1
    assert ndcg([3, 4], {1}) == 0


def test_what_both_rankings_put_first_is_first() -> None:
    assert fuse(np.array([5, 1, 2]), np.array([5, 3, 1]))[0] == 5


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_training_brings_each_question_near_its_own_passage() -> None:
    from index.training.batches import Bags
    from index.training.recipe import Recipe
    from index.training.train import train

    bags = Bags(tuple(np.array([n], dtype=np.int32) for n in range(8)))
    source = Source("toy", np.arange(4), np.arange(4, 8), 1.0)
    start = np.random.default_rng(0).normal(0, 0.05, (8, 16)).astype(np.float32)
    recipe = Recipe(dimension=16, steps=60, batch=4)
    table = train(bags, [source], start, np.ones(8, dtype=np.float32), recipe)
    likeness = table[:4] @ table[4:].T
    assert likeness.argmax(axis=1).tolist() == [0, 1, 2, 3]
    again = train(bags, [source], start, np.ones(8, dtype=np.float32), recipe)
    assert np.array_equal(table, again)


def test_turning_to_the_principal_axes_changes_no_likeness() -> None:
    rng = np.random.default_rng(1)
    table = rng.normal(size=(50, 8)).astype(np.float32) * np.arange(1, 9, dtype=np.float32)
    vectors = mean_vectors(table, [np.array(row, dtype=np.int32) for row in ([1, 2], [3], [4, 5, 6], [7, 7])])
    axes = principal_axes(vectors)
    assert axes @ axes.T == pytest.approx(np.eye(8), abs=1e-5)
    assert (vectors @ axes) @ (vectors @ axes).T == pytest.approx(vectors @ vectors.T, abs=1e-5)


def test_a_text_whose_tokens_weigh_nothing_has_no_vector() -> None:
    table = np.array([[0.0, 0.0], [3.0, 4.0]], dtype=np.float32)
    texts = [np.array([0], dtype=np.int32), np.array([1, 1], dtype=np.int32)]
    assert mean_vectors(table, texts) == pytest.approx(np.array([[0.6, 0.8]]))
