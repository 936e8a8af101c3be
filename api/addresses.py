"""Addresses: of our pages, of the API, of the official texts. The only place where a URL is built."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode

from kb.model import Passage, PassageKind
from kb.records import RECORD_PREFIX
from service.search import Method, Question
from workplace.dossiers.model import ItemKind, Source

_LEGIFRANCE = "https://www.legifrance.gouv.fr/codes/texte_lc/"


def provision_url(provision_id: str) -> str:
    """
    >>> provision_url("ceseda/L425-1")
    '/dispositions/ceseda/L425-1'
    """
    return f"/dispositions/{quote(provision_id)}"


def api_provision_url(provision_id: str) -> str:
    """
    >>> api_provision_url("ceseda/L425-1")
    '/v1/provisions/ceseda/L425-1'
    """
    return f"/v1/provisions/{quote(provision_id)}"


def comparison_url(provision_id: str, first: date | None = None, second: date | None = None) -> str:
    """The page that compares the wordings of two days; without them, its form.

    >>> comparison_url("ceseda/L425-1", date(2018, 3, 22), date(2026, 4, 3))
    '/dispositions/ceseda/L425-1/comparer?du=2018-03-22&au=2026-04-03'
    """
    days = f"?du={first.isoformat()}&au={second.isoformat()}" if first and second else ""
    return f"{provision_url(provision_id)}/comparer{days}"


def passage_url(passage: Passage) -> str:
    """The page that shows a passage: its article, its answer, its record, or its document."""
    if passage.provision:
        return provision_url(passage.provision)
    anchor = f"#{passage_anchor(passage)}"
    if passage.kind is PassageKind.RECORD:
        return record_url(passage.document.removeprefix(RECORD_PREFIX)) + anchor
    if passage.question is not None:
        return answer_url(passage.document, passage.question) + anchor
    return document_url(passage.document) + anchor


def record_url(record: str) -> str:
    """
    >>> record_url("plan/teh-2024-2027/axe-1")
    '/fiches/plan/teh-2024-2027/axe-1'
    """
    return f"/fiches/{quote(record)}"


def section_url(code: str, path: str = "") -> str:
    """The page of a place in the plan of a code; of the whole code without a path.

    >>> section_url("code-penal", "partie-legislative/livre-ii")
    '/codes/code-penal/partie-legislative/livre-ii'
    """
    return f"/codes/{quote(code)}/{quote(path)}".rstrip("/")


def theme_url(theme: str) -> str:
    """
    >>> theme_url("delai-reflexion")
    '/themes/delai-reflexion'
    """
    return f"/themes/{quote(theme)}"


def theme_feed_url(theme: str) -> str:
    """The feed of what changes in the provisions of a theme.

    >>> theme_feed_url("delai-reflexion")
    '/flux/themes/delai-reflexion'
    """
    return f"/flux/themes/{quote(theme)}"


def dossier_url(dossier: str) -> str:
    """The page of a dossier."""
    return f"/dossiers/{quote(dossier, safe='')}"


def place_in_dossier(dossier: str, item: str) -> str:
    """Where an item is in its dossier, whatever the page."""
    return f"{dossier_url(dossier)}?element={item}#e-{item}"


def draft_question_url(dossier: str, question: str) -> str:
    """The page of what may answer a question of a draft."""
    return f"{dossier_url(dossier)}/questions/{quote(question, safe='')}"


def sketch_url(question: str, parts: Sequence[str] = ()) -> str:
    """The page of what may answer a question, without any draft.

    >>> sketch_url("Qui ?", ["a. Où ;"])
    '/rapport/question?q=Qui+%3F&p=a.+O%C3%B9+%3B'
    """
    return f"/rapport/question?{urlencode([('q', question), *(('p', part) for part in parts)])}"


def share_url(token: str) -> str:
    """The page that a secret link leads to."""
    return f"/partages/{quote(token, safe='')}"


def shared_feed_url(token: str) -> str:
    """The feed of what changes in the dossier that a secret link leads to."""
    return f"{share_url(token)}/flux"


def api_shared_url(token: str) -> str:
    """What a secret link leads to, by the API."""
    return f"/v1/shared/{quote(token, safe='')}"


def source_url(kind: ItemKind, source: Source) -> str:
    """The page of what a dossier keeps, in the wording that it keeps as long as the base has it."""
    day = f"?date={source.seen.isoformat()}" if source.seen and kind is ItemKind.PROVISION else ""
    return source_page(source.id, kind) + day


def source_page(name: str, kind: ItemKind) -> str:
    """The page of a provision or passage, by its identifier."""
    return f"/passages/{quote(name)}" if kind is ItemKind.PASSAGE else provision_url(name)


def gather_url(**parameters: str | None) -> str:
    """The page that adds something to a dossier.

    >>> gather_url(disposition="ceseda/L425-1", date=None)
    '/dossiers/ajouter?disposition=ceseda%2FL425-1'
    """
    return f"/dossiers/ajouter?{urlencode({name: value for name, value in parameters.items() if value})}"


def passage_anchor(passage: Passage) -> str:
    """The anchor of a passage on its page."""
    return f"p{passage.ordinal}"


def answer_url(document: str, question: int) -> str:
    """
    >>> answer_url("reponse-france-greta-4", 21)
    '/reponses/reponse-france-greta-4/21'
    """
    return f"/reponses/{quote(document, safe='')}/{question}"


def document_url(document: str) -> str:
    """
    >>> document_url("code-penal@2026-04-03")
    '/sources/code-penal%402026-04-03'
    """
    return f"/sources/{quote(document)}"


def official_url(text_id: str | None) -> str | None:
    """The text on Légifrance, where its identifier is known."""
    return _LEGIFRANCE + text_id if text_id and text_id.startswith("LEGITEXT") else None


def sign_in_url(then: str) -> str:
    """Where one signs in, before going where one wanted.

    >>> sign_in_url("/dossiers?page=2")
    '/connexion?next=%2Fdossiers%3Fpage%3D2'
    """
    return f"/connexion?{urlencode({'next': then})}"


def results_url(query: str) -> str:
    """The page of the results of a question.

    >>> results_url("traite ?")
    '/recherche?q=traite+%3F'
    """
    return f"/recherche?{urlencode({'q': query})}"


def search_parameters(question: Question, page: int, page_size: int) -> list[tuple[str, str]]:
    """The parameters that ask the API the same question."""
    parameters = [("query", question.text)]
    if question.method is not Method.HYBRID:
        parameters.append(("method", question.method.value))
    parameters += [("code", code) for code in question.codes]
    return [
        *parameters,
        ("as_of", question.as_of.isoformat()),
        ("page", str(page)),
        ("page_size", str(page_size)),
    ]


def search_url(
    question: Question, page: int, page_size: int, narrowed: Sequence[tuple[str, str]] = ()
) -> str:
    """The API's address of a page of results. `narrowed`: the parameters that keep some of them, or sort them."""
    return f"/v1/provisions?{urlencode([*search_parameters(question, page, page_size), *narrowed])}"
