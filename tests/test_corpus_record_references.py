"""Dates, numbers and ECLI of records agree with each other: a slip in one of them is told by the others."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from corpus.readers.starter import read_record
from kb.records import DecisionRecord, ProvisionRecord, Record

FOLDER = Path(__file__).parent.parent / "corpus" / "starter"
# The number of these acts begins with the year of their signature.
DATED = re.compile(r"(?:loi|ordonnance|decret|eu/dir|eu/reg)/(?P<year>(?:19|20)\d\d)[-/]\d+\Z")
DAY = re.compile(r"(?:circulaire|instruction|note|depeche|arrete)/(?P<day>\d{4}-\d\d-\d\d)\Z")


@cache
def records(folder: str) -> tuple[Record, ...]:
    paths = sorted((FOLDER / folder).glob("*.md"))
    return tuple(read_record(path.read_bytes(), f"{folder}/{path.name}").record for path in paths)


def acts() -> list[ProvisionRecord]:
    return [r for r in records("provisions") if isinstance(r, ProvisionRecord) and r.date is not None]


def decisions() -> list[DecisionRecord]:
    return [r for r in records("decisions") if isinstance(r, DecisionRecord)]


def test_the_year_of_an_act_is_that_of_its_number() -> None:
    years = [(r, match["year"]) for r in acts() if (match := DATED.match(r.id))]
    assert len(years) >= 20
    assert [r.id for r, year in years if r.date is None or str(r.date.year) != year] == []


def test_an_act_known_by_its_day_bears_that_day() -> None:
    days = [(r, match["day"]) for r in acts() if (match := DAY.match(r.id))]
    assert [r.id for r, day in days if str(r.date) != day] == []


def test_the_title_of_a_dated_act_says_no_other_year() -> None:
    faults = [
        r.id
        for r in acts()
        for year in re.findall(r"\b(?:19|20)\d\d\b", r.title)
        if r.date is not None and int(year) != r.date.year and year not in r.id
    ]
    assert not faults


def test_the_ecli_of_a_european_judgment_is_made_of_its_day_and_number() -> None:
    """ECLI:CE:ECHR:<year>:<month and day>JUD<seven digits of the application><its year>."""
    judged = [d for d in decisions() if d.id.startswith("cedh/")]
    assert len(judged) >= 10
    for decision in judged:
        assert decision.number
        assert decision.date
        application, year = decision.number.split("/")
        code = f"{decision.date:%m%d}JUD{int(application):07d}{year}"
        assert decision.ecli == f"ECLI:CE:ECHR:{decision.date.year}:{code}"


def test_a_decision_is_given_after_the_year_of_its_application() -> None:
    for decision in decisions():
        if decision.date is None or decision.number is None:
            continue
        written = re.search(r"/(\d\d)\Z|\A(\d\d)-|\A((?:19|20)\d\d)-", decision.number)
        if written:
            year = int(next(group for group in written.groups() if group)) % 100
            century = 1900 if year > 90 else 2000
            assert century + year <= decision.date.year, decision.id


def test_a_decision_known_by_the_citations_has_the_same_day_in_its_record() -> None:
    path = Path(__file__).parent.parent / "kb" / "citations" / "decisions.toml"
    known = {row["id"]: row["date"] for row in tomllib.loads(path.read_text("utf-8"))["act"]}
    ours = {d.id: d.date for d in decisions()}
    assert {i: d for i, d in known.items() if i in ours and ours[i] != d} == {}
    assert set(known) <= set(ours)
