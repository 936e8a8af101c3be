"""The next report: a questionnaire is read, each question gets proposals, a draft keeps what is chosen."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

import docx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.schemas.reports import QuestionIn
from kb.ids import DocumentId, PassageId
from kb.model import Document, DocumentKind, Passage, PassageKind
from kb.text.spans import MappedText
from service.settings import Settings
from tests.builders import PENAL, SourceContent, code, reply, small_service
from tests.dossier_server import Browser, Server, dossier_server
from workplace.model import Scope

TEXT = """Partie I – Protection

1. Victime : quelles mesures ?
a. quel titre de séjour ;
b. pêche au saumon.
2. Traite : quelles peines ?
"""
HOSTILE = "1. <script>alert('x')</script> & \"quelles\" mesures ?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("reports")) as found:
        yield found


def _read(server: Server, text: str) -> dict[str, Any]:
    answer = server.client.post("/v1/reports", json={"text": text})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _propose(server: Server, text: str, **more: Any) -> dict[str, Any]:
    answer = server.client.post("/v1/reports/proposals", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _draft(server: Server, login: str) -> tuple[Browser, str]:
    """A draft begun by the pages, with its address."""
    browser = server.browser(login)
    page = browser.client.post("/rapport", data={"text": TEXT})
    assert page.status_code == 200, page.text
    hidden = {n: unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}
    answer = browser.client.post("/rapport/brouillon", data={**hidden, "title": "Cinquième rapport"})
    assert answer.status_code == 303, answer.text
    return browser, answer.headers["location"]


def test_the_api_reads_a_questionnaire_with_the_place_of_each_question(server: Server) -> None:
    found = _read(server, TEXT)
    assert [q["name"] for q in found["questions"]] == ["Question 1", "Question 2"]
    assert [p["label"] for p in found["questions"][0]["parts"]] == ["a", "b"]
    span = found["questions"][0]["spans"][0]
    assert TEXT[span["start"] : span["end"]] == found["questions"][0]["text"]
    assert (found["others"], found["missing"], found["message"]) == ([], [], "")


def test_a_word_file_is_read_by_its_content_type(server: Server) -> None:
    document = docx.Document()
    document.add_paragraph("1. Quelles mesures ?")
    data = io.BytesIO()
    document.save(data)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    answer = server.client.post("/v1/reports", content=data.getvalue(), headers={"Content-Type": kind})
    assert answer.json()["questions"][0]["text"] == "1. Quelles mesures ?"


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"text": "  "}', "application/json", 400),
        (b'{"text": "a", "autre": 1}', "application/json", 400),
        (b"PK\x03\x04 rien", "application/pdf", 400),
        (b"\xff\xfe", "text/plain", 400),
        (b'{"text": "' + b"a" * 600_000 + b'"}', "application/json", 413),
        (b"a" * 50_000_000, "text/plain", 413),
    ],
)
def test_what_cannot_be_read_is_a_problem_in_french(
    server: Server, content: bytes, media: str, status: int
) -> None:
    answer = server.client.post("/v1/reports", content=content, headers={"Content-Type": media})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert re.search(r"[éèàê]|Le |Un |trop", answer.json()["detail"])


def test_an_unknown_parameter_is_refused(server: Server) -> None:
    assert server.client.post("/v1/reports?nom=x", json={"text": "1. Qui ?"}).status_code == 400


def test_the_closest_question_is_named_and_its_answer_comes_first(server: Server) -> None:
    found = _propose(server, "21. Quelles mesures ont été mises en place ?")
    assert (found["former"]["question"], found["former"]["document"]) == (21, "reponse-france-greta-4")
    first = found["groups"][0]
    assert first["name"] == "question-proche"
    assert "titre (article L425-1" in first["results"][0]["text"]
    assert all(r["reasons"] and 0 <= r["score"] <= 1 for g in found["groups"] for r in g["results"])


def test_each_citation_of_a_reused_passage_says_what_became_of_it(server: Server) -> None:
    found = _propose(
        server, "Quelles mesures ont été mises en place ?", since="2012-01-01", as_of="2026-05-01"
    )
    told = {c["reference"]: c["status"] for c in found["groups"][0]["results"][0]["changes"]}
    assert told == {"CESEDA, art. L. 425-1": "unchanged", "CESEDA, art. L. 425-99": "unclear"}


def test_a_reply_without_a_date_says_that_it_needs_one(server: Server) -> None:
    found = _propose(server, "Quelles mesures ont été mises en place ?")
    assert any("ne dit pas sa date" in notice for notice in found["notices"])
    assert found["groups"][0]["results"][0]["changes"][0]["status"] == "undated"


def test_a_question_and_a_part_without_answer_are_gaps(server: Server) -> None:
    found = _propose(server, "Zythum ?", parts=["a. saumon fumé ;", "!!!"])
    assert found["gap"] is True
    assert found["former"] is None
    assert [part["gap"] for part in found["parts"]] == [True, True]
    assert all("Lacune" in p["message"] or p["message"] for p in found["parts"])


def test_a_visitor_sees_the_questions_and_the_proposals_but_keeps_nothing(server: Server) -> None:
    page = server.client.post("/rapport", data={"text": TEXT})
    assert "2 questions reconnues" in page.text
    assert "Connectez-vous" in page.text
    address = unescape(re.search(r'href="(/rapport/question\?[^"]+)"', page.text)[1])  # type: ignore[index]
    shown = server.client.get(address)
    assert shown.status_code == 200
    assert 'type="checkbox"' not in shown.text
    refused = server.client.post("/rapport/brouillon", data={"title": "x", "draft": "[]"})
    assert refused.status_code in (401, 403)


def test_a_file_that_cannot_be_read_comes_back_with_the_reason(server: Server) -> None:
    page = server.client.post("/rapport", data={"text": ""}, files={"file": ("faux.pdf", b"%PDF-1.7 rien")})
    assert page.status_code == 400
    assert 'role="alert"' in page.text
    empty = server.client.post("/rapport", data={"text": " "})
    assert empty.status_code == 400
    assert "vide" in empty.text


def test_a_draft_is_a_dossier_that_keeps_what_is_ticked_under_its_question(server: Server) -> None:
    browser, address = _draft(server, "claire")
    page = browser.get(address).text
    question = re.search(rf'href="({address}/questions/\w+)"', page)[1]  # type: ignore[index]
    shown = browser.get(question).text
    assert "pêche au saumon" in shown
    choices = [unescape(v) for v in re.findall(r'name="keep" value="([^"]+)"', shown)]
    passage = next(c for c in choices if c.startswith("passage:"))
    answer = browser.post(
        question,
        question,
        keep=[passage, "disposition:ceseda/L425-1", "lacune:b. pêche au saumon."],  # type: ignore[arg-type]
    )
    assert answer.status_code == 303, answer.text
    identifier = address.rpartition("/")[2]
    key = server.key("claire", Scope.READ)
    dossier = server.client.get(f"/v1/dossiers/{identifier}", headers=key).json()
    kinds = [item["kind"] for item in dossier["items"]]
    assert kinds == ["titre", "question", "passage", "disposition", "note", "question"]
    exported = server.client.get(f"/v1/dossiers/{identifier}/export?format=md", headers=key).text
    assert "Lacunes" in exported
    assert (
        exported.index("Question 1") < exported.index("CESEDA, art. L. 425-1") < exported.index("Question 2")
    )
    assert "pêche au saumon" in exported


def test_nothing_ticked_and_nonsense_are_refused_in_french(server: Server) -> None:
    browser, address = _draft(server, "denis")
    question = re.search(rf'href="({address}/questions/\w+)"', browser.get(address).text)[1]  # type: ignore[index]
    assert browser.post(question, question).status_code == 400
    assert browser.post(question, question, keep="autre:x").status_code == 400
    assert browser.post(question, question, keep="passage:inconnu").status_code == 404
    assert browser.get(f"{address}/questions/absent").status_code == 404
    heading = re.search(r'id="e-(\w+)"', browser.get(address).text)[1]  # type: ignore[index]
    assert browser.get(f"{address}/questions/{heading}").status_code == 400


def test_the_draft_of_someone_else_is_not_found(server: Server) -> None:
    browser, address = _draft(server, "emma")
    question = re.search(rf'href="({address}/questions/\w+)"', browser.get(address).text)[1]  # type: ignore[index]
    assert server.browser("farid").get(question).status_code == 404


def test_a_script_in_a_question_comes_out_inert_on_every_page(server: Server) -> None:
    browser = server.browser("gael")
    page = browser.client.post("/rapport", data={"text": HOSTILE})
    assert "<script>" not in page.text
    hidden = {n: unescape(v) for n, v in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}
    made = browser.client.post("/rapport/brouillon", data={**hidden, "title": "<script>alert(1)</script>"})
    address = made.headers["location"]
    dossier = browser.get(address).text
    question = re.search(rf'href="({address}/questions/\w+)"', dossier)[1]  # type: ignore[index]
    assert "<script>" not in dossier + browser.get(question).text
    sketch = unescape(re.search(r'href="(/rapport/question\?[^"]+)"', page.text)[1])  # type: ignore[index]
    assert "<script>" not in browser.get(sketch).text


def test_a_draft_is_begun_and_filled_by_the_api_alone(server: Server) -> None:
    key = server.key("hugo")
    found = _read(server, TEXT)
    questions = [
        {
            "name": q["name"],
            "text": q["text"],
            "parts": [p["text"] for p in q["parts"]],
            "heading": q["heading"],
        }
        for q in found["questions"]
    ]
    made = server.client.post("/v1/reports/drafts", json={"title": "R", "questions": questions}, headers=key)
    assert made.status_code == 201, made.text
    dossier = made.json()
    question = next(i["id"] for i in dossier["items"] if i["kind"] == "question")
    address = f"/v1/dossiers/{dossier['id']}/questions/{question}"
    assert server.client.get(address, headers=key).json()["query"].startswith("Victime")
    kept = server.client.post(address, json={"provisions": ["L425-1 du CESEDA"]}, headers=key)
    assert kept.status_code == 201, kept.text
    assert kept.json()["items"][2]["source"]["id"] == "ceseda/L425-1"
    assert server.client.post(address, json={}, headers=key).status_code == 400
    assert (
        server.client.post(
            "/v1/reports/drafts", json={"title": "R", "questions": []}, headers=key
        ).status_code
        == 400
    )


def test_an_edited_draft_can_be_brought_back_to_any_state(server: Server) -> None:
    browser, address = _draft(server, "ines")
    question = re.search(rf'href="({address}/questions/\w+)"', browser.get(address).text)[1]  # type: ignore[index]
    browser.post(question, question, keep="disposition:ceseda/L425-1")
    undone = browser.post(f"{address}/historique/1", f"{address}/historique/1/retablir", version="2")
    assert undone.status_code == 303, undone.text
    assert "CESEDA, art. L. 425-1" not in browser.get(address).text.partition("Historique")[0]


def test_the_wording_of_a_question_may_be_asked_whatever_its_length() -> None:
    assert QuestionIn(text="a" * 4_000).text
    assert json.loads(QuestionIn(text="Qui ?").model_dump_json())["parts"] == []


def _placed(*answers: tuple[str, PassageKind, str]) -> SourceContent:
    """A reply whose passages answer sub-questions."""
    content = reply(*((int(place.partition(".")[0]), kind, text) for place, kind, text in answers))
    passages = tuple(
        replace(passage, place=place)
        for passage, (place, _, _) in zip(content.passages, answers, strict=True)
    )
    return replace(content, passages=passages)


def _record() -> SourceContent:
    """One record: what it says, then its words, which are for the search."""
    texts = ("Le délai.\n\nLa victime a trente jours.", "Le délai : rétablissement, trente jours.")
    document = Document(DocumentId("fiche/terme/delai"), DocumentKind.RECORD, "Le délai", "d.md", "1" * 64)
    passages = tuple(
        Passage(
            id=PassageId(f"fiche/terme/delai/delai/{ordinal + 1}"),
            document=document.id,
            ordinal=ordinal,
            kind=PassageKind.RECORD,
            heading=("Le délai",),
            place="delai",
            content=MappedText.of("x" * 1000 + text, 1000),
        )
        for ordinal, text in enumerate(texts)
    )
    return SourceContent("fiche/d", "1", (document,), (), passages, (), ())


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    contents = (
        code("code-penal", "LEGITEXT000006070719", PENAL),
        _placed(
            ("40", PassageKind.QUESTION, "40. Quelles mesures ?"),
            ("40.1", PassageKind.QUESTION, "indemnisation des victimes"),
            ("40.1", PassageKind.ANSWER, "Un fonds les indemnise."),
            ("40.2", PassageKind.QUESTION, "rétablissement des victimes"),
            ("40.2", PassageKind.ANSWER, "Trente jours de rétablissement."),
        ),
        _record(),
    )
    folder = tmp_path_factory.mktemp("placed")
    service = small_service(folder, *contents)
    with TestClient(create_app(Settings(home=folder), lambda _: service)) as client:
        yield Server(client, client.app)


def test_when_a_sub_question_is_the_closest_its_own_answer_alone_is_proposed(placed: Server) -> None:
    found = _propose(placed, "rétablissement ?")
    assert (found["former"]["question"], found["former"]["place"]) == (40, "40.2")
    assert found["former"]["text"] == "rétablissement des victimes"
    assert [r["text"] for r in found["groups"][0]["results"]] == ["Trente jours de rétablissement."]
    assert "réponse à la question 40.2" in found["groups"][0]["results"][0]["title"]


def test_a_record_is_proposed_by_what_it_says_and_never_by_its_words(placed: Server) -> None:
    found = _propose(placed, "rétablissement ?")
    records = [r["text"] for g in found["groups"] if g["name"] == "fiche" for r in g["results"]]
    assert records == ["Le délai.\n\nLa victime a trente jours."]


def test_a_draft_says_how_many_of_its_questions_have_a_source_and_leads_to_the_first_without(
    server: Server,
) -> None:
    browser, address = _draft(server, "claire")
    page = browser.get(address).text
    assert "0 question sur 2 a au moins un extrait." in page
    first = re.search(rf'href="({address}/questions/\w+)">Commencer\s:\sQuestion 1<', page)
    assert first
    kept = browser.post(first[1], first[1], keep="disposition:code-penal/225-4-1")
    assert kept.status_code == 303, kept.text
    page = browser.get(address).text
    assert "1 question sur 2 a au moins un extrait." in page
    assert re.search(r"Reprendre\s:\sQuestion 2", page)
