"""Faults that records have had, each by its kind: what a record may not say without the rule that limits it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.readers.starter import RecordReading, read_record
from kb.records import FOLDERS, ProvisionRecord

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
