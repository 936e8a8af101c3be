"""On the real law: whoever is asked about a provision on a day, the answer is the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.presenters.provisions import present_provision
from kb.concordance import divided, merged, renumbering
from kb.ids import parse_id
from kb.lives import lives, turn_between
from kb.model import Citation, CitationKind, Provision, Status
from kb.progress import silent
from kb.resolution.resolve import resolve
from kb.text.spans import Span
from kb.validity import Standing, law_on
from service.base import Service, open_service
from service.build import build
from service.settings import Settings
from workplace.dossiers.freshness import Freshness, provision_verdict
from workplace.dossiers.gathering import Gathering, provision_source

DAYS = (
    date(1995, 1, 1),
    date(2010, 8, 11),
    date(2012, 1, 1),
    date(2015, 6, 1),
    date(2018, 3, 22),
    date(2020, 1, 1),
    date(2021, 5, 1),
    date(2024, 1, 1),
    date(2026, 4, 3),
    date(2028, 1, 1),
)
STATUSES = {
    Standing.IN_FORCE: {Status.RESOLVED},
    Standing.UNCERTAIN: {Status.RESOLVED},
    Standing.LAST_KNOWN: {Status.RESOLVED},
    Standing.UNDETERMINED: {Status.RESOLVED, Status.UNDETERMINED, Status.RENUMBERED},
    Standing.NOT_YET: {Status.NOT_YET_IN_FORCE},
    Standing.REPEALED: {Status.REPEALED, Status.RENUMBERED},
    Standing.ABSENT: {Status.REPEALED, Status.RENUMBERED},
    Standing.UNKNOWN: {Status.NOT_IN_CORPUS},
}
FRESH = {
    Standing.IN_FORCE: Freshness.UNCHANGED,
    Standing.UNCERTAIN: Freshness.UNCHANGED,
    Standing.LAST_KNOWN: Freshness.UNCHANGED,
    Standing.UNDETERMINED: Freshness.UNCERTAIN,
    Standing.NOT_YET: Freshness.NOT_YET_IN_FORCE,
    Standing.REPEALED: Freshness.REPEALED,
    Standing.ABSENT: Freshness.REPEALED,
    Standing.UNKNOWN: Freshness.UNCERTAIN,
}


@pytest.fixture(scope="module")
def service(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Service:
    home = tmp_path_factory.mktemp("base")
    settings = Settings(home=home, sources=sources, database_url=None)
    build(settings, ("code-penal", "ceseda"), silent)
    return open_service(settings)


@pytest.fixture(scope="module")
def provisions(service: Service) -> list[Provision]:
    """Every article of the two codes whose text is in the base."""
    found = service.reader.provisions(service.articles)
    return [provision for provision in found.values() if provision.versions]


def _moved(provision: Provision, day: date) -> bool:
    """Whether the concordance says where its article went, so that its number has another fate than its text."""
    text, number = provision.code, parse_id(provision.id).number or ""
    return bool(renumbering(text, number, day) or merged(text, number, day) or divided(text, number, day))


def _each(provisions: list[Provision]) -> Iterator[tuple[Provision, date]]:
    return ((provision, day) for day in DAYS for provision in provisions)


def test_the_table_of_articles_knows_what_the_versions_say(
    service: Service, provisions: list[Provision]
) -> None:
    assert len(provisions) > 4_000
    for provision, day in _each(provisions):
        whole, short = law_on(provision.versions, day), service.articles.law(provision.id, day)
        assert (whole.standing, whole.reason) == (short.standing, short.reason), (provision.id, day)
        assert [v.start for v in whole.candidates] == [v.start for v in short.candidates]
        assert (whole.wording and whole.wording.start) == (short.wording and short.wording.start)


def test_a_check_says_what_the_day_says(service: Service, provisions: list[Provision]) -> None:
    differing = []
    for provision, day in _each(provisions):
        citation = Citation((Span(0, 1),), "x", (provision.id,), CitationKind.CODE)
        standing = law_on(provision.versions, day).standing
        (found,) = resolve(citation, service.articles, day)
        if found.status not in STATUSES[standing]:
            differing.append((provision.id, day, standing, found.status))
    assert not differing


def test_a_dossier_says_what_the_day_says(provisions: list[Provision]) -> None:
    differing = []
    for provision, day in _each(provisions):
        source = provision_source(provision, day, Gathering(day, "x"))
        law = law_on(provision.versions, day)
        assert bool(source.text) == (law.text_holder is not None and bool(law.text_holder.text.strip()))
        verdict = provision_verdict(source, {str(provision.id): provision}, day)
        if verdict.freshness is not FRESH[law.standing] and not _moved(provision, day):
            differing.append((provision.id, day, law.standing, verdict.freshness))
    assert not differing


def test_the_index_looks_at_every_wording_that_may_apply(
    service: Service, provisions: list[Provision]
) -> None:
    spans: dict[str, list[tuple[date, date]]] = {}
    for passage in service.reader.indexed_passages():
        if passage.provision and passage.start:
            spans.setdefault(passage.provision, []).append((passage.start, passage.end or date.max))
    for provision, day in _each(provisions):
        law = law_on(provision.versions, day)
        if law.wording or law.candidates:
            assert any(start <= day < end for start, end in spans[provision.id]), (provision.id, day)


def test_a_page_says_what_the_day_says(service: Service, provisions: list[Provision]) -> None:
    for provision, day in _each(provisions[::40]):
        law, shown = law_on(provision.versions, day), present_provision(service, provision, day)
        assert shown.standing == law.standing
        assert (shown.text is None) == (law.standing is Standing.UNDETERMINED)
        assert len(shown.candidates) == len(law.candidates)


@pytest.mark.parametrize(
    ("name", "day", "standing"),
    [
        ("code-penal/225-4-1", date(2013, 8, 6), Standing.IN_FORCE),
        ("code-penal/225-4-1", date(2015, 6, 1), Standing.IN_FORCE),
        ("code-penal/225-4-1", date(2000, 1, 1), Standing.NOT_YET),
        ("code-penal/225-10-1", date(2012, 1, 1), Standing.IN_FORCE),
        ("code-penal/225-10-1", date(2016, 4, 14), Standing.IN_FORCE),
        ("code-penal/225-10-1", date(2016, 4, 15), Standing.REPEALED),
        ("ceseda/L425-1", date(2021, 4, 30), Standing.NOT_YET),
        ("ceseda/L425-1", date(2021, 5, 1), Standing.IN_FORCE),
        ("ceseda/L316-1", date(2019, 1, 1), Standing.IN_FORCE),
        ("ceseda/L611-1", date(2023, 1, 1), Standing.IN_FORCE),
        ("ceseda/L611-1", date(2028, 1, 1), Standing.LAST_KNOWN),
    ],
)
def test_what_is_known_of_the_law_on_a_day(
    service: Service, name: str, day: date, standing: Standing
) -> None:
    assert service.articles.law(name, day).standing is standing


def test_a_number_given_anew_is_two_provisions_in_time(provisions: list[Provision]) -> None:
    anew = [p for p in provisions if turn_between(p.id, date(2019, 1, 1), date(2026, 4, 3))]
    assert len(anew) > 300
    both = [p for p in anew if len(lives(p.id, p.versions)) == 2]
    assert len(both) > 300
    for provision in both:
        old, new = lives(provision.id, provision.versions)
        assert max(v.start for v in old) < min(v.start for v in new)
