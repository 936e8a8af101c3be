"""/v1/dossiers: gathered, ordered, quoted, compared, shared and exported by a program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import LAST_DAY, REPLY
from tests.dossier_server import Server, dossier_server
from workplace.model import Scope
from workplace.store.dossiers import Dossiers, Edit

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("base")) as found:
        yield found


class Program:
    """Asks with a key."""

    def __init__(self, server: Server, login: str, scope: Scope = Scope.WRITE) -> None:
        self.server, self.headers = server, server.key(login, scope)

    def ask(self, method: str, address: str, status: int = 200, **more: Any) -> Any:
        headers = {**self.headers, **more.pop("headers", {})}
        answer = self.server.client.request(method, address, headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer

    def made(self, title: str = "Traite") -> Any:
        return self.ask("POST", "/v1/dossiers", 201, json={"title": title}).json()

    def added(self, dossier: str, **item: object) -> Any:
        return self.ask("POST", f"/v1/dossiers/{dossier}/items", 201, json=item).json()


@pytest.fixture
def anne(server: Server) -> Program:
    return Program(server, "anne")


@pytest.fixture
def full(anne: Program) -> Any:
    """A dossier with one item of each kind."""
    made = anne.made()
    anne.added(made["id"], title="La traite")
    anne.added(made["id"], provision="art. 225-4-1 du code pénal", as_of="2010-08-11", note="À citer.")
    anne.added(made["id"], passage=f"{REPLY}/21/1")
    return anne.added(made["id"], note="Une note libre.")


def version(number: int) -> dict[str, str]:
    return {"If-Match": f'"{number}"'}


def test_a_dossier_is_made_filled_and_read_again(anne: Program, full: Any) -> None:
    assert [i["kind"] for i in full["items"]] == ["titre", "disposition", "passage", "note"]
    assert full["version"] == 5
    _, article, passage, _ = full["items"]
    assert (article["source"]["citation"], article["source"]["as_of"]) == (
        "Code pénal, art. 225-4-1",
        "2010-08-11",
    )
    assert article["source"]["text"] == "La traite est punie."
    assert article["freshness"]["status"] == "unchanged"
    assert "Ce n'est plus la rédaction d'aujourd'hui." in article["freshness"]["message"]
    assert {"removed", "added"} <= {e["kind"] for e in article["freshness"]["edits"]}
    assert passage["freshness"]["status"] == "unchanged"
    assert passage["source"]["citation"] == "Réponse de la France, réponse à la question 21"
    read = anne.ask("GET", f"/v1/dossiers/{full['id']}")
    assert read.json() == full
    assert read.headers["etag"].startswith('"5-')
    listed = anne.ask("GET", "/v1/dossiers").json()
    assert full["id"] in [d["id"] for d in listed["results"]]


def test_a_passage_of_an_article_is_kept_as_its_provision(anne: Program) -> None:
    made = anne.added(anne.made()["id"], passage=f"code-penal@{LAST_DAY}/225-4-3/1")
    assert (made["items"][0]["kind"], made["items"][0]["source"]["id"]) == (
        "disposition",
        "code-penal/225-4-3",
    )


def test_an_edit_says_from_which_version_it_is_made(anne: Program, full: Any) -> None:
    address = f"/v1/dossiers/{full['id']}"
    missing = anne.ask("PATCH", address, 428, json={"title": "Autre"})
    assert missing.json()["code"] == "version-requise"
    anne.ask("PATCH", address, 428, json={"title": "Autre"}, headers={"If-Match": "abc"})
    tag = anne.ask("GET", address).headers["etag"]
    newer = anne.ask("PATCH", address, json={"title": "Nouveau"}, headers={"If-Match": tag}).json()
    assert (newer["title"], newer["version"]) == ("Nouveau", 6)
    stale = anne.ask("PATCH", address, 412, json={"title": "Autre"}, headers=version(5)).json()
    assert stale["code"] == "copie-perimee"
    assert (stale["current"]["title"], stale["current"]["version"]) == ("Nouveau", 6)
    assert anne.ask("PATCH", address, json={"note": "N"}, headers={"If-Match": "*"}).json()["version"] == 7


def test_items_are_annotated_quoted_moved_renewed_and_removed(anne: Program, full: Any) -> None:
    article = full["items"][1]["id"]
    address = f"/v1/dossiers/{full['id']}/items/{article}"
    quoted = anne.ask(
        "PATCH", address, json={"quotation": {"words": "est punie"}, "note": "Vu."}, headers=version(5)
    ).json()["items"][1]
    assert (quoted["quotation"]["text"], quoted["note"]) == ("est punie", "Vu.")
    refused = anne.ask(
        "PATCH", address, 400, json={"quotation": {"words": "dix ans"}}, headers=version(6)
    ).json()
    assert refused["code"] == "dossier-invalide"
    anne.ask("PATCH", address, 400, json={"quotation": {"start": 3}}, headers=version(6))
    anne.ask("PATCH", address, 400, json={"quotation": {"start": 0, "end": 999}}, headers=version(6))
    renewed = anne.ask("PATCH", address, json={"renew": True, "quotation": {}}, headers=version(6)).json()
    assert renewed["items"][1]["freshness"]["status"] == "unchanged"
    assert renewed["items"][1]["quotation"] is None
    moved = anne.ask("PATCH", address, json={"place": 0}, headers=version(7)).json()
    assert moved["items"][0]["id"] == article
    order = [item["id"] for item in reversed(moved["items"])]
    patched = anne.ask(
        "PATCH", f"/v1/dossiers/{full['id']}", json={"order": order}, headers=version(8)
    ).json()
    assert [item["id"] for item in patched["items"]] == order
    anne.ask("PATCH", f"/v1/dossiers/{full['id']}", 400, json={"order": order[1:]}, headers=version(9))
    left = anne.ask("DELETE", address, headers=version(9)).json()
    assert article not in [item["id"] for item in left["items"]]
    assert anne.ask("DELETE", address, 404, headers=version(10)).json()["code"] == "element-inconnu"


def test_what_is_added_must_be_one_thing_that_exists(anne: Program) -> None:
    address = f"/v1/dossiers/{anne.made()['id']}/items"
    anne.ask("POST", address, 400, json={})
    anne.ask("POST", address, 400, json={"title": "a", "provision": "code-penal/225-4-1"})
    unknown = anne.ask("POST", address, 404, json={"provision": "code-penal/225-4-99"}).json()
    assert "code-penal/225-4-3" in unknown["candidates"]
    anne.ask("POST", address, 404, json={"passage": "rien"})
    anne.ask("POST", address, 400, json={"note": "x" * 20_001})
    anne.ask("POST", address, 400, json={"provision": "code-penal/225-4-1", "as_of": "hier"})


def test_a_dossier_of_another_does_not_exist(server: Server, anne: Program, full: Any) -> None:
    bob, address = Program(server, "bob"), f"/v1/dossiers/{full['id']}"
    item = f"{address}/items/{full['items'][1]['id']}"
    for method, there, more in (
        ("GET", address, {}),
        ("PATCH", address, {"json": {"title": "Pris"}, "headers": version(5)}),
        ("DELETE", address, {"headers": version(5)}),
        ("POST", f"{address}/items", {"json": {"note": "n"}}),
        ("PATCH", item, {"json": {"note": "n"}, "headers": version(5)}),
        ("DELETE", item, {"headers": version(5)}),
        ("POST", f"{address}/duplicate", {}),
        ("POST", f"{address}/restore", {}),
        ("GET", f"{address}/history", {}),
        ("GET", f"{address}/history/1", {}),
        ("POST", f"{address}/history/1/restore", {"headers": version(5)}),
        ("GET", f"{address}/share", {}),
        ("POST", f"{address}/share", {"json": {}}),
        ("GET", f"{address}/export", {}),
    ):
        assert bob.ask(method, there, 404, **more).json()["code"] == "dossier-inconnu", there
    assert full["id"] not in bob.ask("GET", "/v1/dossiers").text
    for name in ("x", "9" * 20, "%00", "..%2F..", full["id"] + "a"):
        bob.ask("GET", f"/v1/dossiers/{name}", 404)


def test_without_a_key_or_with_one_that_only_reads_nothing_is_written(server: Server, full: Any) -> None:
    bare = server.client.post("/v1/dossiers", json={"title": "T"})
    assert (bare.status_code, bare.headers["www-authenticate"]) == (401, 'Bearer realm="Renvoi"')
    assert server.client.get("/v1/dossiers").status_code == 401
    reader = Program(server, "anne", Scope.READ)
    assert reader.ask("GET", f"/v1/dossiers/{full['id']}").json()["id"] == full["id"]
    reader.ask("POST", "/v1/dossiers", 403, json={"title": "T"})
    reader.ask("DELETE", f"/v1/dossiers/{full['id']}", 403, headers=version(5))


def test_a_key_that_only_reads_does_not_write_through_the_pages_either(server: Server) -> None:
    visitor = server.client
    page = visitor.get("/connexion")
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    answer = visitor.post(
        "/dossiers", data={"csrf": token, "title": "T"}, headers=server.key("anne", Scope.READ)
    )
    assert answer.status_code == 403


def test_the_history_tells_who_did_what_and_any_state_comes_back(anne: Program, full: Any) -> None:
    address = f"/v1/dossiers/{full['id']}"
    history = anne.ask("GET", f"{address}/history").json()
    assert [r["version"] for r in history["results"]] == [5, 4, 3, 2, 1]
    assert {r["author"] for r in history["results"]} == {"Anne"}
    assert history["results"][2]["action"] == "Ajouté : Code pénal, art. 225-4-1"
    second = anne.ask("GET", f"{address}/history/2").json()
    assert [i["title"] for i in second["items"]] == ["La traite"]
    anne.ask("POST", f"{address}/history/2/restore", 412, headers=version(4))
    back = anne.ask("POST", f"{address}/history/2/restore", headers=version(5)).json()
    assert (back["version"], [i["title"] for i in back["items"]]) == (6, ["La traite"])
    anne.ask("GET", f"{address}/history/99", 404)
    anne.ask("GET", f"{address}/history/{'9' * 20}", 400)


def test_a_deletion_is_undone(anne: Program, full: Any) -> None:
    address = f"/v1/dossiers/{full['id']}"
    assert anne.ask("DELETE", address, headers=version(5)).json()["deleted"]
    listed = anne.ask("GET", "/v1/dossiers").json()
    assert full["id"] not in [d["id"] for d in listed["results"]]
    assert full["id"] in [d["id"] for d in listed["deleted"]]
    anne.ask("POST", f"{address}/items", 404, json={"note": "n"})
    assert anne.ask("POST", f"{address}/restore").json()["deleted"] is None


def test_a_copy_has_its_own_history(anne: Program, full: Any) -> None:
    answer = anne.ask("POST", f"/v1/dossiers/{full['id']}/duplicate", 201)
    copy = answer.json()
    assert answer.headers["location"] == f"/v1/dossiers/{copy['id']}"
    assert (copy["title"], copy["version"]) == ("Copie de Traite", 1)
    assert [i["source"] for i in copy["items"]] == [i["source"] for i in full["items"]]


def test_a_link_lets_anyone_read_until_it_is_revoked(server: Server, anne: Program, full: Any) -> None:
    address = f"/v1/dossiers/{full['id']}/share"
    made = anne.ask("POST", address, 201, json={"label": "Pour Bob"}).json()
    token = made["url"].rpartition("/")[2]
    assert token not in anne.ask("GET", address).text
    read = server.client.get(f"/v1/shared/{token}")
    assert read.json()["items"] == full["items"]
    assert read.headers["cache-control"] == "private, no-store"
    anne.ask("DELETE", f"{address}/{made['id']}", 204)
    assert server.client.get(f"/v1/shared/{token}").status_code == 404
    anne.ask("DELETE", f"{address}/{made['id']}", 404)
    anne.ask("DELETE", f"{address}/zz", 404)


@pytest.mark.parametrize("form", ["docx", "odt", "md", "html", "csl", "ris", "bibtex", "csv", "json"])
def test_a_dossier_is_exported_in_every_format(anne: Program, full: Any, form: str) -> None:
    answer = anne.ask("GET", f"/v1/dossiers/{full['id']}/export", params={"format": form})
    assert answer.headers["content-disposition"].startswith('attachment; filename="Traite.')
    if form in ("md", "html", "csv", "json", "bibtex", "ris", "csl"):
        assert "La traite est punie." in answer.text
    if form in ("md", "html"):
        for words in (
            "CESEDA",
            "425-1",
            "le jour choisi",
            "À citer.",
            "Une note libre.",
            "réponse à la question 21",
        ):
            assert words in answer.text.replace("\\", ""), words


def test_an_unknown_format_is_refused(anne: Program, full: Any) -> None:
    anne.ask("GET", f"/v1/dossiers/{full['id']}/export", 400, params={"format": "exe"})


def test_a_file_is_imported_as_it_was_exported(anne: Program, full: Any) -> None:
    file = anne.ask("GET", f"/v1/dossiers/{full['id']}/export", params={"format": "json"}).content
    made = anne.ask("POST", "/v1/dossiers/import", 201, content=file).json()
    assert [i["note"] for i in made["items"]] == [i["note"] for i in full["items"]]
    assert made["items"][1]["source"]["text"] == full["items"][1]["source"]["text"]
    assert made["id"] != full["id"]


def test_a_forged_file_never_passes_for_the_law(anne: Program, full: Any) -> None:
    file = anne.ask("GET", f"/v1/dossiers/{full['id']}/export", params={"format": "json"}).json()
    file["items"][1]["source"].update(
        citation="Code pénal, art. 666", text="Un texte inventé.", warnings=["Vrai."], heading=["Faux"]
    )
    file["items"][2]["source"].update(id="rien/1", citation="Loi secrète", text="Inventé.")
    made = anne.ask("POST", "/v1/dossiers/import", 201, json=file).json()
    article, passage = made["items"][1], made["items"][2]
    assert article["source"]["citation"] == "Code pénal, art. 225-4-1"
    assert (article["source"]["warnings"], article["source"]["heading"]) == (
        [],
        ["Partie législative", "Section 1"],
    )
    assert (article["freshness"]["status"], "aucune version" in article["freshness"]["message"]) == (
        "changed",
        True,
    )
    assert (passage["freshness"]["status"], passage["source"]["citation"]) == (
        "missing",
        "Loi secrète (d'après le fichier importé)",
    )


def test_a_file_that_cannot_be_used_is_refused_whole(anne: Program) -> None:
    before = anne.ask("GET", "/v1/dossiers").json()["total"]
    for content in (b"", b"{", b"[]", b'{"format": "renvoi/dossier", "schema_version": 9}', b"\x00" * 100):
        assert (
            anne.ask("POST", "/v1/dossiers/import", 400, content=content).json()["code"] == "dossier-invalide"
        )
    anne.ask("POST", "/v1/dossiers/import", 413, content=b" " * 25_000_001)
    assert anne.ask("GET", "/v1/dossiers").json()["total"] == before


def test_a_number_is_not_a_date(anne: Program) -> None:
    made = anne.made()
    for day in (0, "0", "2026-04-03T00:00:00", True):
        added = anne.ask(
            "POST",
            f"/v1/dossiers/{made['id']}/items",
            400,
            json={"provision": "ceseda/L425-1", "as_of": day},
        )
        assert added.json()["errors"][0]["msg"] == "Ce n'est pas une date AAAA-MM-JJ."
    anne.added(made["id"], provision="ceseda/L425-1")
    file = anne.ask("GET", f"/v1/dossiers/{made['id']}/export", params={"format": "json"}).json()
    file["items"][0]["source"]["day"] = 0
    assert (
        "« items.0.source.day » est invalide" in anne.ask("POST", "/v1/dossiers/import", 400, json=file).text
    )


def test_script_stays_text(anne: Program) -> None:
    made = anne.made(SCRIPT)
    anne.added(made["id"], note=SCRIPT)
    answer = anne.ask("GET", f"/v1/dossiers/{made['id']}")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["title"] == SCRIPT
    for form in ("html", "md"):
        export = anne.ask("GET", f"/v1/dossiers/{made['id']}/export", params={"format": form})
        assert "<script" not in export.text.replace("\\<", "")
        assert "attachment" in export.headers["content-disposition"]
        assert "script-alert" in export.headers["content-disposition"]


def test_a_server_that_starts_forgets_what_was_deleted_too_long_ago(tmp_path: Path) -> None:
    with dossier_server(tmp_path) as server:
        anne = Program(server, "anne")
        old, recent = anne.made("Ancien")["id"], anne.made("Récent")["id"]
        account = server.account("anne")
        for dossier, days in ((old, 31), (recent, 29)):
            then = datetime.now(UTC) - timedelta(days=days)
            Dossiers(server.database).delete(dossier, Edit(account.id, account.name, then, "Supprimé"))
    with dossier_server(tmp_path) as server:
        anne = Program(server, "anne")
        assert [d["id"] for d in anne.ask("GET", "/v1/dossiers").json()["deleted"]] == [recent]
        anne.ask("GET", f"/v1/dossiers/{old}", 404)
        assert anne.ask("GET", f"/v1/dossiers/{recent}").json()["title"] == "Récent"
