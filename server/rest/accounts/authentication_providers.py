"""Providers of identity that developers log in by. Source: reference-portal 1.6."""

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS, callback_url
from server.actions.secrets import reveal
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.rest.operations import rows_of
from server.rest.shapes import Field, Links, Shape, columns

PATH = "/authentication_providers"
AUTHENTICATION_PROVIDER = Shape(
    name="authentication_provider",
    model=AuthenticationProvider,
    parts=(
        *columns("id", "kind", "name", "system_name", "client_id"),
        Field(
            "client_secret",
            load=lambda work, _rows: lambda row: reveal(work, row, "client_secret_sealed"),
            type=str,
            hides=True,
        ),
        *columns("site", "identifier_key", "username_key", "trust_email", "published"),
        *columns("automatically_approve_accounts"),
        Field(
            "callback_url", load=lambda work, _rows: lambda row: callback_url(work, row), type=str
        ),
        *columns("created_at", "updated_at"),
        Links({"self": f"{PATH}/{{id}}"}),
    ),
)
OPERATIONS = rows_of(AUTHENTICATION_PROVIDERS, AUTHENTICATION_PROVIDER, PATH)
