"""Signing in by an identity provider: OpenID Connect, authorization code with PKCE, state, nonce, verified claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import BaseApp, OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from kb.errors import BadCredentials, InvalidInput, ProviderUnavailable
from service.settings import Settings

RETURN = "/connexion/openid/retour"
# Signatures that only the provider can make: never `none`, nor a secret that we hold too.
_ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
_SECONDS = 10.0
_LOCAL = ("localhost", "127.0.0.1", "::1")
# What comes of reading a description or keys that are not what they should be.
_NONSENSE = (ValueError, LookupError, RuntimeError, TypeError, AttributeError)
_ERROR_CODE = re.compile(r"[a-z_]{1,50}")


class _Client(OpenIDMixin, OAuth2Mixin, BaseApp):  # type: ignore[misc]  # authlib has no types
    client_cls = OAuth2Client


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider has recognised. `subject` alone is sure and lasting; `name` is what it shows."""

    issuer: str
    subject: str
    name: str


class OpenId:
    """One provider. Its description is read at the first need, its keys again when it signs with a new one."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = str(settings.oidc_issuer)
        self._redirect = f"{settings.public_url}{RETURN}"
        secret = settings.oidc_client_secret
        self._client = _Client(
            None,
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            server_metadata_url=f"{self._issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": _SECONDS,
            },
        )

    def begin(self) -> tuple[str, dict[str, str]]:
        """Where to send the browser, and what it must bring back. Raises ProviderUnavailable."""
        with self._faults():
            self._read_metadata()
            authorization = self._client.create_authorization_url(self._redirect)
        return authorization["url"], {
            name: authorization[name] for name in ("state", "nonce", "code_verifier")
        }

    def finish(self, secrets: Mapping[str, str], answer: Mapping[str, str]) -> Identity:
        """Whom the provider sent back, from the parameters of the address. Raises BadCredentials,
        ProviderUnavailable."""
        if not compare_digest(secrets["state"].encode(), answer.get("state", "").encode()):
            raise _refused("elle ne suit pas une demande de ce navigateur")
        if "error" in answer:
            code = answer["error"] if _ERROR_CODE.fullmatch(answer["error"]) else "erreur"
            raise _refused(f"il a refusé ({code})")
        with self._faults():
            self._read_metadata()
            if answer.get("iss", self._issuer) != self._issuer:
                raise _refused("elle vient d'un autre")
            exchange = {"code": answer.get("code", ""), "code_verifier": secrets["code_verifier"]}
            token = self._client.fetch_access_token(self._redirect, **exchange)
            return self._identity(token, secrets["nonce"])

    def _identity(self, token: Any, nonce: str) -> Identity:
        expected = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._client.client_id},
        }
        claims = self._client.parse_id_token(token, nonce, expected)
        if not claims or not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise _refused("elle ne dit pas qui vous êtes")
        names = (claims.get(name) for name in ("name", "preferred_username", "email"))
        return Identity(self._issuer, claims["sub"], str(next(filter(None, names), "")))

    def _read_metadata(self) -> None:
        metadata = self._client.load_server_metadata()
        if metadata.get("issuer") != self._issuer:
            self._client.server_metadata.clear()
            raise ValueError(f"issuer {str(metadata.get('issuer'))[:100]!r}")
        offered = metadata.get("id_token_signing_alg_values_supported", _ALGORITHMS)
        metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _ALGORITHMS]

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (JoseError, AuthlibBaseError) as error:
            raise _refused("elle n'a pas pu être vérifiée") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, *_NONSENSE) as error:
            raise ProviderUnavailable(
                f"Le fournisseur d'identité ({self._issuer}) ne répond pas comme il devrait.",
                hint="Réessayez plus tard, ou prévenez votre administrateur.",
            ) from error


def _refused(why: str) -> BadCredentials:
    return BadCredentials(
        f"La réponse du fournisseur d'identité n'est pas acceptée : {why}.",
        hint="Recommencez depuis la page de connexion.",
    )


def openid_of(settings: Settings) -> OpenId | None:
    """The provider of the settings, if any. Raises InvalidInput for settings that do not go together."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or not settings.public_url:
        raise InvalidInput("RENVOI_OIDC_ISSUER demande aussi RENVOI_OIDC_CLIENT_ID et RENVOI_PUBLIC_URL.")
    parts = urlsplit(settings.oidc_issuer)
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise InvalidInput("RENVOI_OIDC_ISSUER doit être en https.")
    return OpenId(settings)
