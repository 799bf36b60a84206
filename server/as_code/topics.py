"""All topics, in the order in which they are written and applied. A new one is a line here."""

from server.actions.plans.features import ACCOUNT_FEATURES, FEATURES
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.as_code.accounts.authentication_providers import AUTHENTICATION_PROVIDER_TOPIC
from server.as_code.plans.limits import LIMIT_TOPIC
from server.as_code.plans.plans import Plans
from server.as_code.plans.pricing_rules import PRICING_RULE_TOPIC
from server.as_code.portal.api_docs import SPECIFICATION_TOPIC
from server.as_code.portal.files import FILE_TOPIC
from server.as_code.portal.forum import CATEGORY_TOPIC
from server.as_code.portal.groups import GROUP_TOPIC
from server.as_code.portal.looks import Look
from server.as_code.portal.pages import TEMPLATE_TOPIC
from server.as_code.portal.redirects import REDIRECT_TOPIC
from server.as_code.portal.sections import SECTION_TOPIC
from server.as_code.provider.domains import DOMAIN_TOPIC
from server.as_code.provider.field_definitions import FIELD_TOPICS
from server.as_code.provider.settings import SETTINGS_TOPIC
from server.as_code.provider.webhooks import WEBHOOK_TOPIC
from server.as_code.resources import ResourceTopic
from server.as_code.services.backend_apis import BACKEND_TOPICS, USAGE_TOPIC
from server.as_code.services.mapping_rules import MAPPING_RULE_TOPIC
from server.as_code.services.metrics import METHOD_TOPIC, METRIC_TOPIC
from server.as_code.services.proxies import PROXY_TOPIC
from server.as_code.services.registry_policies import REGISTRY_POLICY_TOPIC
from server.as_code.services.services import SERVICE_TOPIC
from server.as_code.topic import Topic

TOPICS: tuple[Topic, ...] = (
    SETTINGS_TOPIC,
    *FIELD_TOPICS,
    AUTHENTICATION_PROVIDER_TOPIC,
    Look(),
    ResourceTopic(ACCOUNT_FEATURES),
    Plans(ACCOUNT_PLANS),
    REGISTRY_POLICY_TOPIC,  # before the proxies, whose chains name them
    *BACKEND_TOPICS,
    SERVICE_TOPIC,
    METRIC_TOPIC,
    METHOD_TOPIC,
    MAPPING_RULE_TOPIC,
    USAGE_TOPIC,
    PROXY_TOPIC,  # after rules and backends: changing it makes the staging version
    ResourceTopic(FEATURES),
    Plans(APPLICATION_PLANS),
    LIMIT_TOPIC,
    PRICING_RULE_TOPIC,
    Plans(SERVICE_PLANS),
    SPECIFICATION_TOPIC,
    SECTION_TOPIC,
    GROUP_TOPIC,
    TEMPLATE_TOPIC,
    FILE_TOPIC,
    REDIRECT_TOPIC,
    CATEGORY_TOPIC,
    DOMAIN_TOPIC,
    WEBHOOK_TOPIC,
)
OF_WORD = {topic.word: topic for topic in TOPICS}


def topics_below(word: str) -> list[Topic]:
    """List the topics that entries of a topic list; those of the provider for an empty word."""
    return [topic for topic in TOPICS if topic.parent == word]
