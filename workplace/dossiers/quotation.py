"""The part of a wording that is quoted: found by its words, and by nothing like them."""

from __future__ import annotations

import re

from kb.checking.quotations import Agreement, compare
from kb.errors import InvalidDossier
from kb.text.spans import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
# Written one way or the other without being other words.
_SAME = {"’": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "‑": "-"}
_BETWEEN = "\x00"  # no kept text has it
# So that a wrong quotation is answered in less than a second, even beside the longest wording.
_LONGEST_COMPARED = 2_000
_AROUND = ' \n\t«»"“”'


def find_quotation(words: str, text: str) -> Span:
    """Where these words stand in the text; blanks, kinds of apostrophe and outer guillemets make no difference.

    >>> find_quotation("« l’étranger  qui »", "À l'étranger qui dépose plainte")
    Span(start=2, end=16)

    Of several places, the first. Raises InvalidDossier, with the nearest words of the text in its hint.
    """
    wanted = _keys(words.strip(_AROUND))
    if wanted == _BETWEEN:
        raise InvalidDossier("La citation est vide.", hint="Collez les mots à citer.")
    keys = _keys(text)
    place = keys.find(wanted)
    if place < 0:
        raise InvalidDossier(
            "Ces mots ne sont pas, à la suite, dans le texte gardé.", hint=_hint(words, text)
        )
    tokens = list(_TOKEN.finditer(text))
    first = keys.count(_BETWEEN, 0, place)
    last = first + wanted.count(_BETWEEN) - 2
    return Span(tokens[first].start(), tokens[last].end())


def alineas(text: str) -> tuple[Span, ...]:
    """The place of each alinéa.

    >>> alineas("Un.\\n\\nDeux.")
    (Span(start=0, end=3), Span(start=5, end=10))
    """
    return tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text))


def _hint(words: str, text: str) -> str:
    if len(words) > _LONGEST_COMPARED:
        return "Copiez-les depuis le texte de l'extrait."
    compared = compare(words, text)
    if compared.agreement is Agreement.EXACT:
        return "Seule la ponctuation diffère : copiez les mots depuis le texte."
    wrong = [change.words for change in compared.changes if change.kind == "quoted"]
    if not wrong:
        return "Copiez-les depuis le texte de l'extrait."
    return f"N'y sont pas : « {' » ; « '.join(w[:80] for w in wrong[:3])} »."


def _keys(text: str) -> str:
    """The words and marks of a text, each between two separators."""
    return "".join([_BETWEEN, *(f"{_SAME.get(token, token)}{_BETWEEN}" for token in _TOKEN.findall(text))])
