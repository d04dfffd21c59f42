"""The table `[auth]` of `hrreco.toml`: whom the service believes."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

AuthMode = Literal["keys", "local", "oidc"]

Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"
]
"""Signatures that whoever verifies cannot forge: none with a shared secret."""


class OidcSettings(BaseModel):
    """Whose tokens are believed. Nothing of it is ever taken from a token."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str = Field(min_length=1, description="What `iss` must be.")
    audience: str = Field(
        min_length=1,
        description="What `aud` must hold. Name one of its own for each workspace: it keeps "
        "tokens for one company out of another's service.",
    )
    jwks: str = Field(
        min_length=1,
        description="Where the issuer's public keys are: an https address, or a file, by its "
        "path from the workspace.",
    )
    algorithms: tuple[Algorithm, ...] = Field(
        ("RS256", "ES256"), min_length=1, description="Signatures that are accepted."
    )
    employee_claim: str = Field(
        "sub", min_length=1, description="The claim that holds the employee's id."
    )
    role_claim: str = Field(
        "hrreco_role",
        min_length=1,
        description="The claim that holds the role: employee, manager, lms or admin. Without it, "
        "a token is an employee's.",
    )
    leeway_seconds: int = Field(
        30, ge=0, le=300, description="How far clocks may be apart, in seconds."
    )

    @field_validator("jwks")
    @classmethod
    def _check_way(cls, jwks: str) -> str:
        if "://" in jwks and not jwks.startswith("https://"):
            raise ValueError("is an https address, or a file: keys may not change on their way")
        return jwks


class AuthSettings(BaseModel):
    """Whom the service believes. API keys are believed in every mode."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: AuthMode = Field(
        "keys",
        description="`keys`: API keys alone. `oidc`: bearer tokens of an issuer, too. `local`: "
        "tokens of `hrreco token`, too, for trying things out; it serves this machine alone.",
    )
    oidc: OidcSettings | None = Field(None, description="Whose tokens are believed.")

    @model_validator(mode="after")
    def _check_issuer(self) -> Self:
        if (self.mode == "oidc") != (self.oidc is not None):
            raise ValueError('mode = "oidc" and the table [auth.oidc] come together')
        return self
