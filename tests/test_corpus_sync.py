"""Fetching the official texts: over a real socket, with the faults that real servers show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from corpus.readers.legi.json_code import read_legi_json
from corpus.sources import discover
from corpus.sync.code_files import code_jobs
from corpus.sync.judilibre import judilibre_jobs
from corpus.sync.ledger import NAME, Ledger
from corpus.sync.legifrance import legifrance_jobs
from corpus.sync.manifest import Origin, manifest
from corpus.sync.piste import Keys, Piste
from corpus.sync.run import Job, SyncReport, mirror_jobs, run
from corpus.sync.transport import Transport
from kb.errors import SyncFailed
from kb.progress import silent
from tests.publisher import ID, JUDILIBRE, LEGIFRANCE, SECRET, Publisher, publishing

CODE = "LEGITEXT000006070719"
DAY = date(2026, 4, 3)
TARGET = f"codes/{DAY}/{CODE}.md"
PATH = f"/fr/{CODE}.md"
TEXT = f'---\ntitle: "Code pénal"\nidentifier: "{CODE}"\n---\n# Code pénal\n\n##### Article 1\n\nTexte.\n'.encode()
LONG = TEXT + b"".join(f"\n##### Article {n}\n\nTexte numero {n}.\n".encode() for n in range(2, 4000))


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    found = Publisher(files={PATH: TEXT})
    with publishing(found):
        yield found


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(pace=0)
    yield made
    made.close()


def origin(publisher: Publisher, key: str = "codes") -> Origin:
    known = manifest()[key]
    path = {"codes": "/fr/{text_id}.md", "legifrance": LEGIFRANCE, "judilibre": JUDILIBRE}[key]
    return replace(known, url=publisher.base + path)


def piste(publisher: Publisher, transport: Transport, key: str, secret: str = SECRET) -> Piste:
    return Piste(transport, Keys(ID, secret), origin(publisher, key).url, f"{publisher.base}/api/oauth/token")


def fetch_code(publisher: Publisher, transport: Transport, folder: Path, day: date = DAY) -> SyncReport:
    return run(folder, code_jobs(origin(publisher), transport, [CODE], day), silent)


def test_the_manifest_says_who_publishes_what_under_which_licence() -> None:
    for key, found in manifest().items():
        assert found.key == key
        assert all([found.title, found.producer, found.licence, found.checked])
        assert found.url.startswith("https://")


def test_a_code_is_fetched_verified_and_found_among_the_sources(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    assert fetch_code(publisher, transport, tmp_path) == SyncReport(fetched=(TARGET,))
    assert (tmp_path / TARGET).read_bytes() == TEXT
    assert CODE in {source.text_id for source in discover(tmp_path)}


def test_what_is_already_there_is_not_fetched_again(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    fetch_code(publisher, transport, tmp_path)
    assert fetch_code(publisher, transport, tmp_path).kept == (TARGET,)
    assert publisher.asked[PATH] == 1


def test_a_file_spoilt_since_is_told_and_fetched_again(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    fetch_code(publisher, transport, tmp_path)
    (tmp_path / TARGET).write_bytes(b"autre")
    assert list(Ledger(tmp_path).faults()) == [
        f"{TARGET} n'est plus le fichier reçu : sa somme SHA-256 a changé."
    ]
    assert fetch_code(publisher, transport, tmp_path).fetched == (TARGET,)
    assert not list(Ledger(tmp_path).faults())


def test_the_same_text_on_another_day_makes_no_second_snapshot(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    fetch_code(publisher, transport, tmp_path)
    later = fetch_code(publisher, transport, tmp_path, date(2026, 5, 1))
    assert not later.fetched
    assert [p.parent.name for p in tmp_path.glob("codes/*/*.md")] == ["2026-04-03"]


@pytest.mark.parametrize("cut", [0, 1, 70_000, len(LONG) - 1])
def test_a_transfer_cut_short_goes_on_where_it_stopped(
    publisher: Publisher, transport: Transport, tmp_path: Path, cut: int
) -> None:
    publisher.files[PATH] = LONG
    publisher.cut_after[PATH] = cut
    assert fetch_code(publisher, transport, tmp_path).fetched == (TARGET,)
    assert (tmp_path / TARGET).read_bytes() == LONG
    assert publisher.asked[PATH] == 2
    assert all(int(asked.removeprefix("bytes=").rstrip("-")) <= cut for asked in publisher.ranges)


def test_a_file_that_changed_between_two_pieces_is_taken_whole(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    aside = tmp_path / ".renvoi-sync" / TARGET.replace("/", "_")
    aside.parent.mkdir()
    aside.write_bytes(LONG[:1000])
    aside.with_name(f"{aside.name}.etag").write_text('"d-une-autre-version"')
    fetch_code(publisher, transport, tmp_path)
    assert (tmp_path / TARGET).read_bytes() == TEXT


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_fault_that_passes_is_waited_out(
    publisher: Publisher, transport: Transport, tmp_path: Path, status: int
) -> None:
    publisher.faults[PATH] = [(status, {"Retry-After": "1"}), (status, {})]
    assert fetch_code(publisher, transport, tmp_path).fetched == (TARGET,)


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (503, {}, "5 essais"),
        (429, {"Retry-After": "3600"}, "quota"),
        (404, {}, "rien à cette adresse"),
        (403, {}, "interdit"),
    ],
)
def test_a_fault_that_lasts_is_told_and_stops_none_of_the_others(
    publisher: Publisher,
    transport: Transport,
    tmp_path: Path,
    status: int,
    headers: dict[str, str],
    said: str,
) -> None:
    other = "/fr/LEGITEXT000006070158.md"
    publisher.faults[other] = [(status, headers)] * 9
    jobs = code_jobs(origin(publisher), transport, ["LEGITEXT000006070158", CODE], DAY)
    report = run(tmp_path, jobs, silent)
    assert report.fetched == (TARGET,)
    ((_, message),) = report.failed
    assert said in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (TEXT.replace(b"70719", b"70158"), "contient le texte LEGITEXT000006070158"),
        (b"<html>Erreur</html>", "en-tête|sans numéro|Markdown|commence"),
        (TEXT.decode().encode("latin-1"), "UTF-8|encodage"),
        (TEXT.split(b"#####")[0], "article"),
    ],
)
def test_what_is_not_the_code_asked_for_never_takes_its_place(
    publisher: Publisher, transport: Transport, tmp_path: Path, content: bytes, said: str
) -> None:
    fetch_code(publisher, transport, tmp_path)
    publisher.files[PATH] = content
    report = run(tmp_path, code_jobs(origin(publisher), transport, [CODE], DAY), silent, force=True)
    ((_, message),) = report.failed
    assert any(word in message for word in said.split("|")), message
    assert (tmp_path / TARGET).read_bytes() == TEXT
    assert not list(Ledger(tmp_path).faults())


def test_no_server_at_all_is_told_in_french(transport: Transport, tmp_path: Path) -> None:
    nowhere = replace(manifest()["codes"], url="http://127.0.0.1:9/{text_id}.md")
    ((_, message),) = run(tmp_path, code_jobs(nowhere, transport, [CODE], DAY), silent).failed
    assert "5 essais" in message


def test_a_mirror_is_copied_with_the_same_checks(tmp_path: Path) -> None:
    mirror, folder = tmp_path / "miroir", tmp_path / "sources"
    for name, data in {
        TARGET: TEXT,
        "codes/2026-04-03/LEGITEXT000006070158.md": TEXT,
        "plans/p.txt": b"Plan",
    }.items():
        (mirror / name).parent.mkdir(parents=True, exist_ok=True)
        (mirror / name).write_bytes(data)
    report = run(folder, mirror_jobs(mirror), silent)
    assert report.fetched == (TARGET, "plans/p.txt")
    assert [target for target, _ in report.failed] == ["codes/2026-04-03/LEGITEXT000006070158.md"]


def test_an_empty_mirror_and_a_damaged_ledger_are_told(tmp_path: Path) -> None:
    with pytest.raises(SyncFailed, match="aucun texte officiel"):
        mirror_jobs(tmp_path)
    (tmp_path / NAME).write_text('{"files": {"a": {"sha256"')
    with pytest.raises(SyncFailed, match="illisible"):
        Ledger(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(SyncFailed, match="ne peut pas être écrit"):
        run(tmp_path / "fichier", [Job("a", "", lambda _: None)], silent)


def article(name: str, number: str, text: str) -> dict[str, Any]:
    start, end = 1_000_000_000_000, 32_472_144_000_000
    known = {
        "id": name,
        "cid": name,
        "num": number,
        "etat": "VIGUEUR",
        "texte": text,
        "texteHtml": f"<p>{text}</p>",
    }
    return {**known, "dateDebut": start, "dateFin": end, "nota": "non gardée"}


@pytest.fixture
def legifrance(publisher: Publisher) -> Publisher:
    names = [f"LEGIARTI{n:012d}" for n in (1, 2, 3)]
    publisher.articles = {n: article(n, str(i), f"Texte {i}.") for i, n in enumerate(names, 1)}
    listed = [{"id": name, "num": "n", "etat": "VIGUEUR"} for name in names]
    livre = {"title": "Livre Ier", "articles": listed[1:], "sections": []}
    publisher.contents = {
        CODE: {"cid": CODE, "title": "Code pénal", "articles": listed[:1], "sections": [livre]}
    }
    return publisher


def fetch_legifrance(
    publisher: Publisher, transport: Transport, folder: Path, secret: str = SECRET
) -> SyncReport:
    client = piste(publisher, transport, "legifrance", secret)
    return run(folder, legifrance_jobs(origin(publisher, "legifrance"), client, [CODE], DAY), silent)


def test_a_code_of_legifrance_is_written_as_its_reader_wants_it(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    assert fetch_legifrance(legifrance, transport, tmp_path).fetched == (f"legi/{CODE}.json",)
    reading = read_legi_json((tmp_path / f"legi/{CODE}.json").read_bytes(), "code", "code-penal")
    assert reading.title == "Code pénal"
    assert [(w.legiarti[-1], w.number, w.heading) for w in reading.wordings] == [
        ("1", "1", ()),
        ("2", "2", ("Livre Ier",)),
        ("3", "3", ("Livre Ier",)),
    ]
    assert legifrance.tokens == 1


def test_articles_already_received_are_not_asked_again(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    asked = f"{LEGIFRANCE}/consult/getArticle"
    kept = legifrance.articles.pop("LEGIARTI000000000003")
    ((_, message),) = fetch_legifrance(legifrance, transport, tmp_path).failed
    assert "LEGIARTI000000000003" in message
    before = legifrance.asked[asked]
    legifrance.articles["LEGIARTI000000000003"] = kept
    assert fetch_legifrance(legifrance, transport, tmp_path).fetched
    assert legifrance.asked[asked] == before + 1


def test_a_token_that_has_expired_is_renewed(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    legifrance.faults[f"{LEGIFRANCE}/consult/getArticle"] = [(401, {})]
    assert fetch_legifrance(legifrance, transport, tmp_path).fetched
    assert legifrance.tokens == 2


def test_a_token_near_its_end_is_renewed_before_it_is_refused(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    legifrance.lifetime = 30
    assert fetch_legifrance(legifrance, transport, tmp_path).fetched
    assert legifrance.tokens == 4


def test_wrong_keys_are_told_without_being_shown(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    ((_, message),) = fetch_legifrance(legifrance, transport, tmp_path, "mauvais-secret").failed
    assert "PISTE ne donne pas de jeton" in message
    assert "mauvais-secret" not in message
    assert "mauvais-secret" not in repr(Keys(ID, "mauvais-secret"))


def test_a_quota_that_is_reached_is_waited_out(
    legifrance: Publisher, transport: Transport, tmp_path: Path
) -> None:
    legifrance.faults[f"{LEGIFRANCE}/consult/getArticle"] = [(429, {"Retry-After": "1"})] * 2
    assert fetch_legifrance(legifrance, transport, tmp_path).fetched


def decision(name: str) -> dict[str, Any]:
    known = {
        "id": name,
        "jurisdiction": "cc",
        "number": "23-85.798",
        "text": "Vu l'article 225-4-1 du code pénal.",
    }
    return {**known, "decision_date": "2024-05-07", "chamber": "cr", "zones": {}, "solution": "rejet"}


def test_every_page_of_a_search_is_read_and_each_decision_fetched_once(
    publisher: Publisher, transport: Transport, tmp_path: Path
) -> None:
    publisher.decisions = {name: decision(name) for name in (f"{n:024x}" for n in range(120))}
    jobs = judilibre_jobs(
        replace(origin(publisher, "judilibre"), queries=("un", "deux")),
        piste(publisher, transport, "judilibre"),
    )
    assert len(jobs) == 120
    assert publisher.asked[f"{JUDILIBRE}/search"] == 6
    report = run(tmp_path, jobs[:3], silent)
    assert len(report.fetched) == 3
    assert json.loads((tmp_path / report.fetched[0]).read_text())["number"] == "23-85.798"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "", "x" * 65, 7, None])
def test_an_identifier_that_could_name_another_file_is_refused(
    publisher: Publisher, transport: Transport, name: Any
) -> None:
    publisher.decisions = {name: {}}
    with pytest.raises(SyncFailed, match="identifiant de décision inattendu"):
        judilibre_jobs(origin(publisher, "judilibre"), piste(publisher, transport, "judilibre"))


def test_the_command_fetches_decisions_checks_them_and_tells_what_has_changed(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.decisions = {"a1": decision("a1")}
    env = {
        "RENVOI_SOURCES": str(tmp_path),
        "RENVOI_PISTE_URL": publisher.base,
        "RENVOI_PISTE_OAUTH_URL": f"{publisher.base}/api/oauth/token",
        "RENVOI_PISTE_CLIENT_ID": ID,
        "RENVOI_PISTE_CLIENT_SECRET": SECRET,
    }
    ran = CliRunner().invoke(app, ["sync", "judilibre"], env=env)
    assert ran.exit_code == 0, ran.output
    assert "Fichiers reçus : 1 ; déjà là : 0 ; en échec : 0." in ran.output
    assert CliRunner().invoke(app, ["sync", "--check"], env=env).exit_code == 0
    (tmp_path / "case_law/judilibre/a1.json").unlink()
    ran = CliRunner().invoke(app, ["sync", "--check"], env=env)
    assert ran.exit_code == 1
    assert "case_law/judilibre/a1.json manque" in ran.output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["inconnue"], 2, "Source inconnue"),
        (["questionnaire"], 2, "ne se télécharge pas seul"),
        (["codes", "--codes", "code-imaginaire"], 2, "Code inconnu"),
        (["judilibre"], 1, "clefs du portail PISTE"),
    ],
)
def test_what_cannot_be_fetched_is_said_before_anything_is(
    tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    ran = CliRunner().invoke(app, ["sync", *arguments], env={"RENVOI_SOURCES": str(tmp_path)})
    assert ran.exit_code == code
    assert said in ran.output
    assert not list(tmp_path.rglob("*"))


def test_the_command_lists_where_everything_comes_from() -> None:
    ran = CliRunner().invoke(app, ["sync", "--list"])
    assert ran.exit_code == 0
    for word in ("codes", "legifrance", "judilibre", "questionnaire", "Licence Ouverte 2.0"):
        assert word in ran.output
