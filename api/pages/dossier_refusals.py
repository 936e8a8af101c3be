"""A form about a dossier that is refused: why, what happened meanwhile, and what was written, so that none is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.http.problems import problem_of
from api.pages.rendering import page
from kb.errors import RenvoiError, StaleEdit
from workplace.dossiers.model import Revision

# A form gives no If-Match: what stands in its way is a conflict (409), not a failed precondition (412).
_CONFLICT = 409


def refused(
    request: Request,
    error: RenvoiError,
    back: str,
    written: Mapping[str, str],
    meanwhile: Sequence[Revision] = (),
) -> HTMLResponse:
    """The page, with the fields that were written by their French names, and the edits made meanwhile."""
    problem = problem_of(error, request.url.path)
    status = _CONFLICT if isinstance(error, StaleEdit) else problem.status
    context = {
        "problem": problem,
        "back": back,
        "written": {name: text for name, text in written.items() if text.strip()},
        "meanwhile": meanwhile,
        "stale": isinstance(error, StaleEdit),
    }
    return page(request, "dossier_refused.html", context, status)
