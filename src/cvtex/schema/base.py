"""What all models of the schema share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A mapping of the user's file: frozen, and a key it does not know is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
