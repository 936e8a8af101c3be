"""Names as people write them: one pattern that finds any of many names, and one key by which they are the same.

"Code de l'entrée et du séjour", "code de l’entree\\net du sejour": same words, other accents, apostrophes and wraps.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

_Tree: TypeAlias = dict[str, "_Tree"]
# One entry a letter that takes accents in French; a reader may drop them ("code penal") or capitals may lack them.
_ACCENTS = {"a": "aàâ", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oôö", "u": "uùûü"}
# An accent may be a character of its own, as PDF extractors write it.
_COMBINING = "[\u0300-\u0327]?"
_APOSTROPHES = "'’"
_DOT = r"\.?"
_HYPHENS = "-‐‑–"


@lru_cache(maxsize=20_000)
def phrase_key(name: str) -> str:
    """Letters and digits of a name, without accents, in lower case, words joined by one space.

    >>> phrase_key("Code de l’entrée\\net du séjour")
    'code de l entree et du sejour'
    """
    text = name.replace("œ", "oe").replace("Œ", "Oe").replace("’", " ").replace("'", " ")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", ascii_text.lower()))


def any_of(names: Iterable[str], *, exact_case: bool = False) -> str:
    """A pattern matching any of `names`, the longest first, whatever the accents, apostrophes and line wraps.

    The pattern is a tree of words, so that seventy names that begin with "code" cost one comparison of "code".
    With `exact_case` the case must be that of the name, even in a pattern compiled without regard to case.
    """
    tree: _Tree = {}
    for name in names:
        node = tree
        for word in name.split():
            node = node.setdefault(_word_pattern(word if exact_case else word.lower()), {})
        node[""] = {}
    pattern = _alternatives(tree)
    return f"(?-i:{pattern})" if exact_case else pattern


def _alternatives(tree: _Tree) -> str:
    branches = [
        word + _tail(word, children)
        for word, children in sorted(tree.items(), key=lambda pair: -len(pair[0]))
        if word
    ]
    return f"(?:{'|'.join(branches)})"


def _tail(word: str, children: _Tree) -> str:
    """What may or must follow a word. After an abbreviated one the space is optional: "C.pén."."""
    if not children.keys() - {""}:
        return ""
    space = r"(?:(?<=\.)\s*|\s+)" if word.endswith(_DOT) else r"\s+"
    following = space + _alternatives(children)
    return f"(?:{following})?" if "" in children else following


def _word_pattern(word: str) -> str:
    return "".join(_character_pattern(c) for c in word)


def _character_pattern(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[0].lower()
    if character in _APOSTROPHES:
        return rf"[{_APOSTROPHES}]\s?"
    if character in _HYPHENS:
        return rf"[{_HYPHENS}]\s?"
    if character == ".":
        return _DOT
    if plain in _ACCENTS and character.lower() != plain:
        return f"[{_ACCENTS[plain]}{_ACCENTS[plain].upper()}]{_COMBINING}"
    return re.escape(character)
