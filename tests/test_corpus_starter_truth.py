"""The starter records against the official texts: every figure and citation stands there, and no sentence is copied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.readers.code_markdown import CodeReading, read_code
from corpus.readers.starter import RecordReading, read_record
from kb.codes import code_by_slug
from kb.ids import canonical_number, parse_id
from kb.records import ProvisionRecord

pytestmark = pytest.mark.sources

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "provisions"
DAY = date(2026, 4, 3)
LONGEST_COMMON_RUN = 11
_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_NUMBER = r"\d{1,3}(?: \d{3})+|\d+(?:,\d+)?"
_CITATION = re.compile(r"\b(?:[LRD]\.? ?)?\d+(?:-\d+)+(?: [A-C]\b)?|\b[LRD]\.? ?\d+\b")
_MEASURES = {
    "ans": r"(?:ans?|années?)",
    "an": r"(?:ans?|années?)",
    "mois": "mois",
    "jours": "jours?",
    "heures": "heures?",
    "€": r"(?:€|euros|d'euros)",
}
_MEASURED = re.compile(rf"(?P<number>{_NUMBER}) (?P<unit>ans|an|mois|jours|heures|€)(?!\w)")
_WORDED = re.compile(
    rf"\b(?:{'|'.join(_UNITS[2:])}|vingt|trente)[- ](?:ans|mois|jours|heures|euros|tiers)\b", re.I
)


def in_words(number: int) -> str:
    """A number below seventy as the codes write it: 7 → sept, 18 → dix-huit; and 1 000 000 → un million."""
    if number == 1_000_000:
        return "un million"
    if number <= 16:
        return _UNITS[number]
    if number < 20:
        return f"dix-{_UNITS[number - 10]}"
    if number >= 70:
        return str(number)
    tens, units = _TENS[number // 10 * 10], number % 10
    return tens if not units else f"{tens} et un" if units == 1 else f"{tens}-{_UNITS[units]}"


def related(reading: RecordReading) -> tuple[str, ...]:
    assert isinstance(reading.record, ProvisionRecord)
    return reading.record.related


def plain(text: str) -> str:
    """One space between words, one kind of apostrophe, no break in a number."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("’", "'"))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).lower())


def forms(number: str) -> str:
    """A pattern of the ways in which a text may write a number."""
    compact = number.replace(" ", "")
    digits = r"[ ]?".join(re.escape(digit) for digit in compact)
    if "," in compact:
        return rf"(?<!\d){digits}(?!\d)"
    feminine = "|une?|premi[eè]re?|1er" if compact == "1" else ""
    return rf"(?:(?<!\d){digits}(?!\d)|\b(?:{in_words(int(compact))}{feminine})\b)"


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
    return found


def code(sources: Path, slug: str) -> CodeReading | None:
    known = code_by_slug(slug)
    path = sources / "codes" / DAY.isoformat() / f"{known.legitext}.md" if known else sources
    return read_code(path.read_bytes(), path.name, DAY, slug) if path.is_file() else None


def official(records: list[RecordReading]) -> Iterator[tuple[RecordReading, str]]:
    """The records checked against an official text, with their bodies."""
    for reading in records:
        if reading.record.checked_against == "texte officiel":
            yield reading, plain(reading.passages[0].text.partition("\n\n")[2])


def test_every_record_checked_against_a_text_is_of_an_article_that_exists(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    for reading, _ in official(records):
        assert reading.record.checked == DAY
        assert articles.get(reading.record.id), reading.record.id


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
    for reading, _ in official(records):
        text = articles[reading.record.id]
        assert isinstance(reading.record, ProvisionRecord)
        for penalty in reading.record.penalties:
            stated = [(penalty.years, "ans"), (penalty.months, "mois"), (penalty.amount, "€")]
            for number, unit in stated:
                if number and not re.search(rf"{forms(str(number))} {_MEASURES[unit]}(?!\w)", text):
                    faults.append((reading.record.id, f"{number} {unit}"))
            if penalty.nature.partition(" à ")[0] not in text and penalty.nature.startswith("r"):
                faults.append((reading.record.id, penalty.nature))
    assert not faults


def test_every_figure_of_a_body_stands_in_its_article(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    faults = []
    for reading, body in official(records):
        text = articles[reading.record.id]
        bare = _CITATION.sub(" ", body)
        for found in _MEASURED.finditer(bare):
            if not re.search(rf"{forms(found['number'])} {_MEASURES[found['unit']]}(?!\w)", text):
                faults.append((reading.record.id, found[0]))
        for number in re.findall(_NUMBER, bare):
            if not re.search(forms(number), text, re.I):
                faults.append((reading.record.id, number))
        for found in _WORDED.finditer(bare):
            if found[0].lower() not in text.lower():
                faults.append((reading.record.id, found[0]))
    assert not faults


def test_every_citation_of_a_body_stands_in_its_article_or_among_the_related(
    records: list[RecordReading], articles: dict[str, str]
) -> None:
    faults = []
    for reading, body in official(records):
        cited = {canonical_number(m[0]) for m in _CITATION.finditer(articles[reading.record.id])}
        known = cited | {str(parse_id(i).number) for i in (reading.record.id, *related(reading))}
        stated = {canonical_number(m[0]) for m in _CITATION.finditer(body)}
        faults += [(reading.record.id, number) for number in stated - known]
    assert not faults


def test_a_record_without_official_text_states_no_figure_that_the_reply_does_not_give(
    records: list[RecordReading], reply: str
) -> None:
    given = {canonical_number(m[0]) for m in _CITATION.finditer(reply)}
    faults = []
    for reading in records:
        if reading.record.checked is not None:
            continue
        body = plain(reading.passages[0].text.partition("\n\n")[2])
        known = given | {str(parse_id(i).number) for i in (reading.record.id, *related(reading))}
        cited = {canonical_number(m[0]) for m in _CITATION.finditer(body)}
        figures = re.findall(_NUMBER, _CITATION.sub(" ", body))
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


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    size = LONGEST_COMMON_RUN + 1
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))
