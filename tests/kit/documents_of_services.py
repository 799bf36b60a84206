"""The calls of services, gateways and backend APIs whose documents are kept.

In a body `{}` is the language, so that names differ; what has no XML is left out there.
"""

from collections.abc import Mapping

HITS = "8"  # of the first backend API
Calls = Mapping[str, tuple[str, str, Mapping[str, str]]]
ONLY_JSON = frozenset(
    {
        "service_hidden",
        "policies",
        "registry_policy_created",
        "registry_policy_faulty",
        "registry_policy_by_name",
        "registry_policies",
        "policies_set",
        "policies_faulty",
        "config_latest",
        "config_none",
        "config_promoted",
        "configs_of_gateways",
        "configs_of_a_page",
        "configs_of_nowhere",
        "configs_of_a_host",
        "backend_api_created",
        "backend_api_faulty",
        "backend_apis",
        "backend_metric_created",
        "backend_method_created",
        "backend_metrics",
        "backend_rule_created",
        "backend_rules",
        "backend_usage_created",
        "backend_usage_taken",
        "backend_usages",
        "backend_api_in_use",
    }
)


def _calls_of_registry() -> Calls:
    """Name the calls about policies of one's own."""
    path, schema = "/registry/policies", '{{"summary": "Checks", "configuration": {{}}}}'
    policy = {"name": "token_check", "version": "1.0", "schema": schema}
    return {
        "registry_policy_created": ("POST", path, policy),
        "registry_policy_faulty": (
            "POST",
            path,
            {"name": "token check", "version": "builtin", "schema": "[]"},
        ),
        "registry_policy_by_name": ("GET", f"{path}/token_check-1.0", {}),
        "registry_policies": ("GET", path, {}),
    }


def calls_of_gateways(service: str) -> Calls:
    """Name the calls about a service and its gateway, in their order."""
    proxy, rules = f"{service}/proxy", f"{service}/proxy/mapping_rules"
    rule = {"http_method": "get", "pattern": "/rain/{{place}}$", "metric_id": "1"}
    return {
        **_calls_of_registry(),
        "service": ("GET", service, {}),
        "service_created": (
            "POST",
            "/services",
            {"name": "Rain {}", "deployment_option": "hosted"},
        ),
        "service_updated": (
            "PUT",
            "/services/2",
            {
                "service[description]": "Of {}.",
                "notification_settings[web_buyer][]": "80",
                "annotations[managed_by]": "operator",
            },
        ),
        "service_hidden": ("PUT", "/services/2", {"state_event": "hide"}),
        "service_faulty": ("POST", "/services", {"name": "", "backend_version": "9"}),
        "services": ("GET", "/services", {}),
        "service_is_default": ("DELETE", service, {}),
        "proxy": ("GET", proxy, {}),
        "proxy_updated": ("PATCH", proxy, {"proxy[error_status_no_match]": "410"}),
        "proxy_faulty": ("PATCH", proxy, {"api_backend": "ftp://x", "auth_user_key": "a b"}),
        "oidc_configuration": ("GET", f"{proxy}/oidc_configuration", {}),
        "oidc_configuration_set": (
            "PATCH",
            f"{proxy}/oidc_configuration",
            {"oidc_configuration[service_accounts_enabled]": "true"},
        ),
        "proxy_deployed": ("POST", f"{proxy}/deploy", {}),
        "mapping_rule_created": ("POST", rules, {**rule, "delta": "2", "last": "true"}),
        "mapping_rule_faulty": ("POST", rules, {**rule, "pattern": "rain", "delta": "0"}),
        "mapping_rule_first": ("PUT", f"{rules}/5", {"position": "1"}),
        "mapping_rules": ("GET", rules, {}),
        "policies": ("GET", f"{proxy}/policies", {}),
        "policies_set": (
            "PUT",
            f"{proxy}/policies",
            {"policies_config": '[{{"name": "cors"}}, {{"name": "apicast"}}]'},
        ),
        "policies_faulty": ("PUT", f"{proxy}/policies", {"policies_config": '[{{"name": "no"}}]'}),
        **_calls_of_configs(proxy),
        **_calls_of_backends(service),
    }


def _calls_of_configs(proxy: str) -> Calls:
    configs, account = f"{proxy}/configs", "/account/proxy_configs"
    return {
        "config_latest": ("GET", f"{configs}/sandbox/latest", {}),
        "config_none": ("GET", f"{configs}/production/99", {}),
        "config_promoted": ("POST", f"{configs}/sandbox/2/promote", {"to": "production"}),
        "configs_of_gateways": ("GET", f"{account}/production?version=latest&per_page=500", {}),
        "configs_of_a_page": ("GET", f"{account}/staging?version=latest&per_page=1", {}),
        "configs_of_nowhere": ("GET", f"{account}/elsewhere", {}),
        "configs_of_a_host": ("GET", "/services/proxy/configs/staging?host=x.example", {}),
    }


def _calls_of_backends(service: str) -> Calls:
    backends, usages = "/backend_apis", f"{service}/backend_usages"
    endpoint = {"private_endpoint": "https://stock.example:8443/v1"}
    return {
        "backend_api_created": (
            "POST",
            backends,
            {"name": "Stock", **endpoint, "annotations[managed_by]": "operator"},
        ),
        "backend_api_faulty": ("POST", backends, {"name": "Stock", **endpoint}),
        "backend_apis": ("GET", backends, {}),
        "backend_metric_created": (
            "POST",
            f"{backends}/1/metrics",
            {"metric[friendly_name]": "Pallets", "unit": "pallet"},
        ),
        "backend_method_created": (
            "POST",
            f"{backends}/1/metrics/{HITS}/methods",
            {"friendly_name": "Count"},
        ),
        "backend_metrics": ("GET", f"{backends}/1/metrics", {}),
        "backend_rule_created": (
            "POST",
            f"{backends}/1/mapping_rules",
            {
                "http_method": "ANY",
                "pattern": "/items",
                "metric_id": HITS,
                "redirect_url": "https://stock.example/v2",
            },
        ),
        "backend_rules": ("GET", f"{backends}/1/mapping_rules", {}),
        "backend_usage_created": ("POST", usages, {"backend_api_id": "1", "path": "stock/"}),
        "backend_usage_taken": ("POST", usages, {"backend_api_id": "1", "path": "/other"}),
        "backend_usages": ("GET", usages, {}),
        "backend_api_in_use": ("DELETE", f"{backends}/1", {}),
    }
