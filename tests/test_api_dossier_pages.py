"""The pages of dossiers: gathered, ordered, annotated, quoted, shared and exported by forms, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

from tests.builders import REPLY
from tests.dossier_server import Browser, Server, dossier_server

SCRIPT = '"><script>alert(1)</script>'
ARTICLE = {"disposition": "code-penal/225-4-1", "date": "2010-08-11"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with dossier_server(tmp_path_factory.mktemp("base")) as found:
        yield found


@pytest.fixture
def anne(server: Server) -> Browser:
    return server.browser("anne")


@pytest.fixture
def full(anne: Browser) -> str:
    """The address of a dossier with one item of each kind."""
    address = anne.dossier("Traite", note="Pour le rapport.")
    dossier = address.rpartition("/")[2]
    anne.post(address, f"{address}/elements", title="La définition")
    for asked in (ARTICLE, {"passage": f"{REPLY}/21/1"}):
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        answer = anne.post(
            f"/dossiers/ajouter?{query}", "/dossiers/ajouter", dossier=dossier, note="Vu.", **asked
        )
        assert answer.status_code == 303, answer.text
    anne.post(address, f"{address}/elements", note="Une note libre.")
    return address


def items(page: str) -> list[str]:
    """The identifiers of the items of a dossier's page, in order."""
    return re.findall(r'<article class="item item-\w+" id="e-(\w+)"', page)


def act(browser: Browser, address: str, item: str, action: str, /, **fields: str) -> str:
    """Send an item's form, and give the page it leads to."""
    answer = browser.post(address, f"{address}/elements/{item}", action=action, **fields)
    assert answer.status_code == 303, answer.text
    return str(browser.get(answer.headers["location"].partition("#")[0]).text)


def test_every_page_that_is_read_leads_to_a_dossier(server: Server) -> None:
    for page, asked in (
        ("/dispositions/ceseda/L425-1", "disposition=ceseda%2FL425-1"),
        (
            "/dispositions/code-penal/225-4-1?date=2010-08-11",
            "disposition=code-penal%2F225-4-1&date=2010-08-11",
        ),
        ("/recherche?q=plainte", "disposition=ceseda%2FL425-1"),
        (f"/reponses/{REPLY}/21", f"passage={REPLY}%2F21%2F1"),
    ):
        assert f"/dossiers/ajouter?{asked}" in unescape(server.client.get(page).text), page


def test_who_is_not_signed_in_is_asked_to_and_led_back(server: Server) -> None:
    answer = server.client.get("/dossiers/ajouter?disposition=ceseda%2FL425-1")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/connexion?next=%2Fdossiers%2Fajouter")


def test_a_dossier_shows_its_items_and_what_became_of_them(anne: Browser, full: str) -> None:
    page = anne.get(full).text
    for words in ("La définition", "Code pénal, art. 225-4-1", "Une note libre.", "Pour le rapport.", "Vu."):
        assert words in page
    assert "Ce n'est plus la rédaction d'aujourd'hui." in unescape(page)
    assert "<del>" in page
    assert "<ins>" in page
    assert len(items(page)) == 4
    assert f'href="/v1{full}"' in page


def test_items_are_moved_quoted_annotated_renewed_and_removed_by_forms(anne: Browser, full: str) -> None:
    first, article, *_ = items(anne.get(full).text)
    assert items(act(anne, full, article, "monter"))[:2] == [article, first]
    assert items(act(anne, full, article, "descendre"))[:2] == [first, article]
    assert "Une autre note" in act(anne, full, article, "annoter", note="Une autre note")
    quoted = act(anne, full, article, "citer", words="est punie")
    assert '<blockquote class="law kept"><p>est punie</p>' in quoted.replace("\n", "")
    whole = act(anne, full, article, "citer", first="1", last="1")
    assert "La traite est punie." in whole
    assert "La traite est punie." in act(anne, full, article, "tout-citer")
    assert "Nouvelle rubrique" in act(anne, full, first, "renommer", title="Nouvelle rubrique", note="")
    assert "Aucun extrait n'a changé" in unescape(act(anne, full, article, "renouveler"))
    assert article not in items(act(anne, full, article, "retirer"))


def test_a_quotation_that_is_not_in_the_text_is_refused_and_not_lost(anne: Browser, full: str) -> None:
    _, article, *_ = items(anne.get(full).text)
    answer = anne.post(full, f"{full}/elements/{article}", action="citer", words="punie de vingt ans")
    assert answer.status_code == 400
    assert "punie de vingt ans" in answer.text
    for wrong in ({"first": "2", "last": "1"}, {"first": "9" * 20, "last": "1"}, {}):
        assert anne.post(full, f"{full}/elements/{article}", action="citer", **wrong).status_code == 400
    assert anne.post(full, f"{full}/elements/{article}", action="rien").status_code == 400


def test_a_form_shown_before_a_newer_edit_is_refused_and_what_it_held_is_given_back(
    anne: Browser, full: str
) -> None:
    shown = re.search(r'name="version" value="(\d+)"', anne.get(full).text)
    assert shown
    anne.post(full, f"{full}/modifier", title="Le nouveau titre", note="")
    answer = anne.post(full, f"{full}/modifier", title="Mon titre", note="Mon texte", version=shown[1])
    assert answer.status_code == 409
    for words in ("Mon titre", "Mon texte", "Titre ou note modifiés", "Voir sa version actuelle"):
        assert words in answer.text
    assert "Le nouveau titre" in anne.get(full).text


def test_a_form_without_its_token_does_nothing(anne: Browser, full: str) -> None:
    assert anne.client.post(f"{full}/supprimer", data={"version": "5"}).status_code == 403
    assert anne.get(full).status_code == 200


def test_the_history_shows_any_state_and_brings_it_back(anne: Browser, full: str) -> None:
    page = anne.get(f"{full}/historique").text
    assert "Ajouté\xa0: Code pénal, art. 225-4-1" in page
    past = anne.get(f"{full}/historique/2").text
    assert "La définition" in past
    assert "225-4-1" not in past
    answer = anne.post(f"{full}/historique/2", f"{full}/historique/2/retablir")
    assert answer.status_code == 303
    assert len(items(anne.get(full).text)) == 1
    assert anne.client.get(f"{full}/historique/{'9' * 20}").status_code == 400


def test_a_deleted_dossier_is_in_the_list_until_it_is_taken_back(anne: Browser, full: str) -> None:
    answer = anne.post(full, f"{full}/supprimer")
    assert answer.status_code == 303
    assert "Ce dossier est supprimé" in anne.get(full).text
    listed = anne.get("/dossiers").text
    assert f'action="{full}/retablir"' in listed
    assert anne.post("/dossiers", f"{full}/retablir").status_code == 303
    assert "Ce dossier est supprimé" not in anne.get(full).text


def test_a_copy_is_made_by_a_form(anne: Browser, full: str) -> None:
    answer = anne.post(full, f"{full}/dupliquer")
    assert "Copie de Traite" in anne.get(answer.headers["location"]).text


def test_a_shared_page_is_read_without_an_account_and_told_to_nobody(
    server: Server, anne: Browser, full: str
) -> None:
    made = anne.post(full, f"{full}/partages", label="Pour Bob").text
    link = re.search(r'href="(http://[^"]+/partages/[^"]+)"', made)
    assert link
    token = link[1].rpartition("/")[2]
    answer = server.client.get(f"/partages/{token}")
    assert answer.status_code == 200
    assert "Une note libre." in answer.text
    assert "<form" not in answer.text.split("<main")[1]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in answer.headers["cache-control"]
    page = anne.get(full).text
    assert token not in page
    revoke = re.search(rf'action="({full}/partages/\w+/revoquer)"', page)
    assert revoke
    assert anne.post(full, revoke[1]).status_code == 303
    assert server.client.get(f"/partages/{token}").status_code == 404
    for wrong in ("x", "%00", "a" * 101):
        assert server.client.get(f"/partages/{wrong}").status_code in (400, 404)


def test_the_dossier_of_another_is_nowhere(server: Server, full: str) -> None:
    bob = server.browser("bob")
    for page in ("", "/historique", "/historique/1", "/export?format=md", "/elements/abc"):
        assert bob.get(full + page).status_code == 404, page
    for action in (
        "/modifier",
        "/supprimer",
        "/dupliquer",
        "/elements",
        "/partages",
        "/historique/1/retablir",
    ):
        answer = bob.post("/dossiers", full + action, version="1", title="T", note="n", label="")
        assert answer.status_code == 404, action
    assert full not in bob.get("/dossiers").text


def test_a_dossier_is_exported_and_imported_by_the_pages(anne: Browser, full: str) -> None:
    for form in re.findall(r'export\?format=(\w+)"', anne.get(full).text):
        answer = anne.get(f"{full}/export?format={form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
    file = anne.get(f"{full}/export?format=json").content
    token = re.search(r'name="csrf" value="([^"]+)"', anne.get("/dossiers").text)
    assert token
    sent = {"data": {"csrf": unescape(token[1])}}
    made = anne.client.post("/dossiers/importer", files={"file": (SCRIPT, file)}, **sent)  # type: ignore[arg-type]
    assert made.status_code == 303, made.text
    assert len(items(anne.get(made.headers["location"]).text)) == 4
    refused = anne.client.post("/dossiers/importer", files={"file": (SCRIPT, b"{")}, **sent)  # type: ignore[arg-type]
    assert refused.status_code == 400
    assert "<script>" not in refused.text


def test_script_comes_out_inert_everywhere(server: Server, anne: Browser) -> None:
    address = anne.dossier(SCRIPT, note=SCRIPT)
    anne.post(address, f"{address}/elements", title=SCRIPT, note=SCRIPT)
    anne.post(address, f"{address}/elements", note=SCRIPT)
    (item, _) = items(anne.get(address).text)
    shared = anne.post(address, f"{address}/partages", label=SCRIPT)
    link = re.search(r"/partages/([\w-]+)", shared.text)
    assert link
    stale = anne.post(address, f"{address}/modifier", title=SCRIPT, note=SCRIPT, version="1")
    assert stale.status_code == 409
    pages = [anne.get(address + p) for p in ("", "/historique", "/historique/2", f"/elements/{item}")]
    pages += [anne.get("/dossiers"), server.client.get(f"/partages/{link[1]}"), shared, stale]
    pages.append(anne.get("/dossiers/ajouter?disposition=code-penal/225-4-1"))
    for page in pages:
        assert "<script>" not in page.text
        assert "default-src 'self'" in page.headers["content-security-policy"]
        html5lib.HTMLParser(strict=True).parse(page.text)
    assert "&lt;script&gt;" in pages[0].text


def test_notes_too_long_are_refused_clearly_and_given_back(anne: Browser, full: str) -> None:
    answer = anne.post(full, f"{full}/elements", note="mot " * 6_000)
    assert answer.status_code == 400
    assert "plus que les 20000 permis" in answer.text
    assert "mot mot" in answer.text
    assert anne.post("/dossiers", "/dossiers", title=" ").status_code == 400


def test_adding_to_a_new_dossier_makes_it(anne: Browser) -> None:
    page = "/dossiers/ajouter?disposition=ceseda/L425-1"
    assert "L'étranger qui dépose plainte" in unescape(anne.get(page).text)
    answer = anne.post(page, "/dossiers/ajouter", title="Neuf", disposition="ceseda/L425-1")
    assert answer.status_code == 303
    assert "CESEDA, art. L. 425-1" in anne.get(answer.headers["location"].partition("#")[0]).text
    assert anne.get("/dossiers/ajouter?disposition=code-penal/225-4-99").status_code == 404
    assert anne.get("/dossiers/ajouter?passage=%00").status_code == 400
    assert anne.get("/dossiers/ajouter").status_code == 400


def test_a_passage_kept_leads_to_its_page(server: Server) -> None:
    answer = server.client.get(f"/passages/{REPLY}/21/1")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/reponses/{REPLY}/21#p1")
    assert server.client.get("/passages/rien").status_code == 404


def test_pages_of_dossiers_are_valid_and_light(anne: Browser, full: str) -> None:
    (item, *_) = items(anne.get(full).text)
    for page in (full, "/dossiers", f"{full}/historique", f"{full}/historique/2", f"{full}/elements/{item}"):
        answer = anne.get(page)
        html5lib.HTMLParser(strict=True).parse(answer.text)
        assert len(answer.content) < 150_000
        assert answer.text.count("<h1") == 1
        levels = [int(level) for level in re.findall(r"<h([1-6])", answer.text)]
        assert all(after <= before + 1 for before, after in pairwise(levels)), page


def test_the_style_sheet_is_whole() -> None:
    text = (Path(__file__).parent.parent / "api/static/style.css").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    assert "<<<<" not in text


def test_a_long_dossier_is_shown_by_light_pages_and_each_item_is_found_on_its_own(anne: Browser) -> None:
    dossier = anne.dossier("Long")
    for number in range(12):
        anne.post(
            dossier, f"{dossier}/elements", title=f"Rubrique {number}", note=f"{number} " + "mot " * 4_000
        )
    first = anne.get(dossier)
    assert "Page 1 sur" in first.text
    seen, address = list[str](), dossier
    while address:
        answer = anne.get(address)
        assert len(answer.content) < 130_000
        seen += re.findall(r"<h3>(Rubrique \d+)</h3>", answer.text)
        after = re.search(r'rel="next" href="(\?page=\d+)"', answer.text)
        address = dossier + after[1] if after else ""
    assert seen == [f"Rubrique {number}" for number in range(12)]
    last = items(anne.get(f"{dossier}?page=500").text)[-1]
    assert "<h3>Rubrique 11</h3>" in anne.get(f"{dossier}?element={last}").text
    up = anne.post(dossier, f"{dossier}/elements/{last}", action="monter")
    assert up.headers["location"] == f"{dossier}?element={last}#e-{last}"


def test_what_is_compared_or_found_in_a_text_can_be_gathered_from_its_page(server: Server) -> None:
    compared = unescape(
        server.client.get("/dispositions/code-penal/225-4-1/comparer?du=2010-08-11&au=2026-05-01").text
    )
    assert "/dossiers/ajouter?disposition=code-penal%2F225-4-1&date=2010-08-11" in compared
    checked = server.client.post("/verifier", data={"text": "Vu l'article L. 425-1 du CESEDA."})
    assert "/dossiers/ajouter?disposition=ceseda%2FL425-1" in unescape(checked.text)
