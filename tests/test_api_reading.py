"""Reading a provision over a small base: two dates compared, who cites it, its reference; pages and API alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import rispy
from starlette.testclient import TestClient

from api.app import create_app
from kb.store import SourceContent
from service.settings import Settings
from tests.builders import ANSWERS, CESEDA, PENAL, REPLY, Article, code, reply, small_service

PROVISION = "/v1/provisions/code-penal/225-4-1"
PAGE = "/dispositions/code-penal/225-4-1"
FORMER = Article("L316-1", "Une carte de séjour est délivrée.", "Une carte de séjour peut être délivrée.")
CUT = Article(
    "L744-6", "L'office évalue la vulnérabilité.", "L'office évalue les besoins et la vulnérabilité."
)
PART = Article("L522-1", "L'office évalue la vulnérabilité.")


def _only_former(content: SourceContent) -> SourceContent:
    """L316-1 and L744-6 of the CESEDA as before its recodification: the wording seen first, and none since."""
    provisions = tuple(
        replace(p, versions=p.versions[:1]) if p.number in (FORMER.number, CUT.number) else p
        for p in content.provisions
    )
    return replace(content, provisions=provisions)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(
        tmp_path_factory.mktemp("base"),
        code("code-penal", "LEGITEXT000006070719", PENAL),
        _only_former(code("ceseda", "LEGITEXT000006070158", (*CESEDA, FORMER, CUT, PART))),
        reply(*ANSWERS),
    )
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def test_two_dates_are_compared_word_by_word(client: TestClient) -> None:
    found = client.get(f"{PROVISION}/compare?from=2010-08-11&to=2026-05-01").json()
    old = "".join(e["text"] for e in found["edits"] if e["kind"] != "added")
    new = "".join(e["text"] for e in found["edits"] if e["kind"] != "removed")
    assert (old, new) == (PENAL[0].former, PENAL[0].text)
    assert not found["identical"]
    assert found["removed_words"] < found["added_words"]
    assert [found[side]["ordinal"] for side in ("first", "second")] == [0, 1]


def test_two_dates_of_one_wording_say_that_it_is_known_on_both(client: TestClient) -> None:
    found = client.get(f"{PROVISION}/compare?from=2026-04-03&to=2026-05-01").json()
    assert found["identical"]
    assert "La même rédaction est connue aux deux dates." in found["message"]
    assert (found["milder"]["verdict"], found["milder"]["basis"]) == ("identique", "code-penal/112-1")
    page = client.get(f"{PAGE}/comparer?du=2026-04-03&au=2026-05-01").text
    assert "La même rédaction est connue aux deux dates." in page
    assert "<ins>" not in page


def test_a_day_between_two_wordings_that_differ_is_never_compared_as_if_one_applied(
    client: TestClient,
) -> None:
    found = client.get(f"{PROVISION}/compare?from=2012-01-01&to=2026-05-01").json()
    assert (found["edits"], found["identical"]) == ([], False)
    assert (found["first"]["standing"], found["first"]["ordinal"]) == ("indeterminee", None)
    assert [c["text"] for c in found["first"]["candidates"]] == [PENAL[0].former, PENAL[0].text]
    assert "indéterminée au 1er janvier 2012" in found["message"]
    assert found["milder"]["verdict"] == "à apprécier"
    page = client.get(f"{PAGE}/comparer?du=2012-01-01&au=2026-05-01").text
    assert page.count('class="candidate"') == 2


def test_a_date_without_any_wording_is_told(client: TestClient) -> None:
    answer = client.get(f"{PROVISION}/compare?from=1990-01-01&to=2026-05-01")
    assert (answer.status_code, answer.json()["code"]) == (404, "redaction-inconnue")
    assert "1er janvier 1990" in answer.json()["detail"]
    page = client.get(f"{PAGE}/comparer?du=1990-01-01&au=2026-05-01")
    assert page.status_code == 200
    assert "1er janvier 1990" in page.text
    assert 'value="1990-01-01"' in page.text


@pytest.mark.parametrize(
    "days", ["from=2015-01-01", "from=x&to=2026-01-01", "from=2015-01-01&to=2026-02-30", ""]
)
def test_a_missing_or_impossible_date_is_refused(client: TestClient, days: str) -> None:
    assert client.get(f"{PROVISION}/compare?{days}").status_code == 400


def test_an_impossible_date_on_the_page_is_told(client: TestClient) -> None:
    answer = client.get(f"{PAGE}/comparer?du=2015-02-30&au=2026-01-01")
    assert answer.status_code == 400
    assert "2015-02-30" in answer.text


def test_the_comparison_page_starts_with_the_last_two_wordings(client: TestClient) -> None:
    text = client.get(f"{PAGE}/comparer").text
    assert '<del><span class="hidden"> [supprimé\xa0: </span>' in text
    assert '<ins><span class="hidden"> [ajouté\xa0: </span>' in text
    assert f"{PROVISION}/compare?from=2010-08-11&amp;to=2026-04-03" in text


def test_a_single_wording_has_nothing_to_compare(client: TestClient) -> None:
    assert "rien à comparer" in client.get("/dispositions/code-penal/225-4-3/comparer").text


def test_a_comparison_follows_a_change_of_number(client: TestClient) -> None:
    found = client.get("/v1/provisions/ceseda/L316-1/compare?from=2015-01-01&to=2026-05-01").json()
    assert found["first"]["citation"] == "CESEDA, art. L. 316-1"
    assert found["second"]["citation"] == "CESEDA, art. L. 425-1"
    assert "L. 316-1 est devenu L. 425-1" in found["message"]


def test_the_former_number_is_on_the_line_of_time(client: TestClient) -> None:
    text = client.get("/dispositions/ceseda/L425-1").text
    assert "L. 316-1, rédaction antérieure" in text


def test_the_article_of_which_a_provision_holds_a_part_is_on_the_line_of_time(client: TestClient) -> None:
    assert "L. 744-6 en partie, rédaction antérieure" in client.get("/dispositions/ceseda/L522-1").text


def test_who_cites_is_counted_by_kind_of_source(client: TestClient) -> None:
    found = client.get(f"{PROVISION}/cited-by").json()
    groups = [(g["kind"], g["code"], g["sources"]) for g in found["groups"]]
    assert groups == [("code", "ceseda", 1), ("code", "code-penal", 1)]
    assert found["total"] == sum(g["links"] for g in found["groups"])
    assert [r["from_provision"] for r in found["results"]] == ["code-penal/225-4-2", "ceseda/L425-1"]


def test_who_cites_can_be_asked_by_kind_code_and_page(client: TestClient) -> None:
    address = "/v1/provisions/code-penal/225-4-1/cited-by"
    (only,) = client.get(f"{address}?code=ceseda").json()["results"]
    assert only["from_provision"] == "ceseda/L425-1"
    assert client.get(f"{address}?kind=questionnaire").json()["results"] == []
    assert len(client.get(f"{address}?limit=1&page=1").json()["results"]) == 1
    assert client.get(f"{address}?limit=1&page=9").json()["results"] == []
    assert client.get(f"{address}?kind=rien").status_code == 400
    answers = client.get("/v1/provisions/ceseda/L425-1/cited-by?kind=questionnaire").json()
    assert [r["from_url"] for r in answers["results"]] == [f"/reponses/{REPLY}/21#p1"]


def test_the_page_of_who_cites_shows_each_source_once_with_its_words(client: TestClient) -> None:
    text = client.get(f"{PAGE}/cite-par").text
    assert text.count('href="/dispositions/ceseda/L425-1"') == 1
    assert "«\N{NO-BREAK SPACE}article 225-4-1 du code pénal\N{NO-BREAK SPACE}»" in text
    assert "Aucune source" in client.get(f"{PAGE}/cite-par?page=3").text


def test_a_reference_is_downloaded_in_each_format(client: TestClient) -> None:
    ris = client.get(f"{PROVISION}/cite?format=ris")
    (found,) = rispy.loads(ris.text)
    assert found["title"] == "Code pénal, art. 225-4-1"
    assert found["urls"] == ["http://testserver/dispositions/code-penal/225-4-1?date=2026-04-03"]
    assert ris.headers["content-disposition"] == 'attachment; filename="code-penal-225-4-1.ris"'
    (item,) = json.loads(client.get(f"{PROVISION}/cite?format=csl").text)
    assert (item["type"], item["number"]) == ("legislation", "225-4-1")
    assert client.get(f"{PROVISION}/cite?format=bibtex").text.startswith("@misc{code-penal-225-4-1,")
    assert client.get(f"{PROVISION}/cite").text.startswith("Code pénal, art. 225-4-1, rédaction observée le")
    assert client.get(f"{PROVISION}/cite?format=doc").status_code == 400


def test_a_reference_carries_the_day_on_which_its_wording_was_seen(client: TestClient) -> None:
    (item,) = json.loads(client.get(f"{PROVISION}/cite?format=csl&as_of=2010-08-11").text)
    assert item["URL"].endswith("?date=2010-08-11")
    day = date(*item["accessed"]["date-parts"][0])
    shown = client.get(f"{PROVISION}?as_of={day}").json()
    assert shown["text"] == PENAL[0].former


def test_every_link_of_the_reading_pages_leads_somewhere(client: TestClient) -> None:
    for page in (PAGE, f"{PAGE}/comparer", f"{PAGE}/cite-par", "/dispositions/ceseda/L425-1"):
        text = client.get(page).text
        for link in set(re.findall(r'href="(/[^"#]*)', text)) - {"/docs"}:
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_renumbered_article_leads_to_its_successor(client: TestClient) -> None:
    text = client.get("/dispositions/ceseda/L316-1").text
    assert 'cet article est devenu <a href="/dispositions/ceseda/L425-1">CESEDA, art. L. ' in text
    assert "/dispositions/ceseda/L316-1/comparer?du=2010-08-11&amp;au=2010-08-11" in text
    assert "est devenu" not in client.get("/dispositions/ceseda/L425-1").text


def test_every_wording_given_at_one_date_is_shown(tmp_path: Path) -> None:
    content = code("code-penal", "LEGITEXT000006070719", PENAL[2:])
    (provision,) = content.provisions
    (version,) = provision.versions
    twice = (
        replace(version, concurrent=1),
        replace(version, ordinal=1, text="Tout autre chose.", concurrent=1),
    )
    service = small_service(tmp_path, replace(content, provisions=(replace(provision, versions=twice),)))
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        text = found.get("/dispositions/code-penal/225-4-3").text
    assert "Elle est punie de vingt ans" in text
    assert "Tout autre chose." in text
    assert "donnée sous ce numéro à la même date" in text
