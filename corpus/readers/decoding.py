"""Bytes of a text file to its characters, or a clear refusal."""

from __future__ import annotations

import re

from kb.errors import UnreadableSource

# C0 controls that no text extracted from a PDF holds; a NUL is the surest sign of another format.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HINT = "Exportez de nouveau le document en texte brut, encodé en UTF-8."


def decode_text(data: bytes, path: str) -> str:
    """The characters of a UTF-8 file, without its byte order mark.

    >>> decode_text(b"\\xef\\xbb\\xbfPartie 1", "r.txt")
    'Partie 1'

    Raises UnreadableSource when the file is empty, cut inside a character, in another encoding, or not a text.
    """
    if not data.strip():
        raise UnreadableSource(f"Le fichier « {path} » est vide : il n'y a rien à lire.", hint=_HINT)
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(_decoding_message(error, len(data), path), hint=_HINT) from error
    if control := _CONTROL.search(raw):
        raise UnreadableSource(
            f"Le fichier « {path} » n'est pas un texte : caractère de contrôle "
            f"U+{ord(control[0]):04X} en position {control.start()}.",
            hint=_HINT,
        )
    return raw


def _decoding_message(error: UnicodeDecodeError, size: int, path: str) -> str:
    if error.reason == "unexpected end of data":
        return f"Le fichier « {path} » est tronqué : son dernier caractère est incomplet (octet {size})."
    return f"Le fichier « {path} » n'est pas en UTF-8 : octet illisible en position {error.start}."
