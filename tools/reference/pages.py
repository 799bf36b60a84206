"""Every generated page, and what makes it. A test compares the files with what is made."""

from collections.abc import Callable, Mapping
from pathlib import Path

from gateway.policy.reference import write_reference
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from tools.reference.errors import errors
from tools.reference.events import events
from tools.reference.graphql import graphql
from tools.reference.liquid import liquid
from tools.reference.permissions import permissions
from tools.reference.rest import rest
from tools.reference.settings import settings
from tools.reference.webhooks import webhook_schemas, webhooks

ROOT = Path(__file__).parents[2]
PAGES: Mapping[str, Callable[[], str]] = {
    "docs/reference/events.md": events,
    "docs/reference/graphql-admin.md": lambda: graphql("Admin GraphQL", ADMIN.schema),
    "docs/reference/graphql-developer.md": lambda: graphql("Developer GraphQL", DEVELOPER.schema),
    "docs/reference/liquid.md": liquid,
    "docs/reference/permissions.md": permissions,
    "docs/reference/rest.md": rest,
    "docs/reference/settings.md": settings,
    "docs/reference/webhooks.md": webhooks,
    "docs/reference/webhook-schemas.json": webhook_schemas,
    "docs/errors.md": errors,
    "docs/policies.md": write_reference,
}
