"""Settings, from the environment: every name begins with RENVOI_."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_URL = r"^https?://[^?#\s]+$"


class Reading(StrEnum):
    """Who may read the pages and the API."""

    OPEN = "open"
    SIGNED_IN = "signed-in"


class Settings(BaseSettings):
    """Read anew by each composition root; never a global."""

    model_config = SettingsConfigDict(env_prefix="RENVOI_", extra="ignore")

    home: Path = Field(Path("data"), description="Dossier des données construites")
    sources: Path = Field(Path("sources"), description="Dossier des textes officiels")
    database_url: str | None = Field(None, description="Base PostgreSQL ; SQLite dans RENVOI_HOME par défaut")
    embedding_model: str | None = Field(None, description="Autre modèle de vecteurs (dossier ou nom)")
    embedding_dimension: int | None = Field(None, description="Nombres gardés de chaque vecteur", ge=1)
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Clef qui signe les cookies ; gardée dans RENVOI_HOME par défaut"
    )
    public_url: str | None = Field(
        None, pattern=r"^https?://[^/?#\s]+$", description="Adresse publique du service, sans barre finale"
    )
    reading: Reading = Field(Reading.OPEN, description="Lecture ouverte à tous, ou à ceux qui sont connectés")
    oidc_issuer: str | None = Field(
        None, pattern=r"^https?://[^?#\s]+$", description="Fournisseur d'identité OpenID Connect"
    )
    oidc_client_id: str | None = Field(None, description="Identifiant de Renvoi chez ce fournisseur")
    oidc_client_secret: SecretStr | None = Field(None, description="Secret de Renvoi chez ce fournisseur")
    oidc_name: str = Field("votre organisation", description="Nom du fournisseur sur la page de connexion")
    cors_origins: str = Field("", description="Sites qui peuvent appeler l'API depuis un navigateur")
    embed_origins: str = Field("", description="Sites qui peuvent montrer la carte d'une disposition")
    rate_limit: str = Field("", description="Limite par clef, compte ou adresse : 600/minute; 20000/day")
    trusted_proxies: str = Field("", description="Serveurs de façade dont X-Forwarded-For est cru")
    piste_client_id: str | None = Field(
        None, description="Clef d'une application du portail PISTE (renvoi sync)"
    )
    piste_client_secret: SecretStr | None = Field(None, description="Secret de cette application")
    piste_url: str = Field("https://api.piste.gouv.fr", pattern=_URL, description="Adresse des API de PISTE")
    piste_oauth_url: str = Field(
        "https://oauth.piste.gouv.fr/api/oauth/token", pattern=_URL, description="Adresse des jetons de PISTE"
    )
