"""HTTP with patience: what fails for a moment is asked again, a file cut short is taken up where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx2
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from corpus.source_files import MAX_FILE_BYTES
from kb.errors import SyncFailed

_ATTEMPTS = 5
_MOMENTARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_PARTIAL, _UNSATISFIABLE, _TOO_MANY = 206, 416, 429
# A server that asks for more than this is not waited for: the user is told to come back.
_LONGEST_WAIT = 120.0
_TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
_REASONS = {
    401: "l'accès est refusé : vérifiez les clefs",
    403: "l'accès est interdit : l'application PISTE est-elle abonnée à cette API ?",
    404: "il n'y a rien à cette adresse",
    429: "le quota est atteint : réessayez plus tard",
}


class _Momentary(Exception):
    """A failure that may pass; `wait` is how long the server asks to wait, in seconds, 0 when it does not say."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class Transport:
    """One client for a whole run. `pace` multiplies every pause between two attempts (0 in tests)."""

    def __init__(self, pace: float = 1.0) -> None:
        self._client = httpx2.Client(
            timeout=_TIMEOUT, follow_redirects=True, headers={"User-Agent": "renvoi"}
        )
        self._pace = pace

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def json(self, method: str, url: str, **request: Any) -> Any:
        """The JSON value that a request answers. Raises SyncFailed."""
        return self._patiently(url, lambda: self._json(method, url, request))

    def download(self, url: str, part: Path) -> None:
        """Write what stands at `url` to `part`, after what `part` already holds of it. Raises SyncFailed."""
        self._patiently(url, lambda: self._download(url, part))

    def _patiently(self, url: str, ask: Callable[[], Any]) -> Any:
        attempts = Retrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception_type(_Momentary),
            reraise=True,
        )
        try:
            return attempts(ask)
        except _Momentary as error:
            raise SyncFailed(
                f"{_shown(url)} : {error} ({_ATTEMPTS} essais).",
                hint="Relancez renvoi sync plus tard : ce qui est arrivé est gardé.",
            ) from error

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        wait = error.wait if isinstance(error, _Momentary) else 0.0
        return self._pace * (wait or float(wait_exponential_jitter(initial=1, max=30)(state)))

    def _json(self, method: str, url: str, request: Mapping[str, Any]) -> Any:
        try:
            response = self._client.request(method, url, **request)
            _check(response)
            return response.json()
        except httpx2.TransportError as error:
            raise _Momentary(f"le serveur ne répond pas ({type(error).__name__})") from error
        except (ValueError, httpx2.HTTPError) as error:
            raise SyncFailed(f"{_shown(url)} : la réponse n'est pas du JSON.") from error

    def _download(self, url: str, part: Path) -> None:
        mark = part.with_name(f"{part.name}.etag")
        headers = _resuming(part, mark)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code == _UNSATISFIABLE:
                    part.unlink(missing_ok=True)
                    raise _Momentary("le fichier a changé pendant son transfert")
                _check(response)
                _receive(response, part, mark)
        except httpx2.TransportError as error:
            raise _Momentary(f"le transfert a été coupé ({type(error).__name__})") from error
        except httpx2.HTTPError as error:
            raise SyncFailed(f"{_shown(url)} : {error}.") from error
        mark.unlink(missing_ok=True)


def _resuming(part: Path, mark: Path) -> dict[str, str]:
    """The headers that ask for the rest of a file, as long as it is the same file; the bytes are asked uncompressed."""
    whole = {"Accept-Encoding": "identity"}
    if not (part.exists() and mark.exists() and part.stat().st_size):
        return whole
    return {**whole, "Range": f"bytes={part.stat().st_size}-", "If-Range": mark.read_text(encoding="ascii")}


def _receive(response: httpx2.Response, part: Path, mark: Path) -> None:
    resumed = response.status_code == _PARTIAL
    etag = response.headers.get("etag", "")
    if etag.isascii() and etag.startswith('"'):  # a weak one does not vouch for the bytes
        mark.write_text(etag, encoding="ascii")
    else:
        mark.unlink(missing_ok=True)
    with part.open("ab" if resumed else "wb") as file:
        for block in response.iter_bytes():
            file.write(block)
            if file.tell() > MAX_FILE_BYTES:
                raise SyncFailed(f"{_shown(str(response.url))} dépasse {MAX_FILE_BYTES // 10**6} Mo.")


def _check(response: httpx2.Response) -> None:
    """Raises _Momentary or SyncFailed unless the answer is a success."""
    status = response.status_code
    if response.is_success:
        return
    reason = _REASONS.get(status, f"le serveur répond {status}")
    if status in _MOMENTARY and (wait := _retry_after(response)) <= _LONGEST_WAIT:
        raise _Momentary(reason, wait)
    raise SyncFailed(f"{_shown(str(response.url))} : {reason}.", status=status)


def _retry_after(response: httpx2.Response) -> float:
    written = response.headers.get("retry-after", "")
    return float(written) if written.isascii() and written.isdigit() else 0.0


def _shown(url: str) -> str:
    """An address without its query, which may hold what was asked."""
    return url.partition("?")[0]
