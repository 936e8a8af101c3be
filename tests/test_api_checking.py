"""The check of a text, by function, route and page, over a small base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from kb.errors import InvalidQuery, TextTooLong
from service.base import Service
from service.check import MAX_CITATIONS, MAX_TEXT, check_text
from service.settings import Settings
from tests.builders import FIRST_DAY, small_service

DAY = date(2026, 4, 3)
DRAFT = (
    "La traite est définie par l'article 225-4-1 du code pénal : « La traite des êtres humains est le fait de "
    "recruter un enfant ».\n\nLe titre de séjour est prévu par l'article L. 316-1 du CESEDA. "
    "L'article 225-4-99 du code pénal n'existe pas. Voir aussi l'article 706-73 du code de procédure pénale."
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return small_service(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def test_each_citation_has_its_status_and_its_place(service: Service) -> None:
    found = check_text(service, DRAFT, DAY)
    assert [r.status for r in found.results] == [
        "suspicious",
        "renumbered",
        "unknown_number",
        "not_in_corpus",
    ]
    assert found.by_status == {r.status: 1 for r in found.results}
    first, second, third, _ = found.results
    assert DRAFT[first.citation.start : first.citation.end] == "article 225-4-1 du code pénal"
    assert first.citation.targets == ("code-penal/225-4-1",)
    assert [m.id for m in second.matches] == ["ceseda/L425-1"]
    assert "L. 316-1" in second.message
    assert "L. 425-1" in second.message
    assert (third.matches, third.matches_total) == ((), 0)


def test_a_quotation_is_compared_word_by_word_with_the_wording_of_the_date(service: Service) -> None:
    (quotation,) = check_text(service, DRAFT, DAY).results[0].quotations
    assert quotation.agreement == "different"
    assert [c.words for c in quotation.changes if c.kind == "quoted"] == ["un enfant"]
    assert [c.words for c in quotation.changes if c.kind == "official"] == ["une personne"]
    assert DRAFT[quotation.start : quotation.end].strip().startswith("La traite")


def test_words_of_another_date_are_said_to_be_so(service: Service) -> None:
    text = "« La traite des êtres humains est le fait de recruter » (article 225-4-1 du code pénal)."
    now, before = check_text(service, text, DAY), check_text(service, text, FIRST_DAY)
    assert now.results[0].quotations[0].agreement == "exact"
    assert before.results[0].quotations[0].agreement != "exact"
    assert "rédaction observée à partir du" in before.results[0].quotations[0].message


def test_words_that_may_already_have_been_those_of_the_day_are_not_held_for_wrong(service: Service) -> None:
    text = "« La traite des êtres humains est le fait de recruter » (article 225-4-1 du code pénal)."
    (quotation,) = check_text(service, text, date(2015, 1, 1)).results[0].quotations
    assert quotation.agreement == "exact"
    assert "indéterminée au 1er janvier 2015" in quotation.message
    assert check_text(service, text, date(2015, 1, 1)).results[0].matches[0].excerpt == ""


@pytest.mark.parametrize("former_first", [True, False])
def test_a_citation_never_has_the_verdict_of_another_that_only_its_subdivision_tells_apart(
    service: Service, former_first: bool
) -> None:
    pair = ["l'article 225-4-1 du code pénal", "l'ancien article 225-4-1 du code pénal"]
    text = "Vu " + ", vu ".join(reversed(pair) if former_first else pair) + "."
    statuses = [r.status for r in check_text(service, text, DAY).results]
    assert statuses == (["repealed", "resolved"] if former_first else ["resolved", "repealed"])


def test_a_quotation_of_the_next_sentence_is_not_compared_with_this_article(service: Service) -> None:
    text = (
        "Voir l'article 225-4-1 du code pénal. Le rapport dit « des mots qui sont tout autres que ceux-là »."
    )
    assert check_text(service, text, DAY).results[0].quotations == ()


def test_what_a_foot_of_page_holds_is_marked_between_the_pieces_of_what_it_cuts(client: TestClient) -> None:
    foot = f"{' ' * 50}\n1 Voir l'article 225-4-1 du code pénal.\nhttps://exemple.fr/a\n"
    text = f"L'article L. 425-1 du code de l'entrée et du séjour \n{foot} des étrangers et du droit d'asile s'applique."
    shown = client.post("/verifier", data={"text": text, "date": DAY.isoformat()}).text
    assert shown.count('href="#c1"') == 2
    assert shown.count('href="#c2"') == 1


def test_a_text_that_cites_nothing_has_no_result(service: Service) -> None:
    assert check_text(service, "Rien ici, sinon 12 personnes en 2021.").total == 0


def test_what_cannot_be_checked_is_refused(service: Service) -> None:
    with pytest.raises(InvalidQuery):
        check_text(service, " \n")
    with pytest.raises(TextTooLong):
        check_text(service, "a" * (MAX_TEXT + 1))


def test_citations_beyond_the_limit_are_counted_and_said_unchecked(service: Service) -> None:
    text = " ".join(f"article {n} du code pénal ;" for n in range(1, 2_500))
    found = check_text(service, text)
    assert (len(found.results), found.unchecked) == (MAX_CITATIONS, found.total - MAX_CITATIONS)
    assert found.unchecked > 0


def test_the_route_answers_and_refuses_in_french(client: TestClient) -> None:
    good = client.post("/v1/citations/check", json={"text": DRAFT, "as_of": "2026-04-03"})
    assert good.status_code == 200
    assert (good.json()["total"], good.json()["as_of"]) == (4, "2026-04-03")
    for body, status in [
        ({"text": "a" * (MAX_TEXT + 1)}, 413),
        ({"text": " "}, 400),
        ({}, 400),
        ({"text": "a", "autre": 1}, 400),
        ({"text": "a", "as_of": "hier"}, 400),
    ]:
        refused = client.post("/v1/citations/check", json=body)
        assert refused.status_code == status, body
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["detail"]


def test_the_page_shows_the_draft_with_its_statuses_in_words(client: TestClient) -> None:
    assert "<textarea" in client.get("/verifier").text
    shown = client.post("/verifier", data={"text": DRAFT, "date": "2026-04-03"}).text
    assert 'class="checked checked-renumbered" href="#c2"' in shown
    assert "renuméroté" in shown
    assert "<del>un enfant</del> <ins>une personne</ins>" in shown
    assert 'id="c4"' in shown


def test_the_page_escapes_what_is_pasted_and_refuses_what_is_not_a_form(client: TestClient) -> None:
    shown = client.post("/verifier", data={"text": "<script>x</script> article 225-4-1 du code pénal"}).text
    assert "<script>" not in shown
    assert client.post("/verifier", data={"text": ""}).status_code == 400
    assert client.post("/verifier", data={"text": "x", "date": "hier"}).status_code == 400
    assert client.post("/verifier", content=b"\xff\xfe").status_code == 400
    assert client.post("/verifier", content=b"text=" + b"a" * 3_000_000).status_code == 413


def test_the_home_of_every_page_leads_to_the_check(client: TestClient) -> None:
    assert 'href="/verifier"' in client.get("/sources").text


def test_a_file_that_is_not_text_is_told_by_the_command(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from api.cli import app

    path = tmp_path / "brouillon.txt"
    path.write_bytes(b"\xff\xfe")
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 1


def test_a_report_of_the_check_is_served_by_the_api_and_the_page(client: TestClient) -> None:
    answer = client.post("/v1/citations/check/report?format=csv", json={"text": DRAFT, "as_of": "2026-04-03"})
    assert answer.status_code == 200
    rows = answer.content.decode("utf-8-sig")
    assert rows.index("À corriger d'abord") < rows.index("À savoir")
    assert "225-4-99" in rows
    word = client.post("/verifier/rapport.docx", data={"text": DRAFT, "date": "2026-04-03"})
    assert word.content.startswith(b"PK")
    assert client.post("/v1/citations/check/report?format=exe", json={"text": DRAFT}).status_code == 400


def test_what_is_to_be_corrected_comes_first_on_the_page_and_what_is_right_has_no_badge(
    client: TestClient,
) -> None:
    text = "Voir l'article 225-4-1 du code pénal. Voir l'article 225-4-99 du code pénal."
    shown = client.post("/verifier", data={"text": text, "date": "2026-04-03"}).text
    assert shown.index('id="c2"') < shown.index('id="c1"')
    assert "trouvé" not in shown


def test_findings_are_answered_with_their_kind_and_their_severity(service: Service) -> None:
    text = "Voir l'article 225-4-3, alinéa 5, du code pénal."
    (result,) = check_text(service, text, DAY).results
    assert [(f.kind.value, f.severity.value) for f in result.findings] == [("subdivision", "error")]
    assert result.status.value == "suspicious"


def test_a_subdivision_is_shown_by_its_own_text(service: Service) -> None:
    (result,) = check_text(service, "Voir l'article 225-4-3, alinéa 2, du code pénal.", DAY).results
    assert result.findings == ()
    assert result.matches[0].part == "Alinéa second."
