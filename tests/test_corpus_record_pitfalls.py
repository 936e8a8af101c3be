"""Faults that records have had, each by its kind: what a record may not say without the rule that limits it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

from corpus.readers.starter import RecordReading, read_record
from kb.records import FOLDERS, ProvisionRecord
from kb.records.common import Basis
from kb.records.statements import statements

FOLDER = Path(__file__).parent.parent / "corpus" / "starter"
PERMITS = re.compile(r"ceseda/L42[3-6]-\d+(?:-\d+)?\Z")
OF_RIGHT = re.compile(r"de plein droit|est due|ne choisit pas|un droit, non une")
SAME_RULE = re.compile(r"m[êe]me règle|mêmes règles")
ANNOUNCED = re.compile(
    r"ne s'appliquera|s'appliquera|entrera en vigueur|est annoncée? pour|ne s'applique[nt]* .{0,20}que le"
)


@cache
def bodies() -> tuple[tuple[RecordReading, str], ...]:
    """Every committed record with the text of its body."""
    paths = [(folder, path) for folder in FOLDERS for path in sorted((FOLDER / folder).glob("*.md"))]
    readings = [read_record(path.read_bytes(), f"{folder}/{path.name}") for folder, path in paths]
    return tuple((reading, " ".join(passage.text for passage in reading.texts)) for reading in readings)


def test_a_permit_given_of_right_names_the_refusals_common_to_all_permits() -> None:
    """L. 412-5 and L. 432-1 of the CESEDA: a threat to public order is an obstacle to every card."""
    faults = [
        reading.record.id
        for reading, body in bodies()
        if isinstance(reading.record, ProvisionRecord)
        and PERMITS.match(reading.record.id)
        and OF_RIGHT.search(body)
        and not {"ceseda/L412-5", "ceseda/L432-1"} & set(reading.record.related)
    ]
    assert not faults


def test_a_rule_said_to_be_the_same_elsewhere_names_the_article_where_it_is() -> None:
    """Rules that resemble each other differ by whom they reach: the reader must be able to read both."""
    faults = [
        reading.record.id
        for reading, body in bodies()
        for sentence in re.split(r"(?<=[.;:]) ", body)
        if isinstance(reading.record, ProvisionRecord)
        and SAME_RULE.search(sentence)
        and not re.search(r"\d+-\d+|articles? \d|L\. ", sentence)
    ]
    assert not faults


def test_no_record_announces_a_day_as_still_to_come() -> None:
    """A record outlives the day: it says what its source sets, not what « will » be."""
    assert [reading.record.id for reading, body in bodies() if ANNOUNCED.search(body)] == []


ADVICE = re.compile(
    r"\b(mieux vaut|gagne(?:nt)? à|(?:faut|aussi) (?:aussi )?penser|prendre garde|à faire valoir|le praticien"
    r"|en pratique|les réseaux)\b",
    re.IGNORECASE,
)
REPLY_NAMED = re.compile(r"[Ll]a réponse (?:de la France|française)|\b(?:au|du) GRETA\b")
FIGURE = re.compile(r"\d (?:ans|€)")


def test_advice_is_not_given_as_the_text_of_the_law() -> None:
    faults = [
        (reading.record.id, statement.text)
        for reading, body in bodies()
        for statement in statements(reading.record, body)
        if isinstance(reading.record, ProvisionRecord)
        and statement.basis == "texte"
        and ADVICE.search(statement.text)
        and not FIGURE.search(statement.text)
    ]
    assert not faults


def test_what_the_reply_says_is_not_given_as_the_text_of_the_law() -> None:
    faults = [
        (reading.record.id, statement.text)
        for reading, body in bodies()
        for statement in statements(reading.record, body)
        if statement.basis == "texte" and REPLY_NAMED.search(statement.text)
    ]
    assert not faults


def test_every_statement_stands_on_something_and_the_practice_is_told() -> None:
    counts = Counter(s.basis for reading, body in bodies() for s in statements(reading.record, body))
    assert counts["texte"] >= 1000
    assert counts["pratique"] >= 100
    assert set(counts) <= set(get_args(Basis))
