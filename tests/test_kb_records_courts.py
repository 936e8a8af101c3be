"""Who judges what: the court follows from the penalty, and no record says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.starter import read_record
from kb.ids import parse_id
from kb.records import Penalty, ProvisionRecord, actors_of
from kb.records.courts import Gravity, _table, gravities_of

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "provisions"


def records() -> list[ProvisionRecord]:
    every = [read_record(p.read_bytes(), f"provisions/{p.name}").record for p in sorted(FOLDER.glob("*.md"))]
    return [record for record in every if isinstance(record, ProvisionRecord)]


def judges(provision: str) -> list[str]:
    (record,) = (r for r in records() if r.id == provision)
    return [actor.who for actor in actors_of(record) if actor.stage == "jugement"]


@pytest.mark.parametrize(
    ("penalty", "gravity"),
    [
        (Penalty(nature="emprisonnement", years=10), Gravity.DELIT),
        (Penalty(nature="réclusion criminelle", years=20), Gravity.CRIME),
        (Penalty(nature="réclusion criminelle", years=30), Gravity.GRAVE_CRIME),
        (Penalty(nature="réclusion criminelle à perpétuité"), Gravity.GRAVE_CRIME),
        (Penalty(nature="contravention de la 5e classe", amount=1500), Gravity.CONTRAVENTION),
    ],
)
def test_the_penalty_gives_the_class_of_the_offence(penalty: Penalty, gravity: Gravity) -> None:
    assert list(gravities_of([penalty])) == [gravity]


def test_each_court_that_may_judge_is_named_and_no_other() -> None:
    assert judges("code-penal/225-13") == ["Tribunal correctionnel"]
    assert judges("code-penal/225-4-4") == ["Cour d'assises"]
    assert len(judges("code-penal/222-37-1")) == 2  # fifteen years, then thirty or for life
    assert len(judges("code-penal/225-15")) == 2  # a délit or a crime, by its form


def test_the_prosecutor_against_organised_crime_is_named_where_the_networks_are() -> None:
    (record,) = (r for r in records() if r.id == "code-penal/225-4-3")
    assert "code-de-l-organisation-judiciaire/L217-1" in {actor.reference for actor in actors_of(record)}


def test_every_row_of_the_table_has_its_source_and_names_provisions_that_exist() -> None:
    known = {record.id for record in records()}
    for row in _table():
        assert parse_id(row["reference"]).number
        assert set(row.get("provisions", ())) <= known


def test_no_record_of_a_penalty_names_its_courts_itself() -> None:
    own = {(r.id, a.who) for r in records() if r.penalties for a in r.actors if a.stage == "jugement"}
    assert {(i, who) for i, who in own if "ribunal correctionnel" in who or "assises" in who} == set()
