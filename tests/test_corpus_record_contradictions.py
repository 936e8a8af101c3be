"""Two records do not give two penalties of one article, those of the answers of the reply included."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.starter import read_record
from corpus.record_contradictions import contradictions, read_folder

# The reply itself says otherwise than the article, and the record of the answer says so among its gaps.
OF_THE_REPLY = {("reponse/12", "code-penal/225-12-1", 1500)}
FOLDER = Path(__file__).parent.parent / "corpus" / "starter"


def test_a_penalty_that_the_article_has_not_is_told() -> None:
    own = read_record(
        (FOLDER / "provisions" / "code-penal-225-13.md").read_bytes(), "provisions/code-penal-225-13.md"
    )
    path = FOLDER / "answers" / "32.md"
    wrong = path.read_text("utf-8").rstrip() + " L'article 225-13 du code pénal punit de 9 ans de prison.\n"
    answer = read_record(wrong.encode(), "answers/32.md")
    (found,) = contradictions((own, answer))
    assert (found.record, found.provision, found.stated) == ("reponse/32", "code-penal/225-13", 9)


def test_no_record_contradicts_another_on_a_penalty() -> None:
    found = contradictions(read_folder(FOLDER))
    assert {(one.record, one.provision, one.stated) for one in found} == OF_THE_REPLY
