"""Settings, from the environment: every name begins with RENVOI_."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read anew by each composition root; never a global."""

    model_config = SettingsConfigDict(env_prefix="RENVOI_", extra="ignore")

    home: Path = Field(Path("data"), description="Dossier des données construites")
    sources: Path = Field(Path("sources"), description="Dossier des textes officiels")
    database_url: str | None = Field(None, description="Base PostgreSQL ; SQLite dans RENVOI_HOME par défaut")
    embedding_model: str | None = Field(None, description="Autre modèle de vecteurs (dossier ou nom)")
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Clef qui signe les cookies ; gardée dans RENVOI_HOME par défaut"
    )
