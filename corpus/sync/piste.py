"""PISTE, the portal of the State's APIs: OAuth 2.0 by client credentials, a token for an hour, quotas by the second."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from corpus.sync.transport import Transport
from kb.errors import SyncFailed

OAUTH_URL = "https://oauth.piste.gouv.fr/api/oauth/token"
# Légifrance allows twenty requests a second (PISTE, quotas of the API); fewer are sent.
_BETWEEN = 1 / 15
_UNAUTHORISED = 401
# A token is renewed this long before its end, in seconds.
_MARGIN = 60.0


@dataclass(frozen=True, slots=True)
class Keys:
    """Those of an application registered on PISTE."""

    client_id: str
    client_secret: str = field(repr=False)


class Piste:
    """An API of the portal. Raises SyncFailed, with what to do, for keys, rights, quotas and silence."""

    def __init__(self, transport: Transport, keys: Keys, base: str, oauth: str = OAUTH_URL) -> None:
        self._transport, self._keys, self._base, self._oauth = transport, keys, base.rstrip("/"), oauth
        self._token, self._ends, self._last = "", 0.0, 0.0

    def get(self, path: str, **parameters: str | int) -> Any:
        """The JSON answer of a GET."""
        return self._authorised(lambda headers: self._ask("GET", path, headers, params=parameters))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON answer of a POST of JSON."""
        return self._authorised(lambda headers: self._ask("POST", path, headers, json=body))

    def _ask(self, method: str, path: str, headers: dict[str, str], **request: Any) -> Any:
        time.sleep(max(0.0, self._last + _BETWEEN - time.monotonic()))
        self._last = time.monotonic()
        return self._transport.json(method, f"{self._base}{path}", headers=headers, **request)

    def _authorised(self, ask: Callable[[dict[str, str]], Any]) -> Any:
        """Ask with the token; once more with a new one when the portal no longer knows it."""
        try:
            return ask(self._headers())
        except SyncFailed as error:
            if error.status != _UNAUTHORISED:
                raise
            self._token = ""
            return ask(self._headers())

    def _headers(self) -> dict[str, str]:
        if not self._token or time.monotonic() > self._ends:
            self._renew()
        return {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}

    def _renew(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._keys.client_id,
            "client_secret": self._keys.client_secret,
            "scope": "openid",
        }
        try:
            answer = self._transport.json("POST", self._oauth, data=form)
        except SyncFailed as error:
            raise SyncFailed(f"PISTE ne donne pas de jeton. {error.message}", hint=error.hint) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str):
            raise SyncFailed("PISTE a répondu sans jeton.", hint="Vérifiez RENVOI_PISTE_OAUTH_URL.")
        self._token = answer["access_token"]
        self._ends = time.monotonic() + float(answer.get("expires_in", 0)) - _MARGIN
