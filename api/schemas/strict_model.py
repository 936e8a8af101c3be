"""What every schema of the API is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Immutable, and nothing but the fields named."""

    model_config = ConfigDict(frozen=True, extra="forbid")
