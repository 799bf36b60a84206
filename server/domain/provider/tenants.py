"""Tenants as the installation's operator sees them. Source: reference-portal 1.10, 6."""

from datetime import timedelta
from typing import Annotated

from server.domain.accounts.users import clean_email, clean_password, clean_username
from server.domain.attributes import SECRET, Name, Text
from server.domain.drafts import Draft
from server.domain.permissions import Scope

KEEP = timedelta(days=15)  # how long a deleted tenant can be had back
DELETED = "deleted"  # the state of one whose rows go: there is no way back
TOKEN_NAME = "Administration"  # noqa: S105 - a name
TOKEN_SCOPES = (Scope.ACCOUNT_MANAGEMENT, Scope.POLICY_REGISTRY)
STATE_EVENTS = ("make_pending", "approve", "reject", "suspend", "resume")


class TenantDraft(Draft):
    """What a tenant and its first admin are made of."""

    org_name: Name
    username: Annotated[str, Text(lambda text, _: clean_username(text), least=3)]
    email: Annotated[str, Text(lambda text, _: clean_email(text), least=1)]
    password: Annotated[str, Text(lambda text, _: clean_password(text), least=1), SECRET]
