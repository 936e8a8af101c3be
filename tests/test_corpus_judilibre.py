"""Decisions in the JSON of Judilibre: zones, notice, identifiers, what is refused."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decision_source import read_decision_source
from corpus.readers.judilibre import DecisionReading, read_decisions
from corpus.sources import DECISIONS_KEY, discover
from kb.errors import UnreadableSource
from kb.ids import format_id, parse_id
from kb.model import UNREADABLE_FILE, DocumentKind, PassageKind
from kb.store import SourceContent

TEXT = (
    "La cour,\n\nVu les pièces.\n\nL'article 225-4-1 du code pénal s'applique.\n\nPAR CES MOTIFS : rejette."
)
GROUNDS, RULING = TEXT.index("L'article"), TEXT.index("PAR CES")
DECISION: dict[str, Any] = {
    "id": "674578b5be5b46efe4786a83",
    "jurisdiction": "Cour de cassation",
    "chamber": "Chambre criminelle",
    "number": "23-85.798",
    "numbers": ["23-85.798", "23-85.799"],
    "ecli": "ECLI:FR:CCASS:2024:CR01430",
    "decision_date": "2024-11-26",
    "solution": "Rejet",
    "publication": ["Publié au Bulletin"],
    "themes": ["traite des êtres humains", "rémunération"],
    "summary": "L'infraction de l'article 225-4-1 du code pénal suppose un avantage.",
    "visa": [{"title": 'Article <a href="https://www.legifrance.gouv.fr/x">225-4-2 du code pénal</a>.'}],
    "text": TEXT,
    "zones": {
        "introduction": [{"start": 0, "end": GROUNDS}],
        "moyens": [],
        "motivations": [{"start": GROUNDS, "end": RULING}],
        "dispositif": [{"start": RULING, "end": len(TEXT) + 1}],
    },
}


def read(**changes: Any) -> DecisionReading:
    (reading,) = read_decisions(json.dumps(DECISION | changes).encode(), "d.json")
    return reading


def source_of(folder: Path, **files: Any) -> SourceContent:
    target = folder / "case_law" / "judilibre"
    target.mkdir(parents=True)
    for name, value in files.items():
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        (target / f"{name}.json").write_bytes(data)
    (source,) = (s for s in discover(folder) if s.key == DECISIONS_KEY)
    return read_decision_source(source)


def test_the_zones_are_passages_whose_spans_count_as_judilibre_does() -> None:
    reading = read()
    assert [p.place for p in reading.passages] == [
        "sommaire", "visa", "introduction", "motivations", "dispositif",
    ]  # fmt: skip
    grounds = reading.passages[3]
    assert grounds.content.spans()[0].start == GROUNDS
    assert grounds.heading[-1] == "Motivations"
    for passage in reading.passages:
        for s in passage.content.segments:
            assert passage.text[s.start : s.start + s.length] == reading.raw[s.raw : s.raw + s.length]
    assert reading.anomalies == ()


def test_the_notice_tells_the_court_the_number_the_themes_and_the_solution() -> None:
    document = read().document
    assert document.id == "cass/23-85.798"
    assert document.kind is DocumentKind.DECISION
    assert document.title == "Cour de cassation, chambre criminelle, 26 novembre 2024, n° 23-85.798"
    assert document.text_id == "ECLI:FR:CCASS:2024:CR01430"
    assert document.url == "https://www.courdecassation.fr/decision/674578b5be5b46efe4786a83"
    assert ("solution", "Rejet") in document.facts
    assert [value for name, value in document.facts if name == "numéro"] == ["23-85.798", "23-85.799"]


def test_a_visa_loses_its_markup_and_keeps_its_link() -> None:
    visa = read().passages[1]
    assert (visa.kind, visa.text) == (PassageKind.VISA, "Article 225-4-2 du code pénal.")
    assert visa.urls == ("https://www.legifrance.gouv.fr/x",)


def test_text_outside_of_every_zone_is_kept() -> None:
    zones = {"motivations": [{"start": GROUNDS, "end": RULING}]}
    assert [p.place for p in read(zones=zones).passages[2:]] == ["texte", "motivations", "texte"]
    assert [p.place for p in read(zones=None).passages[2:]] == ["texte"]


def test_zones_that_overlap_are_cut_and_told() -> None:
    zones = {"expose": [{"start": 0, "end": 40}], "motivations": [{"start": 20, "end": 9_999}]}
    reading = read(zones=zones)
    assert [a.kind for a in reading.anomalies] == ["zones_fautives"]
    texts = [p.text for p in reading.passages[2:]]
    assert "".join("".join(texts).split()) == "".join(TEXT.split())


@pytest.mark.parametrize(
    ("court", "location", "number", "expected"),
    [
        ("cc", "", "23-85798", "cass/23-85.798"),
        ("Cour d'appel", "Cour d'appel de Chambéry", "20/00804", "ca/chambery/20-00804"),
        ("Tribunal judiciaire de Bordeaux", "", "20/00804", "tj/bordeaux/20-00804"),
        (
            "tcom",
            "Tribunal de commerce de La Roche-sur-Yon",
            "2022004346",
            "tcom/la-roche-sur-yon/2022004346",
        ),
        (
            "Conseil de prud'hommes d'Angers",
            "",
            "F 20/1",
            "juridiction/conseil-de-prud-hommes-d-angers/f-20-1",
        ),
    ],
)
def test_each_court_has_identifiers_of_its_own(court: str, location: str, number: str, expected: str) -> None:
    found = read(jurisdiction=court, location=location, number=number, numbers=None).document.id
    assert found == expected
    assert format_id(parse_id(found)) == found


def test_values_given_by_their_keys_are_read_in_full() -> None:
    document = read(jurisdiction="cc", chamber="cr", number=["23-85.798"], publication=["b"]).document
    assert document.title.startswith("Cour de cassation, chambre criminelle")
    assert ("publication", "Publié au Bulletin") in document.facts


@pytest.mark.parametrize("name", ["results", "resolved"])
def test_a_page_of_results_is_read(name: str) -> None:
    data = json.dumps({"page": 0, name: [DECISION, DECISION | {"number": "20-10.001", "numbers": []}]})
    assert [r.document.id for r in read_decisions(data.encode(), "l.json")] == [
        "cass/23-85.798",
        "cass/20-10.001",
    ]


def test_the_same_decision_in_two_files_is_read_once_in_its_fullest_form(tmp_path: Path) -> None:
    result = {k: v for k, v in DECISION.items() if k not in ("text", "zones", "visa")}
    content = source_of(tmp_path, a={"results": [result]}, b=DECISION)
    (document,) = content.documents
    assert document.path == "case_law/judilibre/b.json"


def test_two_decisions_of_one_number_are_both_kept(tmp_path: Path) -> None:
    content = source_of(tmp_path, a=DECISION, b=DECISION | {"id": "1f", "text": "Rectifie.", "zones": None})
    assert sorted(d.id for d in content.documents) == ["cass/23-85.798", "judilibre/1f"]
    assert len({p.id for p in content.passages}) == len(content.passages)


def test_a_result_with_nothing_to_quote_makes_no_document(tmp_path: Path) -> None:
    bare = {k: DECISION[k] for k in ("id", "jurisdiction", "number", "decision_date")}
    assert source_of(tmp_path, a={"results": [bare]}).documents == ()


def test_visa_summary_and_text_are_searched_for_citations(tmp_path: Path) -> None:
    content = source_of(tmp_path, a=DECISION)
    places = {c.passage.split("/")[2]: c.citation.targets for c in content.citations}
    assert places == {
        "sommaire": ("code-penal/225-4-1",),
        "visa": ("code-penal/225-4-2",),
        "motivations": ("code-penal/225-4-1",),
    }


def test_one_bad_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    content = source_of(tmp_path, a=DECISION, b=b"{")
    assert [d.id for d in content.documents] == ["cass/23-85.798"]
    (anomaly,) = content.anomalies
    assert (anomaly.kind, anomaly.document) == (UNREADABLE_FILE, "case_law/judilibre/b.json")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decision_date": "2024-02-30"}, "n'est pas une date"),
        ({"decision_date": None}, "n'est pas une date"),
        ({"number": "n° 12", "numbers": []}, "pourvoi"),
        ({"number": None, "numbers": []}, "ni juridiction ni numéro"),
        ({"text": 3}, "« text » doit être un texte"),
        ({"text": "a\x00b"}, "U\\+0000"),
        ({"text": "\ud800"}, "U\\+D800"),
        ({"visa": "article 1"}, "« visa » doit être une liste"),
        ({"zones": {"motivations": [{"start": "0", "end": 3}]}}, "nombre entier"),
        ({"zones": {"motivations": [{"start": 5, "end": 3}]}}, "va de 5 à 3"),
        ({"zones": {"secret": []}}, "secret"),
        ({"zones": [1]}, "un objet était attendu"),
    ],
)
def test_a_decision_of_the_wrong_shape_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableSource, match=message) as refusal:
        read(**changes)
    assert "d.json" in refusal.value.message


@pytest.mark.parametrize(
    "data",
    [b"", b"[1]", b'{"a": 1}', b"null", b"[" * 100_000, b'[{"x": 1e400}]', b'[{"x": NaN}]', b"\xff\xfe{}",
     "{\"text\": \"é\"}".encode("latin-1"), b'{"x": ' + b"9" * 5_000 + b"}"],
)  # fmt: skip
def test_hostile_json_is_refused_at_once(data: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(UnreadableSource):
        read_decisions(data, "h.json")
    assert time.perf_counter() - started < 2


WHOLE = json.dumps(DECISION, ensure_ascii=False).encode()


@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(UnreadableSource):
        read_decisions(WHOLE[:cut], "c.json")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(UnreadableSource):
        read_decisions(data, "b.json")


_LEAF = st.sampled_from(
    [None, True, -1, 10**30, 1e308, "", "x\u0301", "\x00", "2024-11-26", [], {}, [[]], [{}]]
)
_NESTED = (
    _LEAF | st.lists(_LEAF, max_size=2) | st.dictionaries(st.sampled_from(["title", "start", "texte"]), _LEAF)
)
_FIELDS = st.sampled_from(
    [*sorted(DECISION), "location", "contested", "rapprochements", "titlesAndSummaries"]
)


@given(st.dictionaries(_FIELDS, _NESTED, max_size=4))
def test_any_values_of_the_fields_are_read_or_refused(changes: dict[str, Any]) -> None:
    with suppress(UnreadableSource):
        read(**changes)


@pytest.mark.sources
def test_the_real_decisions_are_read_with_their_zones(sources: Path) -> None:
    found = {}
    for path in sorted((sources / "case_law" / "judilibre").glob("*detail*.json")):
        (reading,) = read_decisions(path.read_bytes(), path.name)
        found[reading.document.id] = {p.place for p in reading.passages}
    zoned = {"introduction", "expose", "motivations", "dispositif", "sommaire"}
    assert found == {
        "ca/chambery/20-00804": zoned,
        "tj/bordeaux/20-00804": zoned,
        "tcom/la-roche-sur-yon/2022004346": {"texte"},
        "cass/19-19.463": zoned | {"visa", "moyens", "annexes"},
    }


@pytest.mark.sources
def test_the_real_list_gives_the_decisions_that_have_something_to_quote(sources: Path) -> None:
    (source,) = (s for s in discover(sources) if s.key == DECISIONS_KEY)
    content = read_decision_source(source)
    assert len(content.documents) == 154  # one of the list is also there in full
    assert not [a for a in content.anomalies if a.kind == UNREADABLE_FILE]
    visas = {c.citation.targets for c in content.citations if c.passage.startswith("cass/19-19.463/visa")}
    assert visas == {("code-de-commerce/L721-3",), ("code-de-l-organisation-judiciaire/L221-4",)}
