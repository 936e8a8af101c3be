"""What the server signs, so that nobody else can make it: cookies and the tokens of forms. One key for all of it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from kb.errors import WorkplaceUnavailable
from service.settings import Settings

_FILE = "secret.key"


class Signer:
    """Signs short texts, each for one purpose: what was signed for another is refused.

    >>> signer = Signer("clef")
    >>> signed = signer.sign("cookie", "abc")
    >>> signer.read("cookie", signed, 60), signer.read("form", signed, 60)
    ('abc', None)
    """

    def __init__(self, key: str) -> None:
        self._key = key

    def sign(self, purpose: str, value: str) -> str:
        """The value with its date and signature, safe in a cookie, a form or an address."""
        return self._for(purpose).dumps(value)

    def read(self, purpose: str, signed: str, max_age: int) -> str | None:
        """The value, or None when it was signed by another, for something else, or more than `max_age` seconds ago."""
        try:
            return str(self._for(purpose).loads(signed, max_age=max_age))
        except BadData:
            return None

    def _for(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key, salt=f"renvoi.{purpose}")


def signer_of(settings: Settings) -> Signer:
    """With RENVOI_SECRET_KEY, or with the key kept in RENVOI_HOME, made the first time for its owner alone."""
    if settings.secret_key:
        return Signer(settings.secret_key.get_secret_value())
    try:
        return Signer(_kept(settings.home / _FILE))
    except OSError as error:
        raise WorkplaceUnavailable(
            f"La clef secrète ne peut pas être gardée dans {settings.home} : {error.strerror}.",
            hint="Donnez-la par RENVOI_SECRET_KEY, ou rendez RENVOI_HOME accessible en écriture.",
        ) from error


def _kept(path: Path) -> str:
    """What the file holds. Of two processes that make it at once, one wins and both read the same key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(made, path)  # unlike a rename, never over the key of another
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text(encoding="ascii").strip()
