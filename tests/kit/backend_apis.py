"""A service that is made of backend APIs, for tests."""

from server.actions.services.backend_apis import BACKEND_APIS, list_backend_metrics
from server.actions.services.backend_usages import BACKEND_USAGES
from server.actions.services.mapping_rules import BACKEND_RULES
from server.actions.work import Work


def make_mounted(work: Work, service_id: int, path: str = "/inventory") -> dict[str, int]:
    """Make a backend API with a rule `GET /` and mount it; gives the ids of all."""
    values = {"name": "Inventory", "private_endpoint": "https://inventory.example:8443/v1"}
    backend = BACKEND_APIS.create(work, values)
    hits = list_backend_metrics(work.db, [backend.id])[0]
    rule = {"http_method": "GET", "pattern": "/", "metric_id": hits.id}
    made = BACKEND_RULES.create(work, rule, backend.id)
    used = {"backend_api_id": backend.id, "path": path}
    usage = BACKEND_USAGES.create(work, used, service_id)
    return {
        "backend_api_id": backend.id,
        "backend_metric_id": hits.id,
        "backend_rule_id": made.id,
        "usage_id": usage.id,
    }
