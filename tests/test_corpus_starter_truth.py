"""The starter records against the official texts: every figure and citation stands there, and no sentence is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.legi_files import find_legi_files
from corpus.readers.code_markdown import CodeReading, read_code
from corpus.readers.legi import read_legi_json
from corpus.readers.starter import RecordReading, read_record
from corpus.source_files import read_place
from kb.codes import code_by_slug
from kb.ids import canonical_number, parse_id
from kb.records import ProvisionRecord
from kb.records.common import REPLY
from tests.truth import CITATION, MEASURED, MEASURES, NUMBER, WORDED, forms, plain, runs, words_of

pytestmark = pytest.mark.sources

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "provisions"
DAY = date(2026, 4, 3)
# Codes whose text is not in the Markdown of that day but in LEGI data, which a folder of sources may lack.
LEGI_DAYS = {"code-travail": date(2026, 3, 27)}
# On trafficking and its neighbours: the articles that must each have a record.
FAMILIES = {
    "code-penal": r"(?:225-4-[1-9]|225-(?:[5-9]|1[0-6]|19|2[0-6])(?:-\d+)?|224-1-[A-C]|222-23(?:-\d)?"
    r"|227-(?:18|19|2[1-4])(?:-\d)?|323-3-2|611-1)",
    "ceseda": r"(?:L(?:34[123]|35[012]|425|435|511|522|551|823)-\d+(?:-\d+)?|L512-1|R425-(?:[1-9]|10))",
}


def related(reading: RecordReading) -> tuple[str, ...]:
    assert isinstance(reading.record, ProvisionRecord)
    return reading.record.related


@pytest.fixture(scope="module")
def records() -> list[RecordReading]:
    return [read_record(path.read_bytes(), f"provisions/{path.name}") for path in sorted(FOLDER.glob("*.md"))]


@pytest.fixture(scope="module")
def reply(sources: Path) -> str:
    """The reply to the questionnaire, an article number cut by a line end mended."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((sources / "questionnaire").glob("*.txt")))
    return plain(re.sub(r"(?<=\d-)\s*\n\s*(?=\d)", "", text))


@pytest.fixture(scope="module")
def articles(sources: Path, records: list[RecordReading]) -> dict[str, str]:
    """The text of every article of the codes that the records speak of, those within the plan first."""
    slugs = {str(parse_id(identifier).text) for r in records for identifier in (r.record.id, *related(r))}
    found: dict[str, str] = {}
    for reading in filter(None, (code(sources, slug) for slug in sorted(slugs))):
        for article in sorted(reading.articles, key=lambda a: a.outside_plan):
            found.setdefault(article.id, plain(article.content.text))
    for slug in sorted(slugs & LEGI_DAYS.keys()):
        found.update(legi(sources, slug))
    return found


def code(sources: Path, slug: str) -> CodeReading | None:
    known = code_by_slug(slug)
    path = sources / "codes" / DAY.isoformat() / f"{known.legitext}.md" if known else sources
    return read_code(path.read_bytes(), path.name, DAY, slug) if path.is_file() else None


def legi(sources: Path, slug: str) -> dict[str, str]:
    """The articles of a code in LEGI data, nothing where the folder has none."""
    known = code_by_slug(slug)
    for text_id, place in find_legi_files(sources):
        if known and text_id == known.legitext:
            wordings = read_legi_json(read_place(place).data, place.name, slug).wordings
            return {w.provision: plain(w.content.text) for w in wordings}
    return {}


def official(records: list[RecordReading], articles: dict[str, str]) -> Iterator[tuple[RecordReading, str]]:
    """The records checked against an official text that is at hand, with their bodies."""
    present = {parse_id(identifier).text for identifier in articles}
    for reading in records:
        text = str(parse_id(reading.record.id).text)
        if reading.record.checked_against == "texte officiel" and (text in present or text not in LEGI_DAYS):
            yield reading, plain(reading.passages[0].text.partition("\n\n")[2])


def test_every_record_checked_against_a_text_is_of_an_article_that_exists(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    for reading, _ in official(records, articles):
        assert reading.record.checked == LEGI_DAYS.get(str(parse_id(reading.record.id).text), DAY)
        assert articles.get(reading.record.id), reading.record.id


def test_every_article_of_the_families_on_trafficking_has_its_record(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    known = {r.record.id for r in records}
    wanted = re.compile("|".join(f"{slug}/{numbers}" for slug, numbers in FAMILIES.items()))
    assert sorted(i for i in articles if wanted.fullmatch(i) and i not in known) == []


def test_only_provisions_without_a_text_here_are_marked_so(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    unchecked = {r.record.id for r in records if r.record.checked is None}
    assert not unchecked & articles.keys()


def test_related_articles_of_the_codes_at_hand_exist(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    present = {parse_id(identifier).text for identifier in articles}
    missing = {
        (reading.record.id, other)
        for reading in records
        for other in related(reading)
        if parse_id(other).text in present and other not in articles
    }
    assert not missing


def test_every_penalty_stands_in_its_article(records: list[RecordReading], articles: dict[str, str]) -> None:
    faults: list[tuple[str, object]] = []
    for reading, _ in official(records, articles):
        text = articles[reading.record.id]
        assert isinstance(reading.record, ProvisionRecord)
        for penalty in reading.record.penalties:
            stated = [(penalty.years, "ans"), (penalty.months, "mois"), (penalty.amount, "€")]
            for number, unit in stated:
                if number and not re.search(rf"{forms(str(number))} {MEASURES[unit]}(?!\w)", text, re.I):
                    faults.append((reading.record.id, f"{number} {unit}"))
            if penalty.nature.partition(" à ")[0] not in text and penalty.nature.startswith("r"):
                faults.append((reading.record.id, penalty.nature))
    assert not faults


def test_every_figure_of_a_body_stands_in_its_article(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    faults = []
    for reading, body in official(records, articles):
        text = articles[reading.record.id]
        bare = CITATION.sub(" ", body)
        for found in MEASURED.finditer(bare):
            if not re.search(rf"{forms(found['number'])} {MEASURES[found['unit']]}(?!\w)", text):
                faults.append((reading.record.id, found[0]))
        for number in re.findall(NUMBER, bare):
            if not re.search(forms(number), text, re.I):
                faults.append((reading.record.id, number))
        for found in WORDED.finditer(bare):
            if found[0].lower() not in text.lower():
                faults.append((reading.record.id, found[0]))
    assert not faults


def test_every_number_in_what_an_actor_does_stands_in_the_article(
    records: list[RecordReading], articles: dict[str, str], reply: str
) -> None:
    faults = []
    for reading in records:
        assert isinstance(reading.record, ProvisionRecord)
        text = articles.get(reading.record.id, reply)
        said = " ".join(f"{actor.who} {actor.act}" for actor in reading.record.actors)
        faults += [(reading.record.id, n) for n in re.findall(NUMBER, said) if not re.search(forms(n), text)]
    assert not faults


def test_every_citation_of_a_body_stands_in_its_article_or_among_the_related(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    faults = []
    for reading, body in official(records, articles):
        cited = {canonical_number(m[0]) for m in CITATION.finditer(articles[reading.record.id])}
        known = cited | {str(parse_id(i).number) for i in (reading.record.id, *related(reading))}
        stated = {canonical_number(m[0]) for m in CITATION.finditer(body)}
        faults += [(reading.record.id, number) for number in stated - known]
    assert not faults


def test_a_record_without_official_text_states_no_figure_that_the_reply_does_not_give(
    records: list[RecordReading], reply: str
) -> None:
    given = {canonical_number(m[0]) for m in CITATION.finditer(reply)}
    faults = []
    for reading in records:
        if reading.record.checked_against != REPLY:
            continue
        body = plain(reading.passages[0].text.partition("\n\n")[2])
        known = given | {str(parse_id(i).number) for i in (reading.record.id, *related(reading))}
        cited = {canonical_number(m[0]) for m in CITATION.finditer(body)}
        figures = re.findall(NUMBER, CITATION.sub(" ", body))
        faults += [(reading.record.id, number) for number in cited - known]
        faults += [(reading.record.id, n) for n in figures if not re.search(forms(n), reply, re.I)]
    assert not faults


def test_no_record_shares_a_long_run_of_words_with_a_code_or_the_reply(
    records: list[RecordReading], articles: dict[str, str], reply: str
) -> None:
    ours = {run: r.record.id for r in records for run in runs(words_of(r.raw))}
    theirs = (*articles.values(), reply)
    copied = {(ours[run], " ".join(run)) for text in theirs for run in runs(words_of(text)) if run in ours}
    assert not copied
