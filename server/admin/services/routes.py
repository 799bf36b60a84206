"""The addresses of APIs."""

from server.admin.addresses import SERVICE, Addresses
from server.admin.services import (
    backend_apis,
    backend_usages,
    configs,
    mapping_rules,
    metrics,
    proxies,
    registry_policies,
    services,
)

METRIC = SERVICE + "/metrics/{metric_id}"
RULE = SERVICE + "/mapping_rules/{rule_id}"
BACKEND = "/backend_apis/{backend_api_id}"
POLICY = "/registry_policies/{policy_id}"
BACKEND_METRIC = BACKEND + "/metrics/{backend_metric_id}"
BACKEND_RULE = BACKEND + "/mapping_rules/{backend_rule_id}"
BACKEND_USAGE = SERVICE + "/backends/{usage_id}"
CONFIGS = SERVICE + "/configs/{environment}"

ADDRESSES = Addresses(
    shown=(
        ("/services", services.index),
        ("/services/new", services.new),
        (SERVICE, services.show),
        (f"{SERVICE}/settings", services.edit),
        (f"{SERVICE}/integration", proxies.show),
        (CONFIGS, configs.index),
        (CONFIGS + "/{config_id}", configs.show),
        (RULE, mapping_rules.edit),
        (f"{SERVICE}/backends", backend_usages.index),
        (BACKEND_USAGE, backend_usages.edit),
        ("/backend_apis", backend_apis.index),
        ("/backend_apis/new", backend_apis.new),
        (BACKEND, backend_apis.show),
        ("/registry_policies", registry_policies.index),
        ("/registry_policies/new", registry_policies.new),
        (POLICY, registry_policies.show),
        (BACKEND_METRIC, backend_apis.edit_metric),
        (BACKEND_RULE, backend_apis.edit_rule),
        (f"{SERVICE}/metrics", metrics.index),
        (METRIC, metrics.edit),
    ),
    sent=(
        ("/services", services.create, services.new),
        (f"{SERVICE}/settings", services.update, services.edit),
        (f"{SERVICE}/state", services.change_state, services.edit),
        (f"{SERVICE}/default", services.make_default, services.edit),
        (f"{SERVICE}/delete", services.delete, services.edit),
        (f"{SERVICE}/promote", proxies.promote_to_production, proxies.show),
        (f"{SERVICE}/mapping_rules", mapping_rules.create, proxies.show),
        (RULE, mapping_rules.update, mapping_rules.edit),
        (f"{RULE}/move", mapping_rules.move, proxies.show),
        (f"{RULE}/delete", mapping_rules.delete, proxies.show),
        (f"{SERVICE}/backends", backend_usages.create, backend_usages.index),
        (BACKEND_USAGE, backend_usages.update, backend_usages.edit),
        (f"{BACKEND_USAGE}/delete", backend_usages.delete, backend_usages.index),
        ("/backend_apis", backend_apis.create, backend_apis.new),
        (BACKEND, backend_apis.update, backend_apis.show),
        ("/registry_policies", registry_policies.create, registry_policies.new),
        (POLICY, registry_policies.update, registry_policies.show),
        (f"{POLICY}/delete", registry_policies.delete, registry_policies.show),
        (f"{BACKEND}/delete", backend_apis.delete, backend_apis.show),
        (f"{BACKEND}/metrics", backend_apis.create_metric, backend_apis.show),
        (BACKEND_METRIC, backend_apis.update_metric, backend_apis.edit_metric),
        (f"{BACKEND_METRIC}/delete", backend_apis.delete_metric, backend_apis.show),
        (f"{BACKEND}/mapping_rules", backend_apis.create_rule, backend_apis.show),
        (BACKEND_RULE, backend_apis.update_rule, backend_apis.edit_rule),
        (f"{BACKEND_RULE}/move", backend_apis.move_rule, backend_apis.show),
        (f"{BACKEND_RULE}/delete", backend_apis.delete_rule, backend_apis.show),
        (f"{SERVICE}/metrics", metrics.create, metrics.index),
        (METRIC, metrics.update, metrics.edit),
        (f"{METRIC}/delete", metrics.delete, metrics.index),
    ),
    slow=((f"{SERVICE}/integration", proxies.update_and_test, proxies.show),),
)
