"""The characters that any document can hold: XML, a database and a terminal refuse or obey the others."""

from __future__ import annotations

import re
import unicodedata

# C0 but tab and line feed, C1, lone surrogates, non-characters; and the marks that turn the direction of what follows,
# with which a file name or a number can be made to read otherwise than it is.
_REFUSED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    r"\u200e\u200f\u202a-\u202e\u2066-\u2069\U0001fffe\U0001ffff]"
)
_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def printable(text: str) -> str:
    r"""The text without the characters that no document should hold, every line end written the same.

    >>> printable("puni\x00 de\x0b dix\r\nans\ud800")
    'puni de\n dix\nans'
    """
    return _REFUSED.sub("", _ENDS.sub("\n", text))


def one_line(text: str) -> str:
    r"""The same on a single line, for titles, cells and records.

    >>> one_line(" Traite\n des\têtres ")
    'Traite des êtres'
    """
    return " ".join(printable(text).split())


def file_stem(title: str, otherwise: str) -> str:
    """A title as the name of a file on any system: ASCII letters, digits and hyphens.

    >>> file_stem("Dossier n° 1 : L'été/../etc", "dossier"), file_stem("« … »", "dossier")
    ('Dossier-n-1-L-ete-etc', 'dossier')
    """
    plain = unicodedata.normalize("NFKD", title.replace("œ", "oe").replace("Œ", "Oe").replace("°", ""))
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain))
    return "-".join(words)[:80].strip("-") or otherwise
