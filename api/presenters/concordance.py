"""The table of old and new numbers of a recodified code, as an answer and as a file."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from urllib.parse import urlencode

from api.addresses import provision_url
from api.schemas.concordance import ConcordanceResponse, CorrespondenceOut
from kb.concordance import Correspondence, correspondences, recodified
from kb.french_citation import cite
from kb.ids import canonical_number
from kb.resolution.article_table import ArticleTable
from workplace.exports.csv_table import inert

COLUMNS = ("old", "new", "succession", "similarity", "day", "given_anew", "old_citation", "new_citation")


def concordance_url(code: str, number: str = "", **more: object) -> str:
    """The API's address of this table.

    >>> concordance_url("ceseda", "L. 316-1", page=2)
    '/v1/concordance?code=ceseda&number=L.+316-1&page=2'
    """
    parameters = {"code": code, **({"number": number} if number else {}), **more}
    return f"/v1/concordance?{urlencode(parameters)}"


def present_concordance(
    articles: ArticleTable | None, code: str, number: str, page: int, size: int
) -> ConcordanceResponse:
    """A page of the table: all the rows, or those that name a number. `articles` are the provisions of the base.

    Raises InvalidIdentifier.
    """
    rows = rows_of(code, number)

    def address(rank: int) -> str:
        return concordance_url(code, number, page=rank, page_size=size)

    return ConcordanceResponse(
        code=code,
        day=recodified(code),
        number=number,
        page=page,
        page_size=size,
        total=len(rows),
        previous_page=address(page - 1) if page else None,
        next_page=address(page + 1) if (page + 1) * size < len(rows) else None,
        results=[_present(articles, code, row) for row in rows[page * size : (page + 1) * size]],
        csv_url=concordance_url(code, number, format="csv"),
    )


def rows_of(code: str, number: str) -> tuple[Correspondence, ...]:
    """Those of a code that name a number in any spelling, or all of them. Raises InvalidIdentifier."""
    wanted = canonical_number(number) if number.strip() else ""
    return tuple(row for row in correspondences(code) if not wanted or wanted in (row.old, row.new))


def concordance_csv(code: str, number: str) -> str:
    """The rows (RFC 4180, UTF-8 with the mark that spreadsheets look for); no cell is taken for a formula."""
    file = StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows_of(code, number):
        plain = _present(None, code, row).model_dump(include=set(COLUMNS))
        plain["given_anew"] = "oui" if row.given_anew else "non"
        writer.writerow({name: inert(str(value)) for name, value in plain.items()})
    return "\ufeff" + file.getvalue()


def _present(articles: ArticleTable | None, code: str, row: Correspondence) -> CorrespondenceOut:
    return CorrespondenceOut(
        old=row.old,
        new=row.new,
        old_citation=cite(code, row.old),
        new_citation=cite(code, row.new),
        succession=row.succession,
        similarity=row.similarity,
        day=row.day,
        given_anew=row.given_anew,
        old_url=_url(articles, f"{code}/{row.old}", row.day - timedelta(days=1)),
        new_url=_url(articles, f"{code}/{row.new}", row.day),
    )


def _url(articles: ArticleTable | None, provision: str, day: date) -> str | None:
    return (
        f"{provision_url(provision)}?date={day.isoformat()}"
        if articles is not None and provision in articles
        else None
    )
