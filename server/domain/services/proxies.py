"""How the gateway stands before a service: settings, mapping rules, deployed versions."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import parse_qsl

from sqlmodel import Field, SQLModel

from gateway.config.service import MOST_URL, Upstream, encoded_authority, encoded_url
from gateway.paths import AS_WRITTEN, REFUSE, WITHOUT_PARAMETERS, BadPath, normalise_path
from server.domain.attributes import SECRET, Flag, Items, ShortText, Text, Whole
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, created_at, moment, sealed, updated_at
from server.domain.permissions import Permission
from server.domain.services.services import BackendVersion

ERRORS = ("auth_failed", "auth_missing", "no_match", "limits_exceeded")
MOST_PATH = 8192
MOST_ERROR_TEXT = 4096
MOST_CHAIN_BYTES = 65_536
MOST_LOCK = 2**31 - 1
ERROR_HEADERS = "text/plain; charset=us-ascii"
CREDENTIAL_NAME = re.compile(r"[A-Za-z0-9_-]+")
SECRET_TOKEN = re.compile(r"[\w-]*", re.ASCII)
HOST_AND_PORT = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?", re.ASCII)
CONTENT_TYPE = re.compile(r"[\w.+/-]+(; *[\w-]+=[\w\"-]+)*", re.ASCII)


class CredentialsLocation(StrEnum):
    """Where callers put their credentials."""

    QUERY = "query"
    HEADERS = "headers"
    AUTHORIZATION = "authorization"


class AmbiguousPaths(StrEnum):
    """How paths with `;` or a backslash are taken, which servers read in different ways."""

    REFUSE = REFUSE
    WITHOUT_PARAMETERS = WITHOUT_PARAMETERS
    AS_WRITTEN = AS_WRITTEN


class IssuerType(StrEnum):
    """Which kind of server issues tokens."""

    KEYCLOAK = "keycloak"
    REST = "rest"


class ClaimType(StrEnum):
    """How the claim that names a client is written."""

    PLAIN = "plain"
    LIQUID = "liquid"


class Proxy(SQLModel, table=True):
    """A service's gateway settings. Source: reference-portal 9.1."""

    __tablename__ = "proxies"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id", unique=True)
    api_backend: str
    api_test_path: str = "/"
    hostname_rewrite: str = ""
    secret_token_sealed: bytes = sealed(Permission.SERVICES_SECRETS)
    credentials_location: str = "query"
    ambiguous_paths: str = REFUSE
    auth_user_key: str = "user_key"
    auth_app_id: str = "app_id"
    auth_app_key: str = "app_key"
    error_auth_failed: str = "Authentication failed"
    error_status_auth_failed: int = 403
    error_headers_auth_failed: str = ERROR_HEADERS
    error_auth_missing: str = "Authentication parameters missing"
    error_status_auth_missing: int = 403
    error_headers_auth_missing: str = ERROR_HEADERS
    error_no_match: str = "No Mapping Rule matched"
    error_status_no_match: int = 404
    error_headers_no_match: str = ERROR_HEADERS
    error_limits_exceeded: str = "Usage limit exceeded"
    error_status_limits_exceeded: int = 429
    error_headers_limits_exceeded: str = ERROR_HEADERS
    policy_chain_sealed: bytes = sealed(Permission.SERVICES_SECRETS)  # JSON
    # Of OpenID Connect and OAuth, which no gateway of ours does yet: see `unready.py`.
    oauth_login_url: str = ""
    oidc_issuer_endpoint: str = ""
    oidc_issuer_type: str = "keycloak"
    jwt_claim_with_client_id: str = ""
    jwt_claim_with_client_id_type: str = "plain"
    standard_flow_enabled: bool = True
    implicit_flow_enabled: bool = False
    service_accounts_enabled: bool = False
    direct_access_grants_enabled: bool = False
    api_test_success: bool | None = None
    api_test_status: int | None = None
    api_test_message: str = ""
    api_tested_at: datetime | None = moment()
    api_test_passed_version: int | None = None  # in staging when a test call first went well
    deployed_at: datetime | None = moment()
    lock_version: int = 0
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What came of a test call through the staging gateway."""

    ok: bool
    status: int | None  # of the answer, None when there was none
    message: str


def clean_upstream(text: str | None, field: str = "api_backend") -> str:
    """Check a private base URL as the gateway will read it, and write it in ASCII.

    Raises: Invalid, TooLong.
    """
    url = clean_optional_text(text, field, most=MOST_URL)
    try:
        url = encoded_url(url)
        Upstream.parse(url)
    except ValueError as error:
        example = "must be a URL such as https://api.example.com:443"
        raise Invalid(f"{example}: it {error}.", field=field) from error
    return url


def clean_optional_upstream(text: str, field: str) -> str:
    """Check a private base URL, empty where backend APIs answer all. Raises: Invalid, TooLong."""
    return clean_upstream(text, field) if text.strip() else ""


def clean_test_path(text: str, field: str) -> str:
    """Check the path of the test call as the gateway will read it, and write it in ASCII.

    Raises: Invalid, TooLong.
    """
    path = clean_optional_text(text, field, most=MOST_PATH)
    if not path.startswith("/") or re.search(r"[\s#]", path):
        raise Invalid("must start with '/' and hold no spaces.", field=field)
    try:
        path = encoded_url(path)
        normalise_path(path.partition("?")[0].encode())
    except BadPath as error:
        raise Invalid(f"is refused by the gateway: {error}", field=field) from error
    except ValueError as error:
        raise Invalid(f"{error}.", field=field) from error
    if len(path) > MOST_PATH:
        raise Invalid(f"must have at most {MOST_PATH} characters in ASCII.", field=field)
    return path


def clean_host(text: str, field: str) -> str:
    """Check a host with or without a port, and write it in ASCII. Raises: Invalid, TooLong."""
    value = clean_optional_text(text, field)
    try:
        value = encoded_authority(value)
    except ValueError as error:
        raise Invalid(f"{error}.", field=field) from error
    return clean_match(value, field, HOST_AND_PORT, "must be a host name, with a port if need be.")


def clean_credential_name(text: str, field: str) -> str:
    """Check the name under which a credential travels. Raises: Invalid, TooLong."""
    name = clean_optional_text(text, field)
    if not CREDENTIAL_NAME.fullmatch(name):
        raise Invalid("must hold only letters, digits, '_' and '-'.", field=field)
    return name


def clean_match(text: str, field: str, pattern: re.Pattern[str], rule: str) -> str:
    """Check a short text against a pattern, empty allowed. Raises: Invalid, TooLong."""
    value = clean_optional_text(text, field)
    if value and not pattern.fullmatch(value):
        raise Invalid(rule, field=field)
    return value


def _matching(pattern: re.Pattern[str], rule: str) -> Text:
    """Make a type of texts of a pattern, empty allowed."""
    return Text(lambda text, field: clean_match(text, field, pattern, rule))


def _error_text(text: str, field: str) -> str:
    return clean_optional_text(text, field, most=MOST_ERROR_TEXT)


def _login_url(text: str, field: str) -> str:
    url = clean_optional_upstream(text, field)
    names = {name.lower() for name, _ in parse_qsl(url.partition("?")[2], keep_blank_values=True)}
    if names & {"scope", "state", "tok"}:
        raise Invalid("must not have the parameters scope, state and tok.", field=field)
    return url


LoginUrl = Annotated[str, Text(_login_url, most=MOST_URL)]
CredentialName = Annotated[str, Text(clean_credential_name, least=1)]
ErrorText = Annotated[str, Text(_error_text, most=MOST_ERROR_TEXT)]
ErrorStatus = Annotated[int, Whole(200, 599)]
ErrorHeaders = Annotated[
    str, _matching(CONTENT_TYPE, "must be a content type such as text/plain; charset=utf-8.")
]


class ProxyDraft(Draft):
    """What the gateway's settings of a service are made of."""

    api_backend: Annotated[str, Text(clean_optional_upstream, most=MOST_URL)] = Field(
        description="Where calls go that no backend API is mounted for; empty: nowhere."
    )
    api_test_path: Annotated[str, Text(clean_test_path, least=1, most=MOST_PATH)] = "/"
    hostname_rewrite: Annotated[str, Text(clean_host)] = ""
    secret_token: Annotated[
        str, _matching(SECRET_TOKEN, "must hold only letters, digits, '_' and '-'."), SECRET
    ] = ""
    credentials_location: CredentialsLocation = CredentialsLocation.QUERY
    ambiguous_paths: AmbiguousPaths = AmbiguousPaths.REFUSE
    auth_user_key: CredentialName = "user_key"
    auth_app_id: CredentialName = "app_id"
    auth_app_key: CredentialName = "app_key"
    error_auth_failed: ErrorText = "Authentication failed"
    error_status_auth_failed: ErrorStatus = 403
    error_headers_auth_failed: ErrorHeaders = ERROR_HEADERS
    error_auth_missing: ErrorText = "Authentication parameters missing"
    error_status_auth_missing: ErrorStatus = 403
    error_headers_auth_missing: ErrorHeaders = ERROR_HEADERS
    error_no_match: ErrorText = "No Mapping Rule matched"
    error_status_no_match: ErrorStatus = 404
    error_headers_no_match: ErrorHeaders = ERROR_HEADERS
    error_limits_exceeded: ErrorText = "Usage limit exceeded"
    error_status_limits_exceeded: ErrorStatus = 429
    error_headers_limits_exceeded: ErrorHeaders = ERROR_HEADERS
    policy_chain: Annotated[
        list[dict[str, Any]], Items(MOST_CHAIN_BYTES), SECRET
    ] = []  # apicast alone
    oauth_login_url: LoginUrl = ""
    oidc_issuer_endpoint: Annotated[str, Text(clean_optional_upstream, most=MOST_URL)] = ""
    oidc_issuer_type: IssuerType = IssuerType.KEYCLOAK
    jwt_claim_with_client_id: ShortText = ""
    jwt_claim_with_client_id_type: ClaimType = ClaimType.PLAIN
    standard_flow_enabled: Flag = True
    implicit_flow_enabled: Flag = False
    service_accounts_enabled: Flag = False
    direct_access_grants_enabled: Flag = False


class ProxyEdit(Draft):
    """What may come beside a change of a proxy: what was seen of it, and the service's mode."""

    lock_version: Annotated[int, Whole(0, MOST_LOCK)] | None = None
    backend_version: BackendVersion | None = None
