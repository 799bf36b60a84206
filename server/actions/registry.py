"""Every resource, in one list: what holds for one is tested for all, in every face.

Those in `SPECIAL` are made or deleted by functions of their own, and tested there.
"""

from typing import Any

from server.actions.accounts.accounts import ACCOUNTS
from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.accounts.users import USERS
from server.actions.applications.applications import APPLICATIONS
from server.actions.plans.features import ACCOUNT_FEATURES, FEATURES
from server.actions.plans.limits import LIMITS
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.files import FILES
from server.actions.portal.forum import CATEGORIES
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.domains import DOMAINS
from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.actions.provider.tokens import TOKENS
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.resources import Resource
from server.actions.services.backend_apis import BACKEND_APIS
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import MAPPING_RULES
from server.actions.services.metrics import METRICS
from server.actions.services.proxies import PROXIES
from server.actions.services.registry_policies import REGISTRY_POLICIES
from server.actions.services.services import SERVICES

RESOURCES: tuple[Resource[Any], ...] = (
    ACCOUNT_FEATURES,
    ACCOUNT_PLANS,
    API_DOCS,
    APPLICATION_PLANS,
    AUTHENTICATION_PROVIDERS,
    BACKEND_APIS,
    CATEGORIES,
    DOMAINS,
    ENDPOINTS,
    FEATURES,
    FIELD_DEFINITIONS,
    FILES,
    GROUPS,
    LIMITS,
    MAPPING_RULES,
    METRICS,
    PRICING_RULES,
    REDIRECTS,
    REGISTRY_POLICIES,
    SECTIONS,
    SERVICE_PLANS,
    TEMPLATES,
)
SPECIAL: tuple[Resource[Any], ...] = (
    ACCOUNTS,
    APPLICATIONS,
    BACKEND_USAGES,
    PROXIES,
    SERVICES,
    TOKENS,
    USERS,
)
EVERY = (*RESOURCES, *SPECIAL)
