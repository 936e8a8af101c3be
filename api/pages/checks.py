"""The page where a draft is pasted, and comes back with its citations underlined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from api.http.dependencies import ServiceDep, day_of
from api.http.dossier_files import file_answer
from api.pages.rendering import page
from api.presenters.checking import present_check
from api.presenters.highlighting import Piece, Placed, cut
from api.schemas.checking import CheckedCitationOut, CheckResponse
from kb.errors import InvalidInput, TextTooLong
from service.check import MAX_TEXT, check_text
from service.check_report import SEVERITIES as IN_WORDS
from service.check_report import check_report
from workplace.exports.formats import Format, export

router = APIRouter()

SEVERITIES = {severity.value: words for severity, words in IN_WORDS.items()}
# A form writes a character in at most twelve (%F0%9F%98%80).
_MAX_BYTES = 12 * MAX_TEXT


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds."""

    text: str = ""
    date: str = ""


async def _posted(request: Request) -> Draft:
    """The form, read no further than the longest text. Raises TextTooLong, InvalidInput."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            raise TextTooLong(
                f"Le texte dépasse {MAX_TEXT} caractères.", hint="Donnez-le en plusieurs parties."
            )
    try:
        fields = parse_qs(body.decode("ascii"), errors="strict", max_num_fields=4)
    except ValueError as error:
        raise InvalidInput("Le formulaire reçu n'est pas lisible.", hint="Renvoyez-le.") from error
    text = fields.get("text", [""])[0].replace("\r\n", "\n")
    return Draft(text, fields.get("date", [""])[0])


@router.get("/verifier")
def form(request: Request) -> HTMLResponse:
    """The empty form."""
    return page(request, "check.html", {"draft": Draft(), "found": None, "pieces": (), "limit": MAX_TEXT})


@router.post("/verifier")
def check(request: Request, service: ServiceDep, draft: Annotated[Draft, Depends(_posted)]) -> HTMLResponse:
    """The draft with each citation underlined by its status, and what is known of each beside it."""
    checked = present_check(check_text(service, draft.text, day_of(draft.date)))
    context = {
        "draft": draft,
        "found": checked,
        "pieces": cut(draft.text, _placed(checked)),
        "verdicts": _by_urgency(checked),
        "severities": SEVERITIES,
        "limit": MAX_TEXT,
    }
    return page(request, "check.html", context)


@router.post("/verifier/rapport.{extension}")
def report(
    service: ServiceDep, draft: Annotated[Draft, Depends(_posted)], extension: Literal["docx", "csv"]
) -> Response:
    """The same check as a file to save."""
    checked = check_text(service, draft.text, day_of(draft.date))
    return file_answer(export(check_report(checked), Format(extension)))


def _by_urgency(checked: CheckResponse) -> list[tuple[int, CheckedCitationOut]]:
    """Each citation with its rank in the text, what is to be corrected first."""
    order = [*SEVERITIES, None]
    return sorted(enumerate(checked.results, 1), key=lambda one: (order.index(one[1].severity), one[0]))


def _placed(checked: CheckResponse) -> list[Placed]:
    """Each citation leads to its verdict on the same page."""
    return [
        Placed(span.start, span.end, Piece("", href=f"#c{rank}", status=c.status, note=c.message))
        for rank, c in enumerate(checked.results, 1)
        for span in c.spans
    ]
