"""The spaces of French typography, on pages: no line begins with « : » nor ends with « « », no number is cut in two.

The texts, ours and the law's, are written with ordinary spaces, and so they stay in the base, in the API and in what
a form sends; a page is given these just before it leaves.
"""

from __future__ import annotations

import re
from functools import partial

from kb.text.typography import NARROW, PLACES, WIDE

# What these hold is a form's, or a program's.
_EXACT = ("textarea", "code", "option")


def keep_spaces(html: str) -> str:
    """The same page, with spaces that do not break.

    >>> keep_spaces('<p title="a : b">« 150 000 € » : quoi ?</p>') == (
    ...     '<p title="a : b">«\\xa0150\\u202f000\\xa0€\\xa0»\\xa0: quoi\\u202f?</p>'
    ... )
    True
    """
    return PLACES.sub(partial(_kept, html), html)


def _kept(html: str, match: re.Match[str]) -> str:
    opening = html.rfind("<", 0, match.start())
    in_tag = html.rfind(">", opening, match.start()) < 0
    if opening >= 0 and (in_tag or html.startswith(_EXACT, opening + 1)):
        return " "
    return WIDE if match["wide"] is not None else NARROW
