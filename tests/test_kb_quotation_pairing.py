"""The quotations of a text and the citation that each is of, and the code that a text names after its articles."""

from __future__ import annotations

from datetime import date

from kb.checking.compared_quotations import Wordings, enclosing, judge
from kb.checking.dates_in_text import day_of_facts
from kb.checking.quotation_pairing import quotations
from kb.checking.quotations import Agreement
from kb.checking.same_code import with_same_code
from kb.checking.sentences import Sentences
from kb.citations import find_citations

ARTICLE = "Le fait de nuire à la personne d'autrui ou à ses biens est puni de sept ans d'emprisonnement."


def _pairs(text: str) -> list[tuple[str, int | None]]:
    citations = find_citations(text)
    return [(q.words.strip()[:12], q.citation) for q in quotations(text, citations)]


def test_several_quotations_after_one_citation_are_all_of_it() -> None:
    text = "L'article 225-5 du code pénal vise « le fait d'aider autrui à cela » puis « le fait d'en tirer profit »."
    assert [rank for _, rank in _pairs(text)] == [0, 0]


def test_a_quotation_that_ends_its_sentence_is_not_of_the_next_one() -> None:
    text = "Il est dit : « Nul ne peut être soumis à cette épreuve. » Toute infraction est punie (C. pén., art. 225-5)."
    assert [rank for _, rank in _pairs(text)] == [None]


def test_a_block_without_guillemets_is_read_after_what_introduces_it() -> None:
    (block,) = quotations(
        text
        := "L'article 225-5 du code pénal dispose que le fait de nuire à la personne d'autrui est puni. Fin.",
        find_citations(text),
    )
    assert (block.quoted, block.words) == (False, "le fait de nuire à la personne d'autrui est puni")


def _judge(text: str) -> str | None:
    (quotation,) = quotations(text, find_citations(text))
    verdict = judge(
        quotation, Wordings((ARTICLE,), ()), text[: quotation.span.start], text[quotation.span.end :]
    )
    if verdict is None:
        return None
    return "accuse" if verdict.finding and verdict.finding.accuses else verdict.comparison.agreement.value


def test_word_for_word_is_said_only_of_the_same_words() -> None:
    head = "L'article 225-5 du code pénal dispose que"
    assert (
        _judge(f"{head} « le fait de nuire à la personne d'autrui ou à ses biens »") == Agreement.EXACT.value
    )
    assert _judge(f"{head} « le fait de nuire à la personne d'autrui et à ses biens »") == "accuse"
    assert _judge(f"{head} « tout autre chose est prévu ailleurs par un règlement »") == "accuse"


def test_the_same_words_in_another_order_are_no_alteration() -> None:
    text = "L'article 225-5 du code pénal : « à la personne d'autrui le fait de nuire, ou à des biens »"
    assert _judge(text) != Agreement.EXACT.value


def test_a_paraphrase_without_guillemets_is_not_compared_and_a_slip_in_a_block_is_told() -> None:
    head = "L'article 225-5 du code pénal dispose que"
    assert _judge(f"{head} celui qui fait du mal à quelqu'un encourt une peine sévère et justifiée.") is None
    slip = "le fait de nuire à la personne d'autrui ou à ses biens est puni de dix ans d'emprisonnement"
    assert _judge(f"{head} {slip}.") == "accuse"


def test_a_citation_within_guillemets_is_found_to_be() -> None:
    text = "L'article 1 dispose : « l'infraction prévue à l'article 2 est punie ». Voir l'article 3."
    within = quotations(text, ())
    assert enclosing(within, text.index("article 2")) is not None
    assert enclosing(within, text.index("article 3")) is None


def test_the_same_code_before_its_name_is_the_only_code_of_the_text() -> None:
    one = "Selon l'article 132-71 du même code, la bande organisée est un groupement au sens du code pénal."
    assert [c.targets for c in with_same_code(one, find_citations(one))] == [
        ("code-penal/132-71",),
        ("code-penal",),
    ]
    two = f"{one} Le code civil ne le dit pas."
    assert len(with_same_code(two, find_citations(two))) == len(find_citations(two))


def test_a_sentence_is_not_cut_at_an_abbreviation() -> None:
    text = "Rien. Le vol est puni (art. 311-3 du C. pén.) de peu. Autre phrase."
    sentence = Sentences.of(text).around(text.index("311-3"), text.index("311-3") + 5)
    assert sentence.text.strip() == "Le vol est puni (art. 311-3 du C. pén.) de peu."


def test_the_day_of_the_facts_is_the_last_that_the_words_allow() -> None:
    assert day_of_facts("pour des faits commis le 11 août 2010") == date(2010, 8, 11)
    assert day_of_facts("Pour des faits de février 2012, il") == date(2012, 2, 29)
    assert day_of_facts("faits commis en 2012") == date(2012, 12, 31)
    assert day_of_facts("la loi du 5 août 2013") is None
