"""Backend APIs, one file each with what it counts, and where services use them."""

from server.actions.services.backend_apis import BACKEND_APIS
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import BACKEND_RULES
from server.actions.services.metrics import BACKEND_METRICS
from server.as_code.resources import ResourceTopic
from server.as_code.services.mapping_rules import MappingRules
from server.as_code.services.metrics import Methods, Metrics
from server.as_code.topic import BACKEND


class BackendApis(ResourceTopic):
    word = BACKEND
    file = "backends/*.yaml"
    order = ("system_name", "name")


class BackendMetrics(Metrics):
    word, section = "backend metric", "metrics"


class BackendMethods(Methods):
    word, section = "backend method", "methods"


class BackendRules(MappingRules):
    word, section = "backend mapping rule", "mapping_rules"
    metric_words = ("backend metric", "backend method")


class BackendUsages(ResourceTopic):
    named_by = ("backend_api",)
    one_line = True


BACKEND_TOPICS = (
    BackendApis(BACKEND_APIS),
    BackendMetrics(BACKEND_METRICS),
    BackendMethods(BACKEND_METRICS),
    BackendRules(BACKEND_RULES),
)
USAGE_TOPIC = BackendUsages(BACKEND_USAGES)
