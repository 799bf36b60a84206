"""Policies of a provider's own: what other gateways run, described for chains and forms.

Source: reference-portal 1.5.
"""

import re
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import Text as LongText
from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from gateway.policy import BUILTIN
from server.domain.attributes import LONG, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_text, created_at, updated_at
from server.kit.strict_json import parse_json

MOST_DEFINITION = 200_000
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,99}")


class RegistryPolicy(SQLModel, table=True):
    """A policy that chains may name, with what its configuration may hold."""

    __tablename__ = "registry_policies"
    __table_args__ = (UniqueConstraint("provider_id", "name", "version"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    version: str
    definition: str = Field(sa_type=LongText)  # JSON: summary, configuration as JSON Schema
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def _clean_name(text: str, field: str) -> str:
    name = clean_text(text, field)
    if not NAME.fullmatch(name):
        raise Invalid("must be letters, digits, -, _ and ., at most 100.", field=field)
    return name


def _clean_version(text: str, field: str) -> str:
    version = _clean_name(text, field)
    if version == BUILTIN:
        raise Invalid("must be another than builtin: that is of the gateway's own.", field=field)
    return version


def parse_definition(text: str, field: str = "definition") -> dict[str, Any]:
    """Read a definition. Raises: Invalid."""
    try:
        found = parse_json(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("must be JSON.", field=field) from error
    if not isinstance(found, dict) or not isinstance(found.get("configuration"), dict):
        raise Invalid(
            "must be an object with configuration: the JSON Schema of what it is set up by.",
            field=field,
        )
    return found


def _clean_definition(text: str, field: str) -> str:
    given = clean_text(text, field, most=MOST_DEFINITION)
    parse_definition(given, field)
    return given


class RegistryPolicyDraft(Draft):
    """What a policy of the provider's own is made of."""

    name: Annotated[str, Text(_clean_name, least=1)]
    version: Annotated[str, Text(_clean_version, least=1)]
    definition: Annotated[str, Text(_clean_definition, least=1, most=MOST_DEFINITION), LONG] = (
        Field(
            description="JSON: `name`, `version`, `summary`, `description`, and `configuration`, "
            "the JSON Schema of what it is set up by.",
        )
    )
