"""From a template and values to a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api.addresses import gather_url, provision_url, record_url, source_page
from api.http.authentication import get_caller
from api.http.forms import csrf_field, gave_token, keep_visitor
from api.http.problems import Problem
from api.presenters.french_spaces import keep_spaces
from api.presenters.highlighting import excerpt_of, quote_of
from kb.french_citation import cite_id
from kb.model import Status
from kb.text.french_dates import french_date, french_moment
from kb.wording.validity import STATES

STATUSES = {
    Status.RESOLVED: "trouvé",
    Status.AMBIGUOUS: "ambigu",
    Status.UNKNOWN_NUMBER: "aucun article ne porte ce numéro",
    Status.NOT_IN_CORPUS: "hors de la base",
    Status.RENUMBERED: "renuméroté",
    Status.REPEALED: "abrogé",
    Status.NOT_YET_IN_FORCE: "pas encore en vigueur",
    Status.UNDETERMINED: "indéterminé à cette date",
    Status.SUSPICIOUS: "douteux",
}
KINDS = {
    "code": "Codes",
    "questionnaire": "Réponses aux questionnaires",
    "decision": "Décisions",
    "circulaire": "Circulaires",
    "plan": "Plans",
    "rapport": "Rapports",
    "fiche": "Fiches",
}


_HYPHENED = re.compile(r"\d[\d.]*(?:-[\dA-Z][\d.]*)+")


def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent.parent / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        french_date=french_date,
        french_moment=french_moment,
        source_page=source_page,
        gather_url=lambda parameters: gather_url(**parameters),
        state=lambda value: STATES[value],
        status=lambda value: STATUSES[Status(value)],
        kind=lambda value: KINDS.get(value, value),
        excerpt=excerpt_of,
        quote=quote_of,
        quoted=quoted,
        code=code,
        cite=cite_id,
        unbroken=unbroken,
        provision_url=provision_url,
        record_url=record_url,
        hundredths=lambda value: f"{value:.2f}".replace(".", ","),
        figure=lambda value: f"{value:,}".replace(",", "\u202f"),
    )
    return environment


def quoted(words: Sequence[str]) -> str:
    """Quotations in a row, in guillemets that no line break parts from their words.

    >>> quoted(["article 1", "article 2"])
    '«\xa0article 1\xa0», «\xa0article 2\xa0»'
    """
    return ", ".join(f"«\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}»" for word in words)


def unbroken(citation: str) -> Markup:
    """A citation whose number is not cut at the end of a line: a browser would, after each hyphen.

    >>> unbroken("Code pénal, art. 225-4-1")
    Markup('Code pénal, art. <span class="n">225-4-1</span>')
    """
    start, written = 0, Markup("")
    for number in _HYPHENED.finditer(citation):
        written += escape(citation[start : number.start()]) + Markup('<span class="n">{}</span>').format(
            number[0]
        )
        start = number.end()
    return written + escape(citation[start:])


def code(text: str) -> Markup:
    """A description of the API, where what is between backquotes is a program's.

    >>> code("`same` : <b>")
    Markup('<code>same</code> : &lt;b&gt;')
    """
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if rank % 2 else escape(part)
        for rank, part in enumerate(parts)
    )


_PAGES = _environment()


def page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HTMLResponse:
    """A page. `request` gives its own address to the template, who reads it, and `csrf_field()` for its forms.

    What is shown to someone who is signed in, or holds a form of this browser, is kept by no cache.
    """
    user = get_caller(request).account
    shared = {
        "path": request.url.path,
        "q": "",
        "user": user,
        "csrf_field": partial(csrf_field, request),
        **context,
    }
    response = HTMLResponse(keep_spaces(_PAGES.get_template(template).render(shared)), status)
    if user is not None or gave_token(request):
        response.headers["Cache-Control"] = "no-store"
    keep_visitor(request, response)
    return response


def error_page(request: Request, problem: Problem) -> HTMLResponse:
    """An error, for people: what happened, what to do."""
    query = request.query_params.get("q", "")[:500]
    return page(request, "error.html", {"problem": problem, "q": query}, problem.status)
