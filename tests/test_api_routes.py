"""The routes of the API over a small base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from service.settings import Settings
from tests.builders import ANSWERS, FIRST_DAY, LAST_DAY, REPLY, small_service


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    service = small_service(tmp_path_factory.mktemp("base"))
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def get(client: TestClient, address: str, **parameters: object) -> Any:
    answer = client.get(address, params={k: str(v) for k, v in parameters.items()} or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_question_is_answered_in_the_envelope_of_judilibre(client: TestClient) -> None:
    found = get(client, "/v1/provisions", query="bande organisée", as_of="2026-04-03")
    assert (found["query"], found["page"], found["page_size"]) == ("bande organisée", 0, 10)
    assert found["total"] == len(found["results"]) == 1
    assert (found["previous_page"], found["next_page"], found["relaxed"]) == (None, None, "")
    assert found["took"] >= 0
    first = found["results"][0]
    assert first["citation"] == "Code pénal, art. 225-4-3"
    assert (first["id"], first["text_id"], first["legiarti"]) == (
        "code-penal/225-4-3",
        "LEGITEXT000006070719",
        None,
    )
    assert first["url"] == "/dispositions/code-penal/225-4-3"
    assert first["source_url"].endswith("/codes/texte_lc/LEGITEXT000006070719")
    assert (first["state"], first["valid_from"], first["valid_to"]) == ("VIGUEUR", str(FIRST_DAY), None)
    assert first["parts"]["lexical"] == 0.5


def test_highlights_are_places_in_the_text(client: TestClient) -> None:
    first = get(client, "/v1/provisions", query="bande organisée")["results"][0]
    words = [first["text"][s["start"] : s["end"]] for s in first["highlights"]]
    assert words == ["bande", "organisée"]


def test_an_exact_citation_comes_first_with_its_evidence_around_the_citation(client: TestClient) -> None:
    found = get(client, "/v1/provisions", query="art. L. 425-1 du CESEDA")
    assert found["results"][0]["citation"] == "CESEDA, art. L. 425-1"
    assert found["resolutions"][0]["status"] == "resolved"
    (evidence,) = found["results"][0]["evidence"]
    assert (evidence["document"], evidence["question"]) == (REPLY, 21)
    assert "L425-1" in evidence["quote"]
    assert evidence["url"] == f"/reponses/{REPLY}/21#p1"
    (span,) = evidence["spans"]
    assert (span["start"], span["end"]) == (1000, 1000 + len(evidence["quote"]))


def test_a_number_that_no_article_bears_is_said_so_with_the_nearest(client: TestClient) -> None:
    (resolution,) = get(client, "/v1/provisions", query="article 225-4-99 du code pénal")["resolutions"]
    assert resolution["status"] == "unknown_number"
    assert resolution["provisions"] == []
    assert resolution["candidates"][0] == "code-penal/225-4-3"
    assert "225-4-99" in resolution["message"]


def test_the_number_that_one_slip_of_the_hand_makes_comes_first_among_the_nearest(client: TestClient) -> None:
    (resolution,) = get(client, "/v1/provisions", query="article 225-4-11 du code pénal")["resolutions"]
    assert resolution["candidates"][0] == "code-penal/225-4-1"
    assert resolution["message"].startswith("Le Code pénal n'a pas d'article 225-4-11")
    assert "Numéros proches : 225-4-1" in resolution["message"]


def test_pages_follow_each_other_and_end_with_an_empty_one(client: TestClient) -> None:
    seen, address = [], "/v1/provisions?query=la+traite+est+de&page_size=2"
    while address:
        found = get(client, address)
        seen += [result["id"] for result in found["results"]]
        address = found["next_page"]
    assert len(seen) == len(set(seen)) == found["total"] > 2
    beyond = get(client, "/v1/provisions", query="traite", page=50)
    assert (beyond["results"], beyond["total"]) == (
        [],
        get(client, "/v1/provisions", query="traite")["total"],
    )


def test_a_code_is_accepted_by_any_of_its_names(client: TestClient) -> None:
    for name in ("ceseda", "CESEDA", "code de l'entrée et du séjour des étrangers"):
        found = get(client, "/v1/provisions", query="de la l' un", code=name)
        assert {result["code"] for result in found["results"]} == {"ceseda"}
        assert found["coverage"]["codes"] == ["ceseda"]


def test_reasons_are_given_when_asked_for_only(client: TestClient) -> None:
    asked = get(client, "/v1/provisions", query="bande", explain="true")
    assert asked["results"][0]["explanation"] == ["Son texte contient les mots de la question."]
    assert get(client, "/v1/provisions", query="bande")["results"][0]["explanation"] is None


def test_coverage_tells_the_codes_that_have_no_wording_on_that_day(client: TestClient) -> None:
    coverage = get(client, "/v1/provisions", query="traite", as_of="2000-01-01")["coverage"]
    assert set(coverage["codes_without_version"]) == {"ceseda", "code-penal"}
    assert coverage["last_observed"] == str(LAST_DAY)
    assert coverage["missing"][0]["id"] == "cpp"
    assert any("1er janvier 2000" in notice for notice in coverage["notices"])


def test_coverage_counts_the_sources_by_kind_with_their_dates(client: TestClient) -> None:
    coverage = get(client, "/v1/provisions", query="traite")["coverage"]
    sources = {source["kind"]: source for source in coverage["sources"]}
    assert sum(source["documents"] for source in sources.values()) == coverage["documents"]
    assert sources["code"]["last_day"] == coverage["last_observed"]
    assert sources["code"]["first_day"] <= sources["code"]["last_day"]
    assert {"code", "questionnaire"} <= set(sources)


def test_coverage_says_when_the_day_is_after_all_that_was_observed(client: TestClient) -> None:
    soon = get(client, "/v1/provisions", query="bande", as_of="2027-01-01")
    assert (soon["results"][0]["standing"], soon["results"][0]["warnings"]) == ("en-vigueur", [])
    assert "vérifié le 3 avril 2026" in soon["results"][0]["since"]
    late = get(client, "/v1/provisions", query="bande", as_of="2028-01-01")
    assert "3 avril 2026" in late["coverage"]["notices"][0]
    assert late["results"][0]["standing"] == "dernier-etat"
    assert "n'est pas" in late["results"][0]["warnings"][0]


@pytest.mark.parametrize(
    "reference",
    [
        "code-penal/225-4-1",
        "Code pénal/225-4-1",
        "article 225-4-1 du code pénal",
        "art. 225-4-1 C. pén.",
    ],
)
def test_a_provision_is_found_by_any_spelling(client: TestClient, reference: str) -> None:
    assert get(client, f"/v1/provisions/{reference}")["id"] == "code-penal/225-4-1"


def test_a_provision_is_shown_in_the_wording_of_the_day(client: TestClient) -> None:
    now = get(client, "/v1/provisions/code-penal/225-4-1")
    then = get(client, "/v1/provisions/code-penal/225-4-1", as_of="2010-08-11")
    assert (now["state"], now["versions"]) == ("VIGUEUR", 2)
    assert (then["state"], then["text"]) == ("MODIFIE", "La traite est punie.")
    assert (then["standing"], then["warnings"], then["candidates"]) == ("en-vigueur", [], [])
    before = get(client, "/v1/provisions/code-penal/225-4-1", as_of="2000-01-01")
    assert before["standing"] == "sans-redaction"
    assert "rien ne dit ce qu'il en était au 1er janvier 2000" in before["warnings"][0]


def test_between_two_wordings_that_differ_the_text_is_null_and_both_are_candidates(
    client: TestClient,
) -> None:
    found = get(client, "/v1/provisions/code-penal/225-4-1", as_of="2015-01-01")
    assert (found["text"], found["standing"], found["state"]) == (None, "indeterminee", "INDETERMINE")
    assert (found["valid_from"], found["valid_to"], found["cites"]) == (None, None, [])
    old, new = found["candidates"]
    assert (old["text"], old["valid_from"], old["valid_to"]) == (
        "La traite est punie.",
        str(FIRST_DAY),
        str(LAST_DAY),
    )
    assert {old["valid_from_bound"], old["valid_to_bound"], new["valid_from_bound"]} == {"unknown"}
    assert (new["valid_from"], new["valid_to"], new["source"]) == (
        str(LAST_DAY),
        None,
        f"code-penal@{LAST_DAY}",
    )
    page = client.get("/dispositions/code-penal/225-4-1?date=2015-01-01").text
    assert page.count('class="candidate"') == 2
    assert "<ins>" in page
    assert "il a pu changer" not in client.get("/dispositions/code-penal/225-4-1").text


def test_versions_go_from_the_oldest_to_the_newest(client: TestClient) -> None:
    found = get(client, "/v1/provisions/code-penal/225-4-1/versions")
    assert [(v["valid_from"], v["valid_to"]) for v in found["results"]] == [
        (str(FIRST_DAY), str(LAST_DAY)),
        (str(LAST_DAY), None),
    ]


def test_what_a_provision_cites_is_placed_in_its_text(client: TestClient) -> None:
    provision = get(client, "/v1/provisions/ceseda/L. 425-1")
    (link,) = get(client, "/v1/provisions/ceseda/L. 425-1/cites")["results"]
    assert provision["cites"] == [link]
    assert provision["text"][link["start"] : link["end"]] == link["raw"]
    assert (link["provision"], link["citation"]) == ("code-penal/225-4-1", "Code pénal, art. 225-4-1")


def test_what_cites_a_provision_counts_the_same_everywhere_and_answers_come_first(client: TestClient) -> None:
    found = get(client, "/v1/provisions/ceseda/L425-1/cited-by")
    assert [link["kind"] for link in found["results"]] == ["reponse"]
    total = get(client, "/v1/provisions/code-penal/225-4-1")["cited_by_total"]
    cited = get(client, "/v1/provisions/code-penal/225-4-1/cited-by", limit=1)
    assert (cited["total"], len(cited["results"]), total) == (2, 1, 2)


def test_related_provisions_are_the_neighbours_of_the_section(client: TestClient) -> None:
    found = get(client, "/v1/provisions/code-penal/225-4-2/related")["results"]
    assert [(r["id"], r["relation"]) for r in found] == [
        ("code-penal/225-4-1", "voisin"),
        ("code-penal/225-4-3", "voisin"),
    ]


def test_passages_are_found_by_kind(client: TestClient) -> None:
    answers = get(client, "/v1/passages", query="victime")["results"]
    assert {r["kind"] for r in answers} == {"reponse", "tableau"}
    tables = get(client, "/v1/passages", query="victime", kind="tableau")["results"]
    assert {r["kind"] for r in tables} == {"tableau"}
    articles = get(client, "/v1/passages", query="traite", kind="article")["results"]
    assert {r["kind"] for r in articles} == {"article"}


def test_a_passage_tells_its_place_and_what_it_cites(client: TestClient) -> None:
    found = get(client, f"/v1/passages/{REPLY}/21/1")
    assert found["spans"] == [{"start": 1000, "end": 1000 + len(ANSWERS[1][2])}]
    assert [(c["target"], c["status"]) for c in found["cites"]] == [
        ("ceseda/L425-1", "resolved"),
        ("ceseda/L425-99", "unknown_number"),
    ]


def test_documents_are_listed_with_their_counts(client: TestClient) -> None:
    found = get(client, "/v1/documents")
    assert found["total"] == len(found["results"]) == 5
    shown = {d["id"]: (d["passages"], d["anomalies"]) for d in found["results"]}
    assert shown[f"code-penal@{LAST_DAY}"] == (3, 1)
    assert shown[REPLY] == (len(ANSWERS), 0)


def test_a_document_lists_its_questions_and_faults(client: TestClient) -> None:
    reply = get(client, f"/v1/documents/{REPLY}")
    assert [(q["number"], q["text"]) for q in reply["questions"]] == [
        (21, ANSWERS[0][2]),
        (26, ANSWERS[4][2]),
    ]
    code = get(client, f"/v1/documents/code-penal@{LAST_DAY}")
    assert [fault["kind"] for fault in code["anomaly_list"]] == ["doublon"]


def test_a_reference_is_given_its_canonical_form_or_the_nearest(client: TestClient) -> None:
    found = get(client, "/v1/cite", reference="art L425-1 ceseda")
    assert (found["found"], found["citation"]) == (True, "CESEDA, art. L. 425-1")
    lost = get(client, "/v1/cite", reference="art. L425-9 du CESEDA")
    assert (lost["found"], lost["citation"]) == (False, None)
    assert lost["candidates"][0]["id"] == "ceseda/L425-2"


def test_a_reference_to_an_old_number_is_not_silently_given_the_new_one(client: TestClient) -> None:
    found = get(client, "/v1/cite", reference="art. L. 316-1 du CESEDA")
    assert found["provision"] == "ceseda/L425-1"
    assert "renuméroté" in found["message"]


@pytest.mark.parametrize(
    "reference", ["225-4-1 du code pénal suisse", "l'article 225-4-1 du contrat", "CM/Rec(2022)21"]
)
def test_the_number_of_another_text_is_not_looked_for_in_the_codes(
    client: TestClient, reference: str
) -> None:
    lost = get(client, "/v1/cite", reference=reference)
    assert (lost["found"], lost["candidates"]) == (False, [])


def test_the_article_of_an_act_is_not_proposed_in_a_code(client: TestClient) -> None:
    lost = get(client, "/v1/cite", reference="article 225-4-1 de la directive 2011/36/UE")
    assert lost["candidates"] == []


def test_a_code_out_of_the_base_is_not_said_to_lack_the_article(client: TestClient) -> None:
    lost = get(client, "/v1/cite", reference="art. 706-73 du code de procédure pénale")
    assert "n'est pas dans la base" in lost["message"]
    assert lost["candidates"] == []


def test_the_taxonomy_lists_codes_and_values(client: TestClient) -> None:
    found = get(client, "/v1/taxonomy")
    assert [(c["id"], c["provisions"]) for c in found["codes"]] == [("ceseda", 2), ("code-penal", 3)]
    assert [c["id"] for c in found["missing"]] == ["cpp"]
    assert "hybrid" in found["methods"]


def test_stats_count_what_the_other_routes_show(client: TestClient) -> None:
    found = get(client, "/v1/stats")
    assert found["counts"]["provision"] == 5
    assert found["counts"]["document"] == get(client, "/v1/documents")["total"]
    assert found["links_by_status"]["not_in_corpus"] == 1
    assert found["anomalies_by_kind"] == {"doublon": 2}
    assert found["generation"] == "essai"


def test_the_service_is_alive_and_ready(client: TestClient) -> None:
    assert get(client, "/healthz")["status"] == "ok"
    assert get(client, "/readyz")["generation"] == "essai"


def test_requests_are_measured_by_route_and_not_by_address(client: TestClient) -> None:
    client.get("/v1/provisions/code-penal/225-4-1")
    client.get("/v1/introuvable")
    text = client.get("/metrics").text
    assert 'renvoi_requests_total{method="GET",route="/v1/provisions/{reference:path}",status="200"}' in text
    assert 'route="(aucune)",status="404"' in text
    assert "225-4-1" not in text


def test_two_applications_measure_apart() -> None:
    one, two = (TestClient(create_app(Settings())) for _ in range(2))
    one.get("/healthz")
    assert "/healthz" not in two.get("/metrics").text


def test_every_answer_has_the_security_headers(client: TestClient) -> None:
    for address in ("/", "/v1/stats", "/v1/rien", "/static/style.css", "/metrics"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_every_route_of_the_api_is_described_in_french_with_a_summary(client: TestClient) -> None:
    document = get(client, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
