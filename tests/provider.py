"""An identity provider that speaks OpenID Connect: discovery, authorization code with PKCE, tokens signed by RS256.

It checks what a provider must (RFC 6749 § 4.1.3, RFC 7636 § 4.6), and lies on demand.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "renvoi", "secret du client"


def _new_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})


@cache
def _first_key() -> RSAKey:
    """Made once for all the tests: it takes a second."""
    return _new_key()


class Provider:
    """`claims` replace those of its tokens (None removes one); `lie` names a fault of another kind."""

    def __init__(self) -> None:
        self.issuer = ""
        self.redirect = ""
        self.person: dict[str, Any] = {"sub": "agent-7", "name": "Anne Dupont"}
        self.claims: dict[str, Any] = {}
        self.lie = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.key = _first_key()

    def turn_keys(self) -> None:
        """Sign with a new key from now on, as providers do a few times a year."""
        self.key = _new_key()

    def app(self) -> FastAPI:
        """Its server."""
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self.describe)
        app.get("/authorize")(self.authorize)
        app.post("/token", response_model=None)(self.token)
        app.get("/keys")(self.keys)
        return app

    def describe(self) -> Any:
        if self.lie == "not json":
            return JSONResponse("<html>", media_type="text/html", status_code=200)
        return {
            "issuer": "https://ailleurs.example" if self.lie == "another issuer" else self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def authorize(self, request: Request) -> RedirectResponse:
        """Whoever asks is recognised at once; what the request must hold is checked."""
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["state"]) >= 16
        assert len(asked["nonce"]) >= 16
        assert asked["redirect_uri"] == self.redirect
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        if self.lie == "refused":
            back = {"error": "access_denied", "error_description": "<script>", "state": asked["state"]}
        if self.lie == "another state":
            back["state"] = "x" * 30
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    def token(
        self,
        request: Request,
        grant_type: str = Form(),
        code: str = Form(),
        redirect_uri: str = Form(),
        code_verifier: str = Form(""),
    ) -> Any:
        """One token for one code, to who asked for it."""
        asked = self.codes.pop(code, None)
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            return JSONResponse({"error": "invalid_client"}, 401)
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        )
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != redirect_uri:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert grant_type == "authorization_code"
        found = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 60}
        if self.lie != "no id token":
            found["id_token"] = self._id_token(asked["nonce"])
        return found

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            **self.person,
        }
        claims = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        if self.lie == "another key":
            return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, RSAKey.generate_key(2048))
        if self.lie == "our secret":
            key = OctKey.import_key(SECRET * 3)
            return jwt.encode({"alg": "HS256", "kid": self.key.kid}, claims, key)
        if self.lie == "no signature":
            head, body, _ = jwt.encode({"alg": "RS256"}, claims, self.key).split(".")
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{head}.{body}."
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)
