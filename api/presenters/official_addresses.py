"""Where the official text of a provision is: an address made of its number, only where the site's own rule is known."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from kb.codes import code_by_slug
from kb.errors import InvalidIdentifier
from kb.ids import Identifier, parse_id

_LEGIFRANCE = "https://www.legifrance.gouv.fr/search/"
_EUROPEAN = re.compile(r"eu/(?P<kind>dir|reg)/(?P<year>\d{4})/(?P<number>\d+)")
_TREATY = re.compile(r"coe/stc?e-(?P<number>\d+)")
_NUMBERED = re.compile(r"(?:loi|ordonnance|decret)/(?P<number>\d{2,4}-\d+)")


def official_address(identifier: str) -> str | None:
    """The page of a provision or an act on the official site; None where no address is sure.

    An article of a code is asked by its number, since its LEGIARTI changes with each wording; an act of the Union has
    its ELI, a treaty of the Council of Europe its number.

    >>> official_address("ceseda/L425-1")
    'https://www.legifrance.gouv.fr/search/code?tab_selection=code&searchField=NUM_ARTICLE&query=L425-1'
    >>> official_address("eu/dir/2011/36/12")
    'https://eur-lex.europa.eu/eli/dir/2011/36/oj'
    >>> official_address("onu/geneve-1951/1") is None
    True
    """
    try:
        parsed = parse_id(identifier)
    except InvalidIdentifier:
        return None
    return _article(parsed) or _act(parsed.text)


def _article(parsed: Identifier) -> str | None:
    if parsed.number is None or code_by_slug(parsed.text) is None:
        return None
    parameters = {"tab_selection": "code", "searchField": "NUM_ARTICLE", "query": parsed.number}
    return f"{_LEGIFRANCE}code?{urlencode(parameters)}"


def _act(text: str) -> str | None:
    if match := _EUROPEAN.fullmatch(text):
        return f"https://eur-lex.europa.eu/eli/{match['kind']}/{match['year']}/{match['number']}/oj"
    if match := _TREATY.fullmatch(text):
        return (
            "https://www.coe.int/fr/web/conventions/full-list?module=treaty-detail"
            f"&treatynum={int(match['number']):03d}"
        )
    if match := _NUMBERED.fullmatch(text):
        parameters = {"tab_selection": "all", "searchField": "ALL", "query": match["number"]}
        return f"{_LEGIFRANCE}all?{urlencode(parameters)}"
    return None
