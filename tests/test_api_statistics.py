"""The figures over HTTP: filters, envelope, CSV, and the pages with their charts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from corpus.readers.statistics import read_statistics
from kb.model import PassageKind
from kb.store import SourceContent
from service.settings import Settings
from tests.builders import PENAL, REPLY, code, reply, small_service

FOLDER = Path(__file__).parent.parent / "corpus" / "starter" / "statistics"
READING = read_statistics({path.name: path.read_bytes() for path in FOLDER.iterdir()})
CONTENT = SourceContent(
    "statistiques", "1", (), (), (), (), (), statistics=READING.statistics, figures=READING.figures
)
PENAL_CODE = code("code-penal", "LEGITEXT000006070719", PENAL)
ADDRESSES = (
    "/statistiques",
    "/statistiques?forme=mendicite-forcee",
    *(f"/statistiques/{family.id}" for family in READING.statistics.families),
)
MAX_BYTES = 150_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    questions = sorted({figure.question for figure in READING.figures})
    answers = reply(*((number, PassageKind.ANSWER, "Des chiffres.") for number in questions))
    service = small_service(tmp_path_factory.mktemp("base"), PENAL_CODE, answers, CONTENT)
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A base with the figures and without the reply."""
    service = small_service(tmp_path_factory.mktemp("bare"), PENAL_CODE, CONTENT)
    with TestClient(create_app(Settings(), lambda _: service)) as found:
        yield found


def get(client: TestClient, **parameters: object) -> Any:
    answer = client.get("/v1/statistics", params=parameters)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_without_any_filter_every_measure_is_told_with_who_counts_what(client: TestClient) -> None:
    found = get(client)
    assert found["total"] == len(READING.figures) == sum(m["figures"] for m in found["measures"])
    assert found["suppressed"] == sum(f.value is None for f in READING.figures)
    assert len(found["results"]) == found["page_size"] == 100
    assert all(
        m["producer"] and m["definition"] and m["caveats"] and m["label_en"] for m in found["measures"]
    )
    assert len(found["gaps"]) == len(READING.statistics.gaps)


def test_pages_follow_each_other_to_the_last_figure(client: TestClient) -> None:
    seen, address = 0, "/v1/statistics?page_size=300&measure=victimes-enregistrees&measure=titres-delivres"
    while address:
        found = client.get(address).json()
        seen += len(found["results"])
        address = found["next_page"]
    assert seen == found["total"] == 216 + 18


def test_figures_are_filtered_by_each_of_their_dimensions(client: TestClient) -> None:
    found = get(
        client, measure="victimes-enregistrees", year=2023, form="exploitation-sexuelle", sex="femmes"
    )
    assert {r["dimensions"]["age"]["id"]: r["value"] for r in found["results"]} == {
        "mineurs": 290,
        "majeurs": 704,
        "inconnu": 0,
    }
    first = found["results"][0]
    assert (first["question"], first["place"], first["source_line"]) == (42, "42.1", 3590)
    assert first["answer_url"] == f"/reponses/{REPLY}/42"
    assert found["filters"]["year"] == ["2023"]


def test_a_value_is_known_by_its_french_name_too(client: TestClient) -> None:
    by_code = get(client, nationality="DO", measure="victimes-par-nationalite")
    assert get(client, nationality="republique DOMINICAINE", measure="victimes-par-nationalite") == by_code
    assert [r["value"] for r in by_code["results"]] == [8, 31, 9, 58]


def test_a_masked_figure_is_null_with_its_reason_and_never_zero(client: TestClient) -> None:
    found = get(client, measure="recepisses-reflexion")["results"]
    assert [(r["value"], r["suppressed"], r["reason"]) for r in found] == [
        (10, False, ""),
        (8, False, ""),
        (None, True, "secret"),
    ]


@pytest.mark.parametrize(
    ("asked", "told", "hint"),
    [
        ({"form": "esclavage"}, "form : « esclavage »", "exploitation-sexuelle"),
        ({"year": "1999"}, "year : « 1999 »", "2021, 2022, 2023"),
        ({"year": "9" * 30}, "year", "2021"),
        ({"nationality": "' OR 1=1"}, "nationality", "FR"),
        ({"measure": "rien"}, "measure", "victimes-enregistrees"),
        ({"sex": ""}, "sex", "femmes"),
        ({"territory": "France"}, "Paramètre inconnu", ""),
        ({"format": "xml"}, "format", ""),
        ({"page_size": "0"}, "page_size", ""),
    ],
)
def test_what_is_not_known_is_refused_in_french_with_what_is(
    client: TestClient, asked: dict[str, str], told: str, hint: str
) -> None:
    answer = client.get("/v1/statistics", params=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert told in answer.json()["detail"]
    assert hint in answer.json()["hint"]


def test_a_filter_that_leaves_nothing_answers_an_empty_page(client: TestClient) -> None:
    found = get(client, measure="titres-delivres", form="exploitation-sexuelle")
    assert (found["total"], found["results"], found["measures"]) == (0, [], [])


def test_checks_anomalies_and_gaps_come_with_the_measures_that_they_are_of(client: TestClient) -> None:
    found = get(client, measure="demandes-entraide")
    assert [a["id"] for a in found["anomalies"]] == ["entraide-annee-2022-deux-fois"]
    assert (found["checks"], found["gaps"]) == ([], [])
    assert len(get(client, measure="personnes-condamnees")["gaps"]) == 2


def test_the_csv_has_every_figure_and_no_page(client: TestClient) -> None:
    answer = client.get("/v1/statistics?format=csv")
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert "statistiques.csv" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8-sig")
    assert text.count("\r\n") == text.count("\n")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [(r["measure"], r["source_line"]) for r in rows] == [
        (f.measure, str(f.line)) for f in READING.figures
    ]
    for row, figure in zip(rows, READING.figures, strict=True):
        assert row["value"] == ("" if figure.value is None else str(figure.value))
        assert row["suppressed"] == ("oui" if figure.value is None else "non")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t")]


def test_a_base_without_the_reply_gives_its_figures_without_a_link_to_it(bare: TestClient) -> None:
    found = get(bare, measure="titres-delivres")
    assert {r["answer_url"] for r in found["results"]} == {None}
    page = bare.get("/statistiques")
    assert page.status_code == 200
    assert "/reponses/" not in page.text


def test_an_answer_leads_to_its_figures(client: TestClient) -> None:
    text = client.get(f"/reponses/{REPLY}/39").text
    assert '<a href="/statistiques/entraide-penale">' in text
    assert "/v1/statistics?question=39" in text
    assert "/statistiques/procedures" not in text


class Page(HTMLParser):
    """Notes the tags of a page; one that is not closed fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_statistics_is_sound_light_and_without_inline_style(
    client: TestClient, address: str
) -> None:
    answer = client.get(address)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert len(answer.content) <= MAX_BYTES
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert page.all("script") == [{"type": "module", "src": "/static/suggestions.js"}]
    assert not page.all("style")
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]
    for link in {a["href"] or "" for a in page.all("a")}:
        if link.startswith("/") and link != "/docs":
            assert client.get(link).status_code == 200, link


def test_every_chart_has_its_table_beside_with_the_same_numbers(client: TestClient) -> None:
    text = client.get("/statistiques").text
    panels = [part.split("</article>")[0] for part in text.split('<article class="panel"')[1:]]
    assert len(panels) == 13
    for panel in panels:
        assert panel.count("<svg") == panel.count("<table") == 1
        assert "du texte de la réponse" in panel
    assert "1\u202f044" in panels[0]
    assert "≥\u00a025" in panels[0]
    assert "masqué" in panels[0]


def test_a_year_that_the_reply_lacks_is_told_and_not_drawn_as_zero(client: TestClient) -> None:
    text = client.get("/statistiques").text
    prosecuted = text.split('id="poursuites"')[1].split("</article>")[0]
    assert '<th scope="col">2023</th>' in prosecuted
    assert "non publié" in prosecuted


def test_a_form_keeps_the_panels_that_are_broken_down_by_form(client: TestClient) -> None:
    text = client.get("/statistiques?forme=travail-force").text
    assert 'id="par-sexe"' in text
    assert 'id="procedures"' not in text
    assert '<option value="travail-force" selected>' in text
    assert client.get("/statistiques?forme=rien").status_code == 400


def test_an_unknown_family_is_not_found(client: TestClient) -> None:
    assert client.get("/statistiques/rien").status_code == 404


def test_a_base_without_figures_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(), lambda _: small_service(tmp_path))) as empty:
        assert "ne tient pas de statistiques" in empty.get("/statistiques").text
        assert get(empty)["total"] == 0
        assert "ne tient pas de statistiques" in empty.get("/v1/statistics?form=x").json()["hint"]
