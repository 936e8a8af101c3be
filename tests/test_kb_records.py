"""The schemas of our records: what each kind may say, and that what is stored comes back the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from kb.records import (
    SCHEMAS,
    AnswerRecord,
    DecisionRecord,
    Lines,
    PlanRecord,
    ProvisionRecord,
    Record,
    RecordKind,
    TermRecord,
)
from kb.records.statements import statements, unmatched

COMMON: dict[str, Any] = {
    "title": "Un titre",
    "terms": ["un", "deux", "trois"],
    "title_en": "A title",
    "terms_en": ["one", "two"],
    "questions": [21],
    "checked": date(2026, 11, 24),
    "checked_against": "réponse au GRETA",
    "basis": "réponse",
}
ANSWER = COMMON | {
    "id": "reponse/21",
    "document": "reponse-france-greta-4",
    "question": 21,
    "lines": ["1580-1767"],
    "applies": ["ceseda/L425-1", "ceseda/L522-1..L522-5", "ceseda/R425-1.."],
    "related": ["plan/teh-2024-2027/axe-2", "terme/ocrteh", "cass/23-85.798"],
}
DECISION = COMMON | {
    "id": "cass/23-85.798",
    "court": "Cour de cassation",
    "number": "23-85.798",
    "date": date(2024, 11, 26),
}
PLAN = COMMON | {"id": "plan/teh-2024-2027/axe-2", "nature": "axe", "parent": "plan/teh-2024-2027"}
TERM = COMMON | {"id": "terme/ocrteh", "nature": "institution", "acronym": "OCRTEH"}
PROVISION = COMMON | {
    "id": "code-penal/225-4-1",
    "checked_against": "texte officiel",
    "penalties": [{"nature": "emprisonnement", "years": 7, "for": "victime majeure"}],
    "actors": [
        {"stage": "plainte", "who": "officier de police", "act": "informe la victime", "basis": "texte"}
    ],
}
SAID = {
    AnswerRecord: ANSWER,
    DecisionRecord: DECISION,
    PlanRecord: PLAN,
    TermRecord: TERM,
    ProvisionRecord: PROVISION,
}


@pytest.mark.parametrize("schema", SAID)
def test_a_record_comes_back_from_the_base_as_it_went_in(schema: type[AnswerRecord]) -> None:
    record = schema.model_validate(SAID[schema])
    stored = record.model_dump_json(by_alias=True)
    assert TypeAdapter(Record).validate_json(stored) == record


def test_there_is_a_schema_for_each_kind_and_each_says_its_own() -> None:
    assert set(SCHEMAS) == set(RecordKind)
    assert {kind: schema.model_fields["kind"].default for kind, schema in SCHEMAS.items()} == {
        kind: kind.value for kind in RecordKind
    }


def test_the_lines_of_a_source_are_written_first_dash_last() -> None:
    assert AnswerRecord.model_validate(ANSWER).lines == (Lines(first=1580, last=1767),)


@pytest.mark.parametrize(
    ("schema", "changed", "said"),
    [
        (AnswerRecord, {"id": "reponse/22"}, "n'est pas la fiche de la question 21"),
        (AnswerRecord, {"id": "réponse 21"}, "tel que reponse/21"),
        (AnswerRecord, {"questions": [22]}, "la question elle-même"),
        (AnswerRecord, {"lines": ["1767-1580"]}, "suite de lignes"),
        (AnswerRecord, {"lines": ["1580"]}, "lines"),
        (AnswerRecord, {"applies": ["article L425-1"]}, "identifiant"),
        (AnswerRecord, {"related": ["ceseda/L425-1"]}, "identifiant d'une fiche"),
        (AnswerRecord, {"related": ["terme/ocrteh", "terme/ocrteh"]}, "deux fois"),
        (AnswerRecord, {"checked": None}, "checked"),
        (DecisionRecord, {"number": "23-85.799"}, "number"),
        (DecisionRecord, {"date": None}, "période"),
        (DecisionRecord, {"checked": None}, "jour de la vérification"),
        (DecisionRecord, {"basis": "rumeur"}, "basis"),
        (DecisionRecord, {"checked_against": "connaissance générale, à vérifier"}, "le dit de ses phrases"),
        (DecisionRecord, {"id": "terme/ocrteh"}, "cass/23-85.798"),
        (DecisionRecord, {"url": "http://exemple.fr"}, "url"),
        (PlanRecord, {"parent": None}, "parent"),
        (PlanRecord, {"parent": "plan/autre"}, "commence par celui"),
        (PlanRecord, {"start": 2027, "end": 2024}, "précède"),
        (TermRecord, {"id": "plan/ocrteh"}, "terme/ocrteh"),
        (TermRecord, {"nature": "chose"}, "nature"),
        (ProvisionRecord, {"actors": [{"stage": "ailleurs", "who": "a", "act": "b"}]}, "stage"),
        (ProvisionRecord, {"penalties": [{"nature": "emprisonnement"}]}, "durée"),
    ],
)
def test_what_a_kind_may_not_say_is_refused(
    schema: type[AnswerRecord], changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        schema.model_validate(SAID[schema] | changed)


@pytest.mark.parametrize("schema", SAID)
def test_a_record_whose_statements_stand_on_nothing_is_refused(schema: type[AnswerRecord]) -> None:
    without = {key: value for key, value in SAID[schema].items() if key != "basis"}
    with pytest.raises(ValidationError, match="basis"):
        schema.model_validate(without)


def test_each_sentence_stands_on_what_the_record_says_unless_it_says_otherwise() -> None:
    own = {"starts": "Elle évite", "basis": "texte", "reference": "code-penal/225-4-1", "place": "I, 3°"}
    record = TermRecord.model_validate(TERM | {"otherwise": [own]})
    first, second = statements(record, "L'office enquête. Elle évite l'article L. 425-1.")
    assert (first.basis, first.reference) == ("réponse", None)
    assert (second.basis, second.reference, second.place) == ("texte", "code-penal/225-4-1", "I, 3°")
    assert unmatched(record, ["L'office enquête."]) == ("Elle évite",)
