"""Steps of backend APIs: made, counted, mounted in a service and taken out again."""

from tests.server.graphql.steps import ANYTHING, NO_OBJECT, Thing, deletes, writes

SERVICE = Thing("service", "Service", "service")
BACKEND = Thing("backendApi", "BackendApi", "backend")
USAGE = Thing("backendUsage", "BackendUsage", "usage")
METRIC = Thing("metric", "Metric", "backendmetric")
METHOD = Thing("metric", "Metric", "backendmethod")
RULE = Thing("mappingRule", "MappingRule", "backendrule")
POLICY = Thing("registryPolicy", "RegistryPolicy", "policy")

BACKEND_STEPS = (
    writes(
        "registryPolicyCreate",
        POLICY,
        {"name": "check#", "version": "1.0", "definition": '{"configuration": {}}'},
        name="check#",
        version="1.0",
        definition='{"configuration": {}}',
    ),
    writes("registryPolicyUpdate", POLICY, {"id": "$policy", "version": "1.1"}, version="1.1"),
    deletes("registryPolicyDelete", POLICY),
    writes(
        "backendApiCreate",
        BACKEND,
        {"name": "Stock #", "privateEndpoint": "https://stock.acme.example:8443/v1"},
        keeps={"backendhits": "backendApi.metrics.nodes.0.id"},
        name="Stock #",
        systemName="stock_#",
        privateEndpoint="https://stock.acme.example:8443/v1",
        **{"metrics(first: 1)": {"nodes": [{"id": ANYTHING}]}},
    ),
    writes(
        "backendApiUpdate",
        BACKEND,
        {"id": "$backend", "description": "What there is."},
        description="What there is.",
    ),
    writes(
        "backendMetricCreate",
        METRIC,
        {"backendApiId": "$backend", "friendlyName": "Pallets #", "unit": "pallet"},
        friendlyName="Pallets #",
        unit="pallet",
        service=NO_OBJECT,
        backendApi={"id": "$backend"},
    ),
    writes(
        "methodCreate",
        METHOD,
        {"metricId": "$backendhits", "friendlyName": "Count #", "systemName": "count_#"},
        isMethod=True,
        parent={"id": "$backendhits"},
        backendApi={"id": "$backend"},
    ),
    writes(
        "backendMappingRuleCreate",
        RULE,
        {
            "backendApiId": "$backend",
            "metricId": "$backendmethod",
            "httpMethod": "GET",
            "pattern": "/items",
        },
        pattern="/items",
        metric={"id": "$backendmethod"},
        backendApi={"id": "$backend"},
    ),
    writes(
        "backendUsageCreate",
        USAGE,
        {"serviceId": "$service", "backendApiId": "$backend", "path": "stock/"},
        path="/stock",
        service={"id": "$service"},
        backendApi={"id": "$backend"},
    ),
    writes("backendUsageUpdate", USAGE, {"id": "$usage", "path": "/v2/stock"}, path="/v2/stock"),
    deletes("backendUsageDelete", USAGE),
    deletes("mappingRuleDelete", RULE),
    deletes("metricDelete", METHOD),
    deletes("metricDelete", METRIC),
    deletes("backendApiDelete", BACKEND),
    writes("serviceMove", SERVICE, {"id": "$service", "event": "HIDE"}, state="HIDDEN"),
    writes("serviceMove", SERVICE, {"id": "$service", "event": "PUBLISH"}, state="PUBLISHED"),
)
